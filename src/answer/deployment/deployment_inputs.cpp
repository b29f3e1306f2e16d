#include "deployment_inputs.hpp"

#include "roofline/workload/fields.hpp"

namespace roofline {

Record inputs_of(const Deployment& deployment) {
    Record inputs;
    for (const Field& field : deployment_fields()) {
        if (is_served(deployment) && is_of_a_step(field)) continue;
        const ShownField shown = shown_field(field.get(deployment));
        const std::string key = key_of(field.name);
        if (const auto* number = std::get_if<double>(&shown)) inputs.add(key, *number);
        const auto* text = std::get_if<std::string>(&shown);
        if (text != nullptr && field.kind == FieldKind::toggle)
            inputs.add(key, *text == "true");
        else if (text != nullptr)
            inputs.add(key, *text);
    }
    if (deployment.gpus) inputs.add("gpus", *deployment.gpus);
    return inputs;
}

}  // namespace roofline
