#include "input/source.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace source_test {

using namespace roofline;

namespace {

class Folder {
  public:
    Folder() : path_(std::filesystem::temp_directory_path() / "roofline_source_test") {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::ofstream(path_ / name, std::ios::binary) << bytes;
        return (path_ / name).string();
    }
    std::string path(const std::string& name) const { return (path_ / name).string(); }

  private:
    std::filesystem::path path_;
};

Fault fault_of_file(const std::string& path) {
    return fault_of([&] { read_source(path); });
}

}  // namespace

TEST_CASE("a missing file names its neighbour") {
    const Folder folder;
    folder.write("budget.json", "{}");
    const Fault fault = fault_of_file(folder.path("bugdet.json"));
    CHECK(fault.message == "cannot read '" + folder.path("bugdet.json") + "': no such file");
    CHECK(fault.hint == "did you mean budget.json?");
    CHECK(exit_status(fault.code) == Exit::input);
}

TEST_CASE("a folder and an empty file are refused with a sentence") {
    const Folder folder;
    CHECK(fault_of_file(folder.path("")).message.ends_with("it is a folder"));
    CHECK(fault_of_file(folder.write("empty", "")).message.ends_with("it is empty"));
    CHECK(
        fault_of_file(folder.write("blank", "\xEF\xBB\xBF \r\n")).message.ends_with("it is empty"));
}

TEST_CASE("byte-order marks and UTF-16 are read, and noted") {
    const Folder folder;
    const Source marked = read_source(folder.write("marked", "\xEF\xBB\xBF{}"));
    CHECK(marked.text == "{}");
    CHECK(marked.notes.size() == 1);
    const Source wide = read_source(folder.write("wide", std::string("\xFF\xFE{\0\xE9\0}\0", 8)));
    CHECK(wide.text == "{é}");
}

TEST_CASE("columns count characters, not bytes") {
    const Source source{.name = "x", .text = "é = 1\nsecond"};
    CHECK(locate(source, 3).column == 3);
    CHECK(locate(source, 7).line == 2);
    CHECK(locate(source, 7).column == 1);
}

TEST_CASE("endings are compared without case") {
    CHECK(has_ending("RUNS.CSV", ".csv"));
    CHECK(has_ending("a.Json", ".json"));
    CHECK_FALSE(has_ending("csv", ".csv"));
    CHECK_FALSE(has_ending("a.csv.gz", ".csv"));
}

TEST_CASE("a named pipe is refused as what it is, and waited for by nobody") {
    const Folder folder;
    const std::string pipe = folder.path("pipe");
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(fault_of_file(pipe).message.ends_with("it is a named pipe, and may never end"));
    CHECK(endless_kind(pipe) == "a named pipe");
    CHECK(endless_kind("/dev/null") == "a device");
    CHECK(endless_kind(folder.path("")).empty());
    CHECK(endless_kind(folder.path("nothing")).empty());
    CHECK(endless_kind(folder.write("file", "{}")).empty());
}

TEST_CASE("a path with a NUL is not read up to there") {
    const Folder folder;
    const std::string path = folder.write("file", "{}") + std::string("\0x", 2);
    CHECK(fault_of_file(path).message.ends_with("a path holds no NUL"));
}

TEST_CASE("many places of one text are found without looking through it again") {
    Source source{.name = "f", .text = {}};
    for (int i = 0; i < 20'000; ++i) source.text += i % 100 == 99 ? "é\n" : "é of one long line, ";
    std::size_t places = 0;
    for (std::size_t at = 0; at < source.text.size(); at += 50, ++places) {
        const Location where = locate(source, at);
        const std::string_view before = std::string_view(source.text).substr(0, at);
        const std::size_t start = before.rfind('\n') + 1;
        CHECK(where.line == 1 + std::ranges::count(before, '\n'));
        CHECK(where.column == 1 + std::ranges::count_if(before.substr(start), [](char c) {
                                  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
                              }));
    }
    CHECK(places > 5000);
    CHECK(source.lines.looked_at <= source.text.size() + places * 2 * 512);
}

}  // namespace source_test
