// What makes text safe where it is written, and reports that hold any text and number.
#include "report/humanize.hpp"
#include "report/wrapped_lines.hpp"
#include "rules.hpp"
#include "target.hpp"
#include "text/markdown_text.hpp"
#include "text/printable.hpp"
#include "text/workflow.hpp"
#include "text/xml.hpp"

#include <array>
#include <fuzzer/FuzzedDataProvider.h>

namespace fuzz {
namespace {

using namespace roofline;

void printables(std::string_view text) {
    const std::string shown = printable(text);
    hold_one_line(shown);
    hold(printable(shown) == shown, "what is printable stays as it is", text);
    const std::string lines = printable_lines(text);
    hold_shown(lines);
    hold_one_line(xml(text));
    hold_xml("<a b=\"" + xml(text) + "\">" + xml(text) + "</a>");
    for (const std::string& line : wrapped_lines(shown, 20, 2))
        hold(shown_width(line) <= 20, "a line fits its page", text);
    for (const char c : to_ascii(shown))
        hold(static_cast<unsigned char>(c) < 0x80, "ASCII is ASCII", text);
}

void markdowns(std::string_view text) {
    hold_markdown("a " + markdown(text) + " b");
    hold_markdown(markdown_line(text) + "\n");
    hold_markdown("a " + markdown_code(text) + " b");
    const std::string drawing = printable_lines(text);
    const std::string fence = fence_around(drawing);
    hold_markdown(fence + "\n" + drawing + "\n" + fence + "\n");
}

void workflows(std::string_view text) {
    const std::string line(text.substr(0, text.find('\n')));
    for (const Markup markup : {Markup::text, Markup::markdown, Markup::xml, Markup::json}) {
        const std::string safe = without_commands(line, markup);
        hold_no_command(safe);
        hold(without_commands(safe, markup) == safe, "what is safe stays as it is", line);
    }
}

class Made {
  public:
    explicit Made(std::string_view text)
        : data_(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) {}  // NOLINT

    bool flip() { return data_.ConsumeBool(); }
    int number(int least, int most) { return data_.ConsumeIntegralInRange(least, most); }
    std::string text() { return data_.ConsumeRandomLengthString(60); }
    double any() { return data_.ConsumeFloatingPoint<double>(); }
    double in(double least, double most) { return data_.ConsumeFloatingPointInRange(least, most); }
    Role role() { return static_cast<Role>(number(0, static_cast<int>(Role::dim))); }
    Dimension dimension() {
        static constexpr std::array all{dimension::none,
                                        dimension::second,
                                        dimension::byte,
                                        dimension::money_per_token,
                                        dimension::byte_per_second,
                                        dimension::flop_per_second,
                                        dimension::watt,
                                        dimension::token_per_second};
        return data_.PickValueInArray(all);
    }
    Cell cell() {
        switch (number(0, 6)) {
            case 0:
                return std::monostate();
            case 1:
                return any();
            case 2:
                return Measure(any(), dimension());
            case 3:
                return Label{text(), role()};
            case 4:
                return Share{any(), role()};
            case 5:
                return flip();
            default:
                return text();
        }
    }
    Value value(int depth) {
        switch (number(0, depth > 0 ? 5 : 3)) {
            case 0:
                return any();
            case 1:
                return Measure(any(), dimension());
            case 2:
                return flip();
            case 4:
                return List{value(depth - 1), value(depth - 1)};
            case 5:
                return record(depth - 1);
            default:
                return text();
        }
    }
    Record record(int depth) {
        Record record;
        for (int i = number(0, 3); i > 0; --i) record.add(text(), value(depth));
        return record;
    }
    Table table() {
        Table table{.title = text(), .columns = {}, .next = {}, .list = flip() ? "rows" : ""};
        const int width = number(1, 5);
        for (int i = 0; i < width; ++i)
            table.columns.push_back(
                {text(), text(), number(1, 6), static_cast<Need>(number(0, 2))});
        std::vector<Row> rows;
        for (int n = number(0, 4); n > 0; --n) {
            Row& row = rows.emplace_back();
            for (int i = 0; i < width; ++i) row.push_back(cell());
        }
        table.next = rows_of(std::move(rows));
        if (flip()) table.notes = {text()};
        return table;
    }
    Bar bar() {
        Bar bar{.name = text(),
                .segments = {},
                .capacity = Measure(in(0, 1e12), dimension::byte),
                .note = text()};
        for (int n = number(0, 4); n > 0; --n)
            bar.segments.push_back({text(), Measure(in(0, 1e12), dimension::byte)});
        return bar;
    }
    // Numbers of files and of figures are within these.
    double drawn() { return flip() ? in(0, 100) : in(-1e30, 1e30); }
    ChartAxis axis() {
        ChartAxis axis{.name = text(),
                       .key = text(),
                       .label = text(),
                       .dimension = dimension(),
                       .scaling = static_cast<Scaling>(number(0, 1)),
                       .range = {}};
        if (flip()) {
            const double from = in(1e-30, 1e29);
            axis.range = Range{from, from * in(1.001, 1e6)};
        }
        return axis;
    }
    Chart chart() {
        Chart chart{.title = text(), .x = axis(), .y = axis()};
        for (int n = number(0, 2); n > 0; --n)
            chart.roofs.push_back({.name = text(),
                                   .slope = in(1e-15, 1e15),
                                   .ceiling = in(1e-15, 1e15),
                                   .role = role(),
                                   .note = text()});
        if (!chart.roofs.empty()) chart.y.scaling = chart.x.scaling;
        for (int n = number(0, 4); n > 0; --n) {
            Series series{.name = text(),
                          .stroke = static_cast<Stroke>(number(0, 1)),
                          .role = role(),
                          .points = {}};
            for (int m = number(0, 5); m > 0; --m) {
                ChartPoint point{
                    .x = drawn(), .y = drawn(), .name = text(), .note = text(), .roof = {}};
                if (flip() && !chart.roofs.empty()) point.roof = 0;
                series.points.push_back(std::move(point));
            }
            chart.series.push_back(std::move(series));
        }
        if (flip()) chart.marks.push_back({text(), in(1e-15, 1e15)});
        chart.footnote = text();
        return chart;
    }
    Report report() {
        Report report{
            .command = "estimate", .verdict = text(), .inputs = record(1), .result = record(2)};
        for (int n = number(0, 3); n > 0; --n) {
            const int kind = number(0, 3);
            if (kind == 0) report.blocks.emplace_back(table());
            if (kind == 1) report.blocks.emplace_back(bar());
            if (kind == 2) report.blocks.emplace_back(Text{{text(), text()}});
            if (kind == 3) report.blocks.emplace_back(chart());
        }
        if (flip()) report.derivations.push_back({text(), text(), text(), text()});
        if (flip()) report.assumptions.push_back({text(), text(), value(0), text(), flip()});
        if (flip()) report.warnings.push_back({"W141", text()});
        return report;
    }

  private:
    FuzzedDataProvider data_;
};

void reports(std::string_view input) {
    Made made(input);
    const int width = made.number(20, 200);
    hold_report(made.report(), width);
}

void charts(std::string_view input) {
    Made made(input);
    const int width = made.number(20, 200);
    Report report{.command = "plot"};
    report.blocks.emplace_back(made.chart());
    hold_report(report, width);
}

void numbers(std::string_view input) {
    Made made(input);
    const Measure measure(made.any(), made.dimension());
    const int digits = made.number(1, 12);
    for (const std::string& text :
         {humanize(measure, digits), words_of(measure, digits),
          humanize_number(measure.value, digits), humanize_tick(measure.value, digits),
          humanize_percent(measure.value), counted(measure.value, "gpu")})
        hold_one_line(text);
}

constexpr std::array targets{Target{"printable", printables}, Target{"markdown", markdowns},
                             Target{"workflow", workflows},   Target{"numbers", numbers},
                             Target{"report", reports},       Target{"chart", charts}};

}  // namespace

std::span<const Target> output_targets() { return targets; }

}  // namespace fuzz
