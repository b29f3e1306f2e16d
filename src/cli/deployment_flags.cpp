#include "deployment_flags.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

void set(Deployment& deployment, std::string_view field, std::string_view text,
         std::string_view label, Session& session) {
    const Field& row = *find_field(field);
    row.set(deployment, parse_field(row, text, label, session.catalog));
}

[[noreturn]] void no_hardware() {
    throw UserError(
        {.code = ErrorCode::missing_argument,
         .message = "--hw is missing: on which device?",
         .hint = "for example --hw h100, or --hw b200x2 for two; all: roofline hw list"});
}

}  // namespace

Deployment deployment_from(const Arguments& arguments, Session& session) {
    Deployment deployment;
    if (!arguments.has("hw")) no_hardware();
    if (!arguments.positionals().empty())
        set(deployment, "model", arguments.positionals()[0], "MODEL", session);
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field.name))
            set(deployment, field.name, *text, "--" + std::string(field.name), session);
    resolve_price(deployment, session.catalog);
    return deployment;
}

std::shared_ptr<const Device> device_from(const Arguments& arguments, Session& session) {
    const auto text = arguments.text("hw");
    if (!text) no_hardware();
    Deployment deployment;
    set(deployment, "hw", *text, "--hw", session);
    if (deployment.gpus.value_or(1) > 1)
        throw UserError({.code = ErrorCode::conflicting_arguments,
                         .message = formatted("--hw {}: this is about one device", *text),
                         .hint = formatted("--hw {}", deployment.device->id)});
    return deployment.device;
}

Record inputs_of(const Deployment& deployment) {
    Record inputs;
    for (const Field& field : deployment_fields()) {
        const ShownField shown = shown_field(field.get(deployment));
        std::string key(field.name);
        for (char& c : key)
            if (c == '-') c = '_';
        if (const auto* number = std::get_if<double>(&shown)) inputs.add(key, *number);
        if (const auto* text = std::get_if<std::string>(&shown)) inputs.add(key, *text);
    }
    if (deployment.gpus) inputs.add("gpus", *deployment.gpus);
    return inputs;
}

Precision precision_from(const Arguments& arguments, std::string_view flag, const Device& device) {
    const auto text = arguments.text(flag);
    if (!text) return wide_precision(device);
    const Field& field = *find_field("dtype");
    Catalog unused;
    const auto precision =
        std::get<Precision>(parse_field(field, *text, "--" + std::string(flag), unused));
    refuse_missing_arithmetic(device, precision);
    return precision;
}

Role role_of(Bound bound) {
    if (bound == Bound::compute) return Role::compute;
    return bound == Bound::memory ? Role::memory : Role::network;
}

std::vector<AssumptionNote> memory_assumptions(const Assumptions& assumptions) {
    const auto note = [](const AssumptionRow& row, Value value) {
        return AssumptionNote{.id = std::string(row.id),
                              .text = std::string(row.text),
                              .value = std::move(value),
                              .source = std::string(row.source)};
    };
    return {note(memory_utilization_row, assumptions.memory_utilization),
            note(runtime_reserve_row, assumptions.runtime_reserve)};
}

}  // namespace roofline::cli
