// Reads figures `{"value": …, "source": key, "confidence": …}` whose source is named once per file.
#pragma once

#include "roofline/catalog/device.hpp"

#include "input/json_object.hpp"

namespace roofline {

class FigureReader {
  public:
    /// `record` must hold "sources": an object from key to citation.
    explicit FigureReader(JsonObject& record) : sources_(record.object("sources")) {}

    /// nullopt when `key` is absent or null. The number counts `unit`s.
    template <typename Q>
    OptionalFigure<Q> optional(JsonObject& parent, std::string_view key, Q unit) {
        auto figure = parent.optional_object(key);
        if (!figure) return std::nullopt;
        return Figure<Q>{figure->positive("value") * unit, provenance(*figure)};
    }

    template <typename Q>
    Figure<Q> required(JsonObject& parent, std::string_view key, Q unit) {
        parent.object(key);  // throws when absent
        return *optional(parent, key, unit);
    }

    OptionalFigure<std::string> optional_text(JsonObject& parent, std::string_view key);

    /// Source, confidence and note of `figure`; refuses keys it does not know.
    Provenance provenance(JsonObject& figure);

    /// The same for an object that holds more than one figure: other keys are the caller's.
    Provenance provenance_of_members(JsonObject& group);

    /// Refuses sources that no figure refers to.
    void done() const { sources_.done(); }

  private:
    JsonObject sources_;
};

}  // namespace roofline
