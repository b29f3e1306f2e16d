#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "report/format.hpp"
#include "report/humanize.hpp"

#include <algorithm>
#include <cmath>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace chart_test {

using namespace roofline;

namespace {

ChartAxis log_axis(std::string name) {
    return {.name = name,
            .key = name,
            .label = name,
            .scaling = Scaling::logarithmic,
            .range = Range{1, 1000}};
}

// Numbers from 1 to 1000 on both axes, and a roof that turns at 100.
Chart small_chart() {
    return {.title = "",
            .x = log_axis("x"),
            .y = log_axis("y"),
            .roofs = {{.name = "roof", .slope = 1, .ceiling = 100, .note = "note"}},
            .marks = {{"ridge", 100}}};
}

Series one_point(std::string name, double x, double y) {
    return {.name = std::move(name), .points = {{.x = x, .y = y, .name = "p", .roof = 0}}};
}

std::string rendered(const Chart& chart, const Page& page, std::string_view format = "table") {
    Report report;
    report.blocks.emplace_back(chart);
    std::string text;
    find_format(format)->render(report, page, [&](std::string_view part) { text += part; });
    return text;
}

// Characters of each line, in the order of the page.
std::vector<std::vector<std::string>> cells_of(const std::string& text) {
    std::vector<std::vector<std::string>> lines(1);
    for (const char c : text) {
        if (c == '\n')
            lines.emplace_back();
        else if ((static_cast<unsigned char>(c) & 0xC0) == 0x80)
            lines.back().back() += c;
        else
            lines.back().emplace_back(1, c);
    }
    return lines;
}

// After the verdict, an empty line and the title of the y axis.
constexpr std::size_t first_row = 3;

std::string cell(const std::vector<std::vector<std::string>>& lines, std::size_t row,
                 std::size_t column) {
    const auto& line = lines[first_row + row];
    return column < line.size() ? line[column] : " ";
}

}  // namespace

TEST_CASE("points stand in the cells that arithmetic by hand gives them") {
    Chart chart = small_chart();
    chart.series = {one_point("corner", 1, 1), one_point("third", 10, 100),
                    one_point("top", 1000, 1000)};
    chart.roofs.clear();
    for (Series& series : chart.series) series.points[0].roof.reset();
    const auto lines = cells_of(rendered(chart, {.width = 80}));
    // "100" and three more cells leave 74 columns of 2 dots and 20 rows of 4.
    CHECK(cell(lines, 19, 6) == "◆");      // dots 0 and 79
    CHECK(cell(lines, 6, 6 + 24) == "●");  // 147 / 3: dot 49; 79 / 3 = 26.3: dot 26
    CHECK(cell(lines, 0, 6 + 73) == "▲");  // dots 147 and 0
    CHECK(cell(lines, 20, 5) == "└");
    CHECK(cell(lines, 20, 6) == "┬");
}

TEST_CASE("the ridge is ticked where arithmetic by hand puts it, and the roof turns there") {
    const auto lines = cells_of(rendered(small_chart(), {.width = 80}));
    // Dot 147 * 2 / 3 = 98 is in cell 49; dot row 26 of the ceiling in row 6.
    CHECK(cell(lines, 20, 6 + 49) == "┴");
    CHECK(cell(lines, 21, 6 + 48) == "1");
    CHECK(cell(lines, 21, 6 + 50) == "0");
    CHECK(cell(lines, 6, 6 + 60) == "⠤");  // third of four dots from the top: rows 24 to 27
    CHECK(cell(lines, 5, 6 + 60) == " ");
    CHECK(cell(lines, 13, 6 + 24) != " ");  // 10, 10: dots 49 and 53
}

TEST_CASE("an ASCII page draws with letters and marks the ridge with a caret") {
    Chart chart = small_chart();
    chart.series = {one_point("a", 10, 5), one_point("b", 500, 50)};
    const std::string text = rendered(chart, {.width = 80, .charset = Charset::ascii});
    CHECK(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    const auto lines = cells_of(text);
    CHECK(cell(lines, 20, 6 + 49) == "^");
    CHECK(cell(lines, 15, 6 + 24) == "A");  // log10(5) = 0.699: 0.767 * 79 = 60.6
}

TEST_CASE("a point above its roof is marked inside the frame and named in the legend") {
    Chart chart = small_chart();
    chart.series = {one_point("fast", 10, 2000)};
    for (const int width : {40, 80, 120, 200}) {
        const std::string text = rendered(chart, {.width = width, .colour = Colour::on});
        CHECK(text.find("\x1b[31m!\x1b[0m") != std::string::npos);
    }
    CHECK(rendered(chart, {.width = 80}).find("! above its roof") != std::string::npos);
    CHECK(rendered(chart, {}, "svg").find("above its roof") != std::string::npos);
    chart.series = {one_point("slow", 10, 10)};
    CHECK(rendered(chart, {.width = 80}).find('!') == std::string::npos);
}

TEST_CASE("points in one cell share a marker") {
    Chart chart = small_chart();
    chart.series = {one_point("a", 10, 5), one_point("b", 10, 5.01), one_point("c", 200, 5)};
    const std::string text = rendered(chart, {.width = 80});
    CHECK(text.find(" ◆  p of b") != std::string::npos);
    CHECK(text.find(" ●  p of c") != std::string::npos);
}

namespace {

// Nothing stands left of its corner; rows of the frame begin with a number or a side.
bool is_x_axis(const std::string& line) {
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos) return false;
    const std::string rest = line.substr(first);
    return rest.starts_with("└─") || rest.starts_with("+-") || rest.starts_with("++");
}

}  // namespace

TEST_CASE("no line of a picture is longer than the page, and every point is inside its frame") {
    std::mt19937 random(20261122);
    const auto draw = [&](double from, double to) {
        return std::uniform_real_distribution(from, to)(random);
    };
    const auto flip = [&] { return draw(0, 1) < 0.5; };
    for (int i = 0; i < 300; ++i) {
        Chart chart = small_chart();
        if (flip()) chart.x.scaling = Scaling::linear;
        if (flip()) chart.x.range.reset();
        if (flip()) chart.y.range.reset();
        if (flip()) chart.y.label = std::string(150, 'y');
        const auto points = static_cast<std::size_t>(draw(2, 9));
        for (std::size_t k = 0; k < points; ++k) {
            const double x = std::pow(10, draw(-9, 9));
            const double y = std::pow(10, draw(-9, 9));
            chart.series.push_back(one_point(std::string(1, static_cast<char>('a' + k)), x, y));
        }
        const Page page{.width = static_cast<int>(draw(40, 220)),
                        .charset = flip() ? Charset::ascii : Charset::unicode};
        std::set<std::string> plotted;
        std::size_t listed = 0;
        bool below = false;
        for (const auto& line : cells_of(rendered(chart, page))) {
            CHECK(line.size() <= static_cast<std::size_t>(page.width));
            std::string text;
            for (const std::string& character : line) text += character;
            below |= is_x_axis(text);
            if (!below) plotted.insert(line.begin(), line.end());
            if (text.find("p of ") == std::string::npos) continue;
            ++listed;
            INFO(text);
            CHECK((plotted.contains(line[1]) || plotted.contains("!")));
        }
        CHECK(listed == points);
    }
}

TEST_CASE("ticks are round numbers in the unit of the axis") {
    Chart chart{
        .title = "",
        .x = {.name = "batch", .key = "batch", .label = "batch"},
        .y = {.name = "tpot", .key = "tpot_s", .label = "tpot", .dimension = dimension::second},
        .series = {{.name = "a",
                    .stroke = Stroke::line,
                    .points = {{.x = 1, .y = 0.004}, {.x = 9, .y = 0.019}}}}};
    const std::string text = rendered(chart, {.width = 60});
    CHECK(text.find(" tpot, ms\n") != std::string::npos);
    CHECK(text.find("  5 ┤") != std::string::npos);
    CHECK(text.find(" 15 ┤") != std::string::npos);
    CHECK(text.find("1 … 9  4 … 19") != std::string::npos);
}

TEST_CASE("a page under 40 columns gets the numbers without the picture") {
    Chart chart = small_chart();
    chart.series = {one_point("a", 10, 5)};
    const std::string text = rendered(chart, {.width = 39});
    CHECK(text.find("└") == std::string::npos);
    CHECK(text.find("p") != std::string::npos);
}

TEST_CASE("one point, equal points and none at all are pictures too") {
    Chart chart{.title = "", .x = {.name = "x"}, .y = {.name = "y"}};
    for (const Scaling scaling : {Scaling::linear, Scaling::logarithmic}) {
        chart.x.scaling = scaling;
        chart.y.scaling = scaling;
        for (const double value : {0.0, 1.0, -3.0, 1e17, 1e-300}) {
            chart.series = {one_point("a", value, value), one_point("b", value, value)};
            for (Series& series : chart.series) series.points[0].roof.reset();
            CHECK(rendered(chart, {.width = 60}).find("◆") != std::string::npos);
            CHECK_FALSE(rendered(chart, {}, "svg").empty());
        }
        chart.series.clear();
        CHECK_FALSE(rendered(chart, {.width = 60}).empty());
    }
}

TEST_CASE("csv of a picture is its points") {
    Chart chart = small_chart();
    chart.series = {one_point("a", 10, 5), one_point("b", 20, 6)};
    CHECK(rendered(chart, {}, "csv") == "series,point,x,y\na,p,10,5\nb,p,20,6\n");
}

TEST_CASE("svg of a report without a picture is refused") {
    CHECK_THROWS_AS(
        find_format("svg")->render(Report{.command = "hw list"}, {}, [](std::string_view) {}),
        UserError);
}

TEST_CASE("a tick is as short as an axis wants it") {
    CHECK(humanize_tick(0.1) == "0.1");
    CHECK(humanize_tick(1) == "1");
    CHECK(humanize_tick(2500) == "2.5k");
    CHECK(humanize_tick(1e6) == "1M");
    CHECK(humanize_tick(295.34, 3) == "295");
    CHECK(humanize_tick(0) == "0");
}

}  // namespace chart_test
