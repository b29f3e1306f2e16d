#include "process.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace fs = std::filesystem;

std::string read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

void write_file(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
}

Run run(const std::string& command, const std::string& folder) {
    const fs::path scratch =
        fs::temp_directory_path() / ("roofline_run_" + std::to_string(getpid()));
    fs::create_directories(scratch);
    const std::string script = (scratch / "script").string();
    const std::string out = (scratch / "out").string();
    const std::string err = (scratch / "err").string();
    write_file(script, command + "\n");
    const std::string binaries = fs::path(ROOFLINE_BINARY).parent_path().string();
    const std::string day =
        "1795305600";  // prices age: 2026-11-22, the day the catalog was gathered
    const std::string line = "cd '" + folder +
                             "' && env -i LC_ALL=C.UTF-8 SOURCE_DATE_EPOCH=" + day + " PATH='" +
                             binaries + ":/usr/local/bin:/usr/bin:/bin' sh '" + script + "' >'" +
                             out + "' 2>'" + err + "' </dev/null";
    const int status = std::system(line.c_str());
    Run result{.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
               .out = read_file(out),
               .err = read_file(err)};
    fs::remove_all(scratch);
    return result;
}
