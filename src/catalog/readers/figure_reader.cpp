#include "figure_reader.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

namespace roofline {
OptionalFigure<std::string> FigureReader::optional_text(JsonObject& parent, std::string_view key) {
    auto figure = parent.optional_object(key);
    if (!figure) return std::nullopt;
    return Figure<std::string>{figure->text("value"), provenance(*figure)};
}

Provenance FigureReader::provenance(JsonObject& figure) {
    Provenance from = provenance_of_members(figure);
    figure.done();
    return from;
}

Provenance FigureReader::provenance_of_members(JsonObject& group) {
    const std::string key = group.text("source");
    const auto citation = sources_.optional_text(key);
    if (!citation)
        group.fail("source", formatted("source '{}' is not named under /sources", key),
                   did_you_mean(suggest(key, sources_.keys())));
    return {.source = *citation,
            .confidence = static_cast<Confidence>(group.choice("confidence", confidence_names)),
            .note = group.optional_text("note").value_or("")};
}

}  // namespace roofline
