#include "deployment_flags.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

std::string hardware_text(const Arguments& arguments) {
    if (const auto text = arguments.text(the_field("hw"))) return *text;
    fail(ErrorCode::missing_argument, "--hw is missing: on which device?",
         "for example --hw h100-sxm, or --hw b200x2 for two; all: roofline hw list");
}

}  // namespace

Deployment deployment_from(const Arguments& arguments, const Asking& asking) {
    Deployment deployment;
    hardware_text(arguments);
    if (!arguments.positionals().empty())
        set_field(deployment, the_field("model"), arguments.positionals()[0], asking);
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field)) set_field(deployment, field, *text, asking);
    resolve_price(deployment, asking.catalog);
    return deployment;
}

Deployment hardware_from(const Arguments& arguments, const Asking& asking) {
    Deployment deployment;
    set_field(deployment, the_field("hw"), hardware_text(arguments), asking);
    return deployment;
}

void refuse_several(const Deployment& deployment) {
    if (deployment.gpus.value_or(1) > 1)
        fail(ErrorCode::conflicting_arguments,
             formatted("--hw {}x{}: this is about one device", deployment.device->id,
                       *deployment.gpus),
             formatted("--hw {}", deployment.device->id));
}

std::shared_ptr<const Device> device_from(const Arguments& arguments, const Asking& asking) {
    const Deployment deployment = hardware_from(arguments, asking);
    refuse_several(deployment);
    return deployment.device;
}

}  // namespace roofline::cli
