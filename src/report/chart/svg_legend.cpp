#include "svg_legend.hpp"

#include "chart_frame.hpp"
#include "report/wrapped_lines.hpp"
#include "svg_plot.hpp"
#include "svg_shapes.hpp"
#include "text/formatted.hpp"
#include "text/printable.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr double key_end = 36;  ///< of a line of the legend that stands for one of the plot
constexpr double legend_text = 44;

class Legend {
  public:
    Legend(const Chart& chart, double width, double& down)
        : chart_(chart), width_(width), down_(down) {}

    void add_series(std::size_t index);
    void add_roof(const Roof& roof);
    void add_footnote() {
        if (!chart_.footnote.empty()) body_ += svg_paragraph(footnote(), width_, down_);
    }
    std::string body() && { return std::move(body_); }

  private:
    SvgParagraph footnote() const { return {.text = chart_.footnote, .style = "dim small"}; }
    void write(std::string text) {
        body_ += svg_paragraph({.text = std::move(text), .style = "small", .x = legend_text},
                               width_, down_);
    }

    const Chart& chart_;
    double width_;
    double& down_;
    std::string body_;
};

void Legend::add_series(std::size_t index) {
    const Series& series = chart_.series[index];
    const double y = down_ - 5;
    if (series.stroke == Stroke::line)
        body_ += svg_line({svg_margin, y, key_end, y},
                          formatted("line {}", svg_colour(chart_, index)), svg_dashes(index / 3));
    body_ += formatted("<path d=\"{}\" class=\"dot {}\"/>\n",
                       svg_marker(index, (svg_margin + key_end) / 2, y, svg_marker_size),
                       svg_colour(chart_, index));
    const std::string name = legend_name(chart_, series);
    write(series.points.size() == 1 ? point_words(chart_, series.points[0], name)
                                    : formatted("{} ({} points)", name, series.points.size()));
}

void Legend::add_roof(const Roof& roof) {
    const double y = down_ - 5;
    body_ +=
        svg_line({svg_margin, y, key_end, y}, roof.role == Role::dim ? "line grey" : "line orange",
                 roof_dashes(chart_, roof));
    const std::string ridge = humanize(Measure(roof.ridge(), chart_.x.dimension));
    write(formatted("{}: {}, {}, ridge {}", roof.name,
                    humanize(Measure(roof.ceiling, chart_.y.dimension)), roof.note, ridge));
}

}  // namespace

std::string svg_paragraph(const SvgParagraph& paragraph, double width, double& down) {
    const std::string text = printable(paragraph.text);
    const bool bold = paragraph.style.find("title") != std::string::npos;
    const bool small = paragraph.style.find("small") != std::string::npos;
    const double wide =
        svg_text_width(text, small ? svg_small_font : svg_font) * (bold ? svg_bold : 1);
    const double room =
        paragraph.ends_there ? paragraph.x - svg_margin : width - svg_margin - paragraph.x;
    const int characters = std::max(1, shown_width(text));
    // Of the mean character, and a line may have wider ones than the whole.
    const double share = wide <= room ? 1 : 0.94 * room / wide;
    std::string body;
    for (const std::string& line : wrapped_lines(text, static_cast<int>(share * characters), 0)) {
        body += svg_text(paragraph.x, down, line, paragraph.style,
                         paragraph.ends_there ? Anchor::end : Anchor::start);
        down += svg_line_height;
    }
    return body;
}

std::string svg_legend(const Chart& chart, const std::vector<bool>& labelled, double width,
                       double& down) {
    Legend legend(chart, width, down);
    for (std::size_t i = 0; i < chart.series.size(); ++i)
        if (!labelled[i] || chart.series[i].stroke == Stroke::points) legend.add_series(i);
    for (const Roof& roof : chart.roofs) legend.add_roof(roof);
    legend.add_footnote();
    return std::move(legend).body();
}

}  // namespace roofline
