// What a run of `roofline` takes, as a ratio to a program that does nothing and was built with the
// same flags: 200 starts of each, alternating; medians.
//
//   startup_benchmark [ROOFLINE]
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/wait.h>
#include <vector>

extern char** environ;

namespace {

constexpr int starts = 200;

using Words = std::vector<std::string>;

struct Program {
    std::string name;
    Words words;
    std::vector<double> milliseconds = {};

    double median() {
        std::ranges::nth_element(milliseconds, milliseconds.begin() + starts / 2);
        return milliseconds[starts / 2];
    }
};

// From the start to the end of a process that writes into nothing.
double run(Words& words) {
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t quiet;
    posix_spawn_file_actions_init(&quiet);
    for (const int stream : {1, 2})
        posix_spawn_file_actions_addopen(&quiet, stream, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t process = 0;
    int status = -1;
    if (posix_spawn(&process, arguments[0], &quiet, nullptr, arguments.data(), environ) == 0)
        waitpid(process, &status, 0);
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - start;
    posix_spawn_file_actions_destroy(&quiet);
    if (status != 0) {
        std::fprintf(stderr, "%s does not run\n", words[0].c_str());
        std::exit(1);
    }
    return taken.count();
}

}  // namespace

int main(int argc, char** argv) {
    const std::string roofline = argc > 1 ? argv[1] : ROOFLINE_BINARY;
    std::array programs{Program{"an empty program", {EMPTY_PROGRAM}},
                        Program{"ridge --hw h100", {roofline, "ridge", "--hw", "h100"}},
                        Program{"analyze llama-3.1-8b --hw h100",
                                {roofline, "analyze", "llama-3.1-8b", "--hw", "h100"}}};
    for (int start = 0; start < starts; ++start)
        for (Program& program : programs) program.milliseconds.push_back(run(program.words));
    const double empty = programs[0].median();
    for (Program& program : programs)
        std::printf("%-32s %6.3f ms  %.2f\n", program.name.c_str(), program.median(),
                    program.median() / empty);
}
