// Tables of figures that are drawn.
#include "answer/plot/plot_figures.hpp"
#include "rules.hpp"
#include "target.hpp"

#include <array>

namespace fuzz {
namespace {

using namespace roofline;

// The first byte chooses the columns.
void plot(std::string_view text) {
    if (text.empty()) return;
    const auto chosen = static_cast<unsigned char>(text[0]);
    const FigureRows rows =
        read_figure_rows(Source{.name = "input.csv", .text = std::string(text.substr(1))});
    const std::size_t columns = rows.columns.size();
    FigurePicture picture{
        .choice = {.x = chosen % columns, .y = chosen / 8 % columns, .groups = {}},
        .pareto = chosen >= 128,
        .title = {}};
    picture.choice.groups = usual_groups(rows, picture.choice.x, picture.choice.y);
    hold_report(figures_report(rows, picture), 60 + chosen % 64);
}

constexpr std::array targets{Target{"plot", plot}};

}  // namespace

std::span<const Target> picture_targets() { return targets; }

}  // namespace fuzz
