#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace user_error_test {

using namespace roofline;

TEST_CASE("the first digit of a code decides what the shell is told") {
    CHECK(exit_status(ErrorCode::unknown_command) == Exit::usage);
    CHECK(exit_status(ErrorCode::two_currencies) == Exit::usage);
    CHECK(exit_status(ErrorCode::unknown_device) == Exit::input);
    CHECK(exit_status(ErrorCode::unanswered_limit) == Exit::input);
    CHECK(exit_status(ErrorCode::unsupported_precision) == Exit::infeasible);
    CHECK(exit_status(ErrorCode::cannot_keep_up) == Exit::infeasible);
    CHECK(exit_status(ErrorCode::internal) == Exit::internal);
    CHECK(exit_status(ErrorCode::write_failed) == Exit::output);
    CHECK(static_cast<int>(Exit::ok) == 0);
    CHECK(static_cast<int>(Exit::negative) == 1);
    CHECK(static_cast<int>(Exit::usage) == 2);
    CHECK(static_cast<int>(Exit::input) == 3);
    CHECK(static_cast<int>(Exit::infeasible) == 4);
    CHECK(static_cast<int>(Exit::internal) == 70);
    CHECK(static_cast<int>(Exit::output) == 74);
}

TEST_CASE("codes have names that documents and scripts rely on") {
    CHECK(code_name(ErrorCode::unknown_command) == "E100");
    CHECK(code_name(ErrorCode::unknown_flag) == "E101");
    CHECK(code_name(ErrorCode::bad_choice) == "E106");
    CHECK(code_name(ErrorCode::does_not_divide) == "E110");
    CHECK(code_name(ErrorCode::missing_unit) == "E121");
    CHECK(code_name(ErrorCode::missing_price) == "E130");
    CHECK(code_name(ErrorCode::unknown_device) == "E201");
    CHECK(code_name(ErrorCode::unknown_model) == "E211");
    CHECK(code_name(ErrorCode::bad_table) == "E311");
    CHECK(code_name(ErrorCode::bad_baseline) == "E354");
    CHECK(code_name(ErrorCode::does_not_fit) == "E402");
    CHECK(code_name(ErrorCode::cannot_keep_up) == "E403");
    CHECK(code_name(ErrorCode::internal) == "E700");
    CHECK(code_name(ErrorCode::write_failed) == "E740");
}

TEST_CASE("a place is a file, its line and its column, as far as they are known") {
    CHECK(place_text({.file = "a.json", .line = 12, .column = 3}) == "a.json:12:3");
    CHECK(place_text({.file = "a.json", .line = 12}) == "a.json:12");
    CHECK(place_text({.file = "a.json", .column = 3}) == "a.json");
    CHECK(place_text({.line = 12, .column = 3}).empty());
}

TEST_CASE("a message stands behind its place and its pointer") {
    const Location where{.file = "a.json", .line = 2, .column = 5, .pointer = "/peaks/0"};
    CHECK(message_text({.message = "is no list", .hint = "a hint", .where = where}) ==
          "a.json:2:5: /peaks/0: is no list");
    CHECK(message_text({.message = "is no list", .where = {.file = "a.json"}}) ==
          "a.json: is no list");
    CHECK(message_text({.message = "alone"}) == "alone");
}

TEST_CASE("an error keeps its fault, and what() is the message") {
    const Fault fault =
        fault_of([] { fail(ErrorCode::unknown_price, "no such price", "name another", "prices"); });
    CHECK(fault.code == ErrorCode::unknown_price);
    CHECK(fault.message == "no such price");
    CHECK(fault.hint == "name another");
    CHECK(fault.next == "prices");
    CHECK(fault.where.file.empty());
    const UserError error({.message = "is no list", .where = {.file = "a.json", .line = 2}});
    CHECK(std::string(error.what()) == "a.json:2: is no list");
    CHECK(error.fault().message == "is no list");
}

}  // namespace user_error_test
