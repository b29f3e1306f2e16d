#include "deployment_flags.hpp"

#include "roofline/error/user_error.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

// "h100" is the sxm part here: say so, and what else it may mean.
void note_ambiguity(std::string_view text, const Device& device, Session& session) {
    const std::string name = session.catalog.split_device(text).name;
    std::string others;
    for (const auto& other : session.catalog.namesakes(name))
        if (other->id != device.id)
            others += formatted("{}{} ({}, {})", others.empty() ? "" : ", ", other->id,
                                humanize(other->capacity()), humanize(other->bandwidth()));
    if (others.empty() || name_key(name) == name_key(device.id)) return;
    session.notes.push_back(
        {.code = "N201",
         .message = formatted("'{}' means {} here; others: {}", name, device.id, others),
         .severity = Severity::note});
}

[[noreturn]] void no_hardware() {
    throw UserError(
        {.code = ErrorCode::missing_argument,
         .message = "--hw is missing: on which device?",
         .hint = "for example --hw h100, or --hw b200x2 for two; all: roofline hw list"});
}

}  // namespace

void set_field(Deployment& deployment, std::string_view field, std::string_view text,
               Session& session) {
    const Field& row = *find_field(field);
    const std::string label = field == "model" ? "MODEL" : "--" + std::string(field);
    row.set(deployment, parse_field(row, text, label, session.catalog));
    if (field == "hw") note_ambiguity(text, *deployment.device, session);
}

Deployment deployment_from(const Arguments& arguments, Session& session) {
    Deployment deployment;
    if (!arguments.has("hw")) no_hardware();
    if (!arguments.positionals().empty())
        set_field(deployment, "model", arguments.positionals()[0], session);
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field.name))
            set_field(deployment, field.name, *text, session);
    resolve_price(deployment, session.catalog);
    return deployment;
}

Deployment hardware_from(const Arguments& arguments, Session& session) {
    const auto text = arguments.text("hw");
    if (!text) no_hardware();
    Deployment deployment;
    set_field(deployment, "hw", *text, session);
    return deployment;
}

void refuse_several(const Deployment& deployment) {
    if (deployment.gpus.value_or(1) > 1)
        fail(ErrorCode::conflicting_arguments,
             formatted("--hw {}x{}: this is about one device", deployment.device->id,
                       *deployment.gpus),
             formatted("--hw {}", deployment.device->id));
}

std::shared_ptr<const Device> device_from(const Arguments& arguments, Session& session) {
    const Deployment deployment = hardware_from(arguments, session);
    refuse_several(deployment);
    return deployment.device;
}

Record inputs_of(const Deployment& deployment) {
    Record inputs;
    for (const Field& field : deployment_fields()) {
        if (is_served(deployment) && is_of_a_step(field)) continue;
        const ShownField shown = shown_field(field.get(deployment));
        const std::string key = key_of(field.name);
        if (const auto* number = std::get_if<double>(&shown)) inputs.add(key, *number);
        if (const auto* text = std::get_if<std::string>(&shown)) inputs.add(key, *text);
    }
    if (deployment.gpus) inputs.add("gpus", *deployment.gpus);
    return inputs;
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
