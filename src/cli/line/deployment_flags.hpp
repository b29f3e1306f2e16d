// Flags into a Deployment and a Deployment into the inputs of an answer, by the table of fields.
#pragma once

#include "roofline/evaluate/outcome.hpp"
#include "roofline/workload/fields.hpp"

#include "command.hpp"
#include "report/report.hpp"

namespace roofline::cli {

/// The fields that `arguments` give, the first positional as model where there is one, and the
/// price looked up. Throws UserError; E103 when there is no --hw.
Deployment deployment_from(const Arguments& arguments, Session& session);

/// The device and count of --hw alone. Throws E103 without it.
Deployment hardware_from(const Arguments& arguments, Session& session);

/// Throws E105 for more than one device.
void refuse_several(const Deployment& deployment);

/// The device of --hw, which must name one; its count is refused (E105).
std::shared_ptr<const Device> device_from(const Arguments& arguments, Session& session);

/// Reads `text` into one field, whose name is its flag's. Throws what parse_field() does.
void set_field(Deployment& deployment, std::string_view field, std::string_view text,
               Session& session);

/// Every field that is set, under its name.
Record inputs_of(const Deployment& deployment);

/// A flag's value through one of the parsers, or `otherwise`.
template <typename T, typename Parse>
T flag_or(const Arguments& arguments, std::string_view flag, Parse parse, T otherwise) {
    const auto text = arguments.text(flag);
    return text ? parse(*text, "--" + std::string(flag)) : otherwise;
}

Role role_of(Bound bound);

/// Assumptions of every answer that asks whether something fits.
std::vector<AssumptionNote> memory_assumptions(const Assumptions& assumptions);

}  // namespace roofline::cli
