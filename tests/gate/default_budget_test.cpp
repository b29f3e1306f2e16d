#include "gate/default_budget.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace default_budget_test {

using namespace roofline;

TEST_CASE("the budget that is there is meant, and two are refused by name") {
    namespace fs = std::filesystem;
    const fs::path folder =
        fs::temp_directory_path() / ("roofline_default_" + std::to_string(getpid()));
    fs::create_directory(folder);
    const std::string plain = (folder / "roofline.budget.json").string();
    const std::string commented = (folder / "roofline.budget.jsonc").string();
    CHECK(default_budget(folder.string()) == plain);
    fs::create_symlink("nowhere", commented);
    CHECK(default_budget(folder.string()) == commented);
    std::ofstream(plain) << "{}";
    const Fault fault = fault_of([&] { default_budget(folder.string()); });
    CHECK(fault.code == ErrorCode::bad_budget_value);
    CHECK(fault.message == plain + " and " + commented + " are both here: which one is meant?");
    fs::remove(commented);
    CHECK(default_budget(folder.string()) == plain);
    fs::remove_all(folder);
    CHECK(default_budget("/no/such/folder") == "/no/such/folder/roofline.budget.json");
}

}  // namespace default_budget_test
