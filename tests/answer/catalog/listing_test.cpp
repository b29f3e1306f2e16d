#include "answer/catalog/listing.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace listing_test {

using namespace roofline;

namespace {

using Texts = std::vector<std::string>;

Listed one(std::string group, Cell cell) {
    const std::string name = group + "-row";
    return {.group = std::move(group), .shown = {name, cell}, .row = {name, cell}, .record = {}};
}

const std::vector<Column> columns{{"NAME", "id"}, {"SIZE, B", "size_bytes"}};

std::string order_of(std::vector<Listed> list, const std::string& column) {
    sort_list(list, columns, column);
    std::string order;
    for (const Listed& line : list) order += line.group;
    return order;
}

}  // namespace

TEST_CASE("a word is in a text whatever its case and joints") {
    const Texts texts{"RTX 4090", "nvidia"};
    CHECK(is_about("rtx-40", texts));
    CHECK(is_about("NVIDIA", texts));
    CHECK_FALSE(is_about("amd", texts));
}

TEST_CASE("a column is named by its key, the key without its unit, or its title") {
    CHECK(sort_names(columns[1]) == Texts{"size", "size_bytes"});
    CHECK(sort_names(columns[0]) == Texts{"id", "name"});
}

TEST_CASE("lists are sorted with the most first, money with the least, and nothing last") {
    CHECK(order_of({one("a", 1.0), one("b", Cell()), one("c", 3.0)}, "size") == "cab");
    const auto dollars = [](double amount) { return Cell(Measure(amount * dollar / hour)); };
    CHECK(order_of({one("a", dollars(2)), one("b", dollars(1)), one("c", Cell())}, "size") ==
          "bac");
    CHECK(order_of({one("b", 1.0), one("a", 2.0)}, "name") == "ab");
    const Fault fault = fault_of([] { order_of({}, "nope"); });
    CHECK(fault.message == "--sort: 'nope' is no column");
    CHECK(fault.hint == "it is id or size");
}

TEST_CASE("groups have a heading each where the list is not sorted") {
    const std::vector<Listed> list{one("a", 1.0), one("a", 2.0), one("b", 3.0)};
    CHECK(shown_rows(list, false).size() == 5);
    CHECK(std::get<Label>(shown_rows(list, false)[3][0]).text == "b");
    CHECK(shown_rows(list, true).size() == 3);
    CHECK(machine_rows(list).size() == 3);
}

TEST_CASE("what a list is about is said where it is about something") {
    CHECK(about_words({.about = "h100"}) == " about 'h100'");
    CHECK(about_words({}).empty());
}

}  // namespace listing_test
