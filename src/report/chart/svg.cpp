// The `svg` format: the picture of an answer in one file, without scripts and fonts from elsewhere.
#include "roofline/error/user_error.hpp"

#include "report/renderers.hpp"
#include "svg_picture.hpp"
#include "svg_shapes.hpp"
#include "text/formatted.hpp"
#include "text/xml.hpp"

#include <algorithm>

namespace roofline {

void render_svg(const Report& report, const Page& /*page*/, const Write& write) {
    const auto found = std::ranges::find_if(
        report.blocks, [](const Block& block) { return std::holds_alternative<Chart>(block); });
    if (found == report.blocks.end())
        fail(ErrorCode::bad_choice,
             formatted("there is no picture in what {} answers", report.command),
             "take another format: table, json, csv or md");
    const auto& chart = std::get<Chart>(*found);
    const Picture picture = picture_of(chart);
    write(formatted(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {:.0f}\" class=\"roofline\" "
        "role=\"img\" style=\"max-width:{}px\">\n<title>{}</title>\n<desc>{}</desc>\n"
        "<style>{}</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n",
        svg_width, picture.height, svg_width * 3 / 2, xml(chart.title), xml(report.verdict),
        svg_style()));
    write(picture.body);
    write("</svg>\n");
}

}  // namespace roofline
