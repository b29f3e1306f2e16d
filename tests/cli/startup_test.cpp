// How the command behaves towards the shell around it.
#include "catch.hpp"
#include "process.hpp"

#include <filesystem>

namespace startup_test {

namespace {

const std::string here = std::filesystem::temp_directory_path().string();

bool has_escapes(const std::string& text) { return text.find('\x1b') != std::string::npos; }

}  // namespace

TEST_CASE("colour: off in a pipe, forced by flag or environment, NO_COLOR wins over force") {
    CHECK_FALSE(has_escapes(run("roofline ridge --hw h100", here).out));
    CHECK(has_escapes(run("roofline ridge --hw h100 --color always", here).out));
    CHECK(has_escapes(run("CLICOLOR_FORCE=1 roofline ridge --hw h100", here).out));
    CHECK_FALSE(has_escapes(run("NO_COLOR=1 CLICOLOR_FORCE=1 roofline ridge --hw h100", here).out));
    CHECK_FALSE(has_escapes(run("CLICOLOR_FORCE=1 roofline ridge --hw h100 --json", here).out));
}

TEST_CASE("LANG=C and TERM=dumb print pure ASCII") {
    for (const std::string setting : {"LC_ALL=C", "TERM=dumb"}) {
        const Run now = run(setting + " roofline analyze llama-3.1-8b --hw h100 --explain", here);
        CHECK(now.status == 0);
        for (const char c : now.out) CHECK(static_cast<unsigned char>(c) < 0x80);
    }
}

TEST_CASE("a closed pipe ends quietly") {
    const Run now = run("roofline hw list --json | head -c 1", here);
    CHECK(now.err.empty());
    CHECK(run("roofline hw list | head -n 0", here).err.empty());
}

TEST_CASE("a full disk is an error, and nothing is left behind") {
    CHECK(run("roofline ridge --hw h100 > /dev/full", here).status == 74);
    CHECK(run("roofline ridge --hw h100 -o /dev/full", here).status == 74);
    const Run missing = run("roofline ridge --hw h100 -o no/such/folder/x.json", here);
    CHECK(missing.status == 74);
    CHECK(missing.err ==
          "error[E740]: cannot write 'no/such/folder/x.json': "
          "No such file or directory\n");
}

TEST_CASE("an answer replaces a file as a whole, and a failed one leaves it alone") {
    const std::string folder = here + "/roofline_output_test";
    std::filesystem::create_directories(folder);
    write_file(folder + "/a.json", "before");
    CHECK(run("roofline ridge --hw h1000 -o a.json", folder).status == 3);
    CHECK(read_file(folder + "/a.json") == "before");
    CHECK(run("roofline ridge --hw h100 -o a.json", folder).status == 0);
    CHECK(read_file(folder + "/a.json").starts_with("{\n  \"schema\": \"roofline/ridge/1\""));
    CHECK(run("roofline ridge --hw h100 -o a.csv", folder).status == 0);
    CHECK(read_file(folder + "/a.csv").starts_with("dtype,unit,level,"));
    CHECK(std::distance(std::filesystem::directory_iterator(folder), {}) == 2);
    std::filesystem::remove_all(folder);
}

TEST_CASE("the answer does not depend on the environment, but for the catalog it names") {
    const std::string command = "roofline analyze llama-3.1-8b --hw h100 --json";
    const std::string plain = run(command, here).out;
    CHECK(run("CI=1 COLUMNS=20 ROOFLINE_HW=b200 ROOFLINE_PRICE=1 " + command, here).out == plain);
}

TEST_CASE("errors are JSON on stdout too where JSON was asked for") {
    const Run now = run("roofline ridge --hw h1000 --json", here);
    CHECK(now.status == 3);
    CHECK(now.out.find("\"schema\": \"roofline/error/1\"") != std::string::npos);
    CHECK(now.out.find("\"code\": \"E201\"") != std::string::npos);
    CHECK(now.err.starts_with("error[E201]: unknown hardware 'h1000'"));
}

TEST_CASE("--version and the first page") {
    CHECK(run("roofline --version", here).out.starts_with("roofline "));
    CHECK(run("roofline", here).status == 0);
    CHECK(run("roofline help ridge", here).out == run("roofline ridge --help", here).out);
}

}  // namespace startup_test
