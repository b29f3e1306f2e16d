#include "field.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

// Whether an answer for one would be another for the other: 5 % is less than what is known of them.
bool differ(double a, double b) {
    constexpr double alike = 0.05;
    return std::abs(a - b) > alike * std::max(a, b);
}

bool are_unlike(const Device& a, const Device& b) {
    const auto rate = [](const Device& device) {
        const Peak* peak = device.peak(wide_precision(device));
        return peak == nullptr ? 0 : peak->rate.value.in(teraflop / second);
    };
    return differ(a.dram().capacity->value.in(gigabyte), b.dram().capacity->value.in(gigabyte)) ||
           differ(a.bandwidth().in(terabyte / second), b.bandwidth().in(terabyte / second)) ||
           differ(rate(a), rate(b));
}

// "h100" is the sxm part here: say so, and what else it may mean, where that would matter.
void note_ambiguity(std::string_view text, const Device& device, const Asking& asking) {
    const std::string name = asking.catalog.split_device(text).name;
    if (name_key(name) == name_key(device.id)) return;
    std::string others;
    for (const auto& other : asking.catalog.namesakes(name))
        if (other->id != device.id && are_unlike(*other, device))
            others +=
                formatted("{}{} ({}, {})", others.empty() ? "" : ", ", other->id,
                          humanize(other->dram().capacity->value), humanize(other->bandwidth()));
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
