#include "field.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

// "h100" is the sxm part here: say so, and what else it may mean.
void note_ambiguity(std::string_view text, const Device& device, const Asking& asking) {
    const std::string name = asking.catalog.split_device(text).name;
    if (name_key(name) == name_key(device.id)) return;
    std::string others;
    for (const auto& other : asking.catalog.namesakes(name))
        if (other->id != device.id)
            others += formatted("{}{} ({}, {})", others.empty() ? "" : ", ", other->id,
                                humanize(other->capacity()), humanize(other->bandwidth()));
    if (others.empty()) return;
    asking.notes.push_back(
        {.code = "N201",
         .message = formatted("'{}' means {} here; others: {}", name, device.id, others),
         .severity = Severity::note});
}

}  // namespace

void note_unread_keys(const Model& model, const Asking& asking) {
    const std::string keys = unread_words(model);
    if (keys.empty()) return;
    asking.notes.push_back(
        {.code = "W331",
         .message = formatted("{}: not understood, and left out: {}", model.id, keys)});
}

std::string label_of(const Field& field) {
    return field.kind == FieldKind::model ? "MODEL" : formatted("`{}`", field.name);
}

void set_field(Deployment& deployment, const Field& field, std::string_view text,
               const Asking& asking) {
    field.set(deployment, parse_field(field, text, label_of(field), asking.catalog));
    if (field.kind == FieldKind::device) note_ambiguity(text, *deployment.device, asking);
    if (field.kind == FieldKind::model) note_unread_keys(*deployment.model, asking);
}

}  // namespace roofline
