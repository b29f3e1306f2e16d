#include "input/source.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

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

}  // namespace source_test
