// Fields of a deployment as users write them, one after another.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/fields.hpp"

#include "error/warning.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace roofline {

/// What reading a question needs, and what it has to say of how it was understood.
struct Asking {
    Catalog& catalog;
    std::vector<WarningNote>& notes;
};

/// A field and its text, as they were written.
struct FieldText {
    const Field* field = nullptr;
    std::string text;
};

/// Reads `text` into one field. Adds N201 where a device's name may mean others too, and W331 where
/// keys of a model's file were left out. Throws what parse_field() does.
void set_field(Deployment& deployment, const Field& field, std::string_view text,
               const Asking& asking);

/// Adds W331 naming the keys of a model's file that were left out.
void note_unread_keys(const Model& model, const Asking& asking);

/// How messages call a field.
std::string label_of(const Field& field);

}  // namespace roofline
