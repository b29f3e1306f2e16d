#include "report/chart/svg_plot.hpp"

#include "catch.hpp"
#include "report/chart/svg_picture.hpp"

#include <random>
#include <regex>

namespace svg_plot_test {

using namespace roofline;

namespace {

/// Numbers of 0 to 10 across and 0 to 20 up, on a plot of 100 by 200 from (50, 20) on.
Chart banded() {
    return {.title = "t",
            .x = {.name = "x", .key = "x", .label = "x", .range = Range{0, 10}},
            .y = {.name = "y", .key = "y", .label = "y", .range = Range{0, 20}},
            .series = {{.name = "one",
                        .stroke = Stroke::line,
                        .points = {{.x = 0, .y = 10, .span = Range{5, 15}},
                                   {.x = 5, .y = 10, .span = Range{8, 20}}}}}};
}

DrawnPlot plot_of(const Chart& chart) {
    return drawn_plot(chart, {frame_of(chart), 50, 150, 20, 220}, 300);
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

/// Any chart: lines, points, spans, limits, roofless, on either scaling.
Chart any_chart(std::mt19937& random) {
    const auto number = [&](double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random);
    };
    const auto whole = [&](int from, int to) {
        return std::uniform_int_distribution<int>(from, to)(random);
    };
    const auto axis = [&](std::string name) {
        return ChartAxis{.name = name,
                         .key = name,
                         .label = name + ": of such a thing",
                         .scaling = whole(0, 1) == 0 ? Scaling::linear : Scaling::logarithmic};
    };
    Chart chart{.title = std::string(static_cast<std::size_t>(whole(1, 150)), 'W'),
                .x = axis("first"),
                .y = axis("second")};
    const double size = std::pow(10, number(-6, 9));
    for (int i = whole(1, 8); i-- > 0;) {
        Series series{.name = "series " + std::string(static_cast<std::size_t>(whole(0, 20)), 'm'),
                      .stroke = whole(0, 1) == 0 ? Stroke::line : Stroke::points,
                      .points = {}};
        if (whole(0, 3) > 0) series.label = series.name;
        for (int k = whole(1, 6); k-- > 0;) {
            ChartPoint point{.x = number(0.1, 50), .y = size * number(0.1, 50)};
            if (whole(0, 1) == 0) point.span = {point.y * number(0.3, 1), point.y * number(1, 3)};
            point.hollow = whole(0, 3) == 0;
            point.size = number(0.6, 2);
            series.points.push_back(point);
        }
        chart.series.push_back(std::move(series));
    }
    for (int i = whole(0, 3); i-- > 0;) {
        const bool y = whole(0, 1) == 0;
        chart.limits.push_back({.name = "second < 30.0 ms",
                                .axis = y ? AxisName::y : AxisName::x,
                                .value = (y ? size : 1) * number(0.01, 90)});
    }
    return chart;
}

/// Of the texts that a picture writes, as wide as they are in the widest of fonts.
std::vector<Box> texts_of(const std::string& body) {
    static const std::regex text(
        R"re(<text x="([-\d.]+)" y="([-\d.]+)" class="([^"]*)"( text-anchor="(\w+)")?>([^<]*)<)re");
    std::vector<Box> boxes;
    for (std::sregex_iterator it(body.begin(), body.end(), text), end; it != end; ++it) {
        const bool small = (*it)[3].str().find("small") != std::string::npos;
        const double size = small ? 13 : 15;
        // Narrower than the estimate by which they are laid out would be no test of it.
        const std::string words = std::regex_replace((*it)[6].str(), std::regex("&\\w+;"), "<");
        const double width = static_cast<double>(words.size()) * size * 0.55;
        const std::string anchor = (*it)[5].str();
        const double left = std::stod((*it)[1].str()) - width * (anchor == "end"      ? 1
                                                                 : anchor == "middle" ? 0.5
                                                                                      : 0);
        const double base = std::stod((*it)[2].str());
        boxes.push_back({left, base - 0.75 * size, left + width, base + 0.2 * size});
    }
    return boxes;
}

}  // namespace

TEST_CASE("a band goes there along its high ends and back along its low ones, around the line") {
    const std::string body = plot_of(banded()).body;
    CHECK(body.find(
              R"(<path d="M50.0 70.0L100.0 20.0L100.0 140.0L50.0 170.0Z" class="band blue"/>)") !=
          std::string::npos);
    CHECK(body.find("class=\"band") < body.find("<polyline"));
    Chart bare = banded();
    for (ChartPoint& point : bare.series[0].points) point.span.reset();
    CHECK(count(plot_of(bare).body, "band") == 0);
}

TEST_CASE("points by themselves have a bar with ends") {
    Chart chart = banded();
    chart.series[0].stroke = Stroke::points;
    const std::string body = plot_of(chart).body;
    CHECK(
        body.find(
            R"(<path d="M46.0 170.0H54.0M46.0 70.0H54.0M50.0 170.0V70.0" class="line whisker blue"/>)") !=
        std::string::npos);
    CHECK(count(body, "whisker") == 2);
    CHECK(count(body, "band") == 0);
}

TEST_CASE("a limit stands where its axis says, with its words; one outside is not drawn") {
    Chart chart = banded();
    chart.limits = {{.name = "y < 5", .value = 5},
                    {.name = "x < 8", .axis = AxisName::x, .value = 8},
                    {.name = "y < 50", .value = 50}};
    const std::string body = plot_of(chart).body;
    CHECK(body.find(R"(<line x1="50.0" y1="170.0" x2="150.0" y2="170.0" class="limit")") !=
          std::string::npos);
    CHECK(body.find(R"(<line x1="130.0" y1="20.0" x2="130.0" y2="220.0" class="limit")") !=
          std::string::npos);
    CHECK(count(body, "class=\"limit\"") == 2);
    CHECK(count(body, "class=\"small label limited\"") == 2);
    CHECK(body.find(">y &lt; 5<") != std::string::npos);
}

TEST_CASE("a name stands at the end of its line in its colour, where there is room") {
    Chart chart = banded();
    chart.series[0].label = "one";
    const DrawnPlot plot = plot_of(chart);
    CHECK(plot.labelled == std::vector<bool>{true});
    CHECK(plot.body.find(R"(<text x="110.0" y="124.0" class="small label blue">one</text>)") !=
          std::string::npos);
    chart.series[0].label = std::string(60, 'm');
    CHECK(plot_of(chart).labelled == std::vector<bool>{false});
    CHECK(picture_of(chart).body.find("one (2 points)") != std::string::npos);
    chart.series[0].label = "one";
    CHECK(picture_of(chart).body.find("one (2 points)") == std::string::npos);
}

TEST_CASE("hollow points have a line around nothing, larger ones a larger outline") {
    Chart chart = banded();
    chart.series[0].points[1].hollow = true;
    chart.series[0].points[1].size = 2;
    const std::string body = plot_of(chart).body;
    CHECK(count(body, "class=\"point dot blue\"") == 1);
    CHECK(
        body.find(
            R"(<path d="M100.0 105.6L114.4 120.0L100.0 134.4L85.6 120.0Z" class="point line hollow blue">)") !=
        std::string::npos);
}

TEST_CASE("in 400 pictures no text is over another one or outside, and every number is finite") {
    std::mt19937 random(20);
    std::size_t labels = 0;
    for (int i = 0; i < 400; ++i) {
        INFO(i);
        const Chart chart = any_chart(random);
        const Picture picture = picture_of(chart);
        CHECK(picture.body.find("nan") == std::string::npos);
        CHECK(picture.body.find("inf") == std::string::npos);
        labels += count(picture.body, "small label");
        const std::vector<Box> texts = texts_of(picture.body);
        REQUIRE(texts.size() > 4);
        for (std::size_t one = 0; one < texts.size(); ++one) {
            INFO("text " << one << " of " << picture.body);
            CHECK(Box{0, 0, svg_width + 1, picture.height + 1}.holds(texts[one]));
            for (std::size_t other = 0; other < one; ++other)
                CHECK_FALSE(texts[one].overlaps(texts[other]));
        }
    }
    CHECK(labels > 400);
}

TEST_CASE("in 200 pictures every span encloses its point and is inside of the frame") {
    std::mt19937 random(21);
    std::size_t spans = 0;
    for (int i = 0; i < 200; ++i) {
        const Chart chart = any_chart(random);
        const PlotArea area{frame_of(chart), 50, 450, 20, 320};
        for (const Series& series : chart.series)
            for (const ChartPoint& point : series.points) {
                const auto span = drawn_span(area.frame.y, point);
                if (!span) continue;
                ++spans;
                const double y = area.at_y(point.y);
                CHECK(area.at_y(span->to) <= y);
                CHECK(y <= area.at_y(span->from));
                CHECK(area.at_y(span->to) >= area.top);
                CHECK(area.at_y(span->from) <= area.bottom);
            }
    }
    CHECK(spans > 500);
}

}  // namespace svg_plot_test
