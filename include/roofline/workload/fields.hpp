// The one table of a deployment's fields. Flags, and the inputs of an answer, read it.
#pragma once

#include "roofline/catalog/catalog.hpp"
#include "roofline/workload/deployment.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace roofline {

/// How a field's text is read.
enum class FieldKind {
    model,
    device,
    count,
    length,
    weight_format,
    precision,
    price,
    engine,
    lengths,
    rate,
    number,
    share,
    purchase,
    power,
    energy_price,
    toggle,
    bandwidth,
    duration
};

struct DeviceChoice {
    std::shared_ptr<const Device> device;
    std::optional<double> count;
};

/// A field's value once read; monostate is unset.
using FieldValue =
    std::variant<std::monostate, double, WeightFormat, Precision, std::shared_ptr<const Model>,
                 DeviceChoice, PriceRequest, EngineChoice, Lengths, PurchaseRequest, Watts,
                 EnergyPrice, bool, BytesPerSecond, Seconds>;

/// What a field changes: which operators there are, what the server may use of memory, how much
/// they are asked to do, how a client or a server goes about it, or the bill.
enum class FieldPart { shape, server, load, habit, money };
struct Field {
    std::string_view name;  ///< as a flag: "kv-dtype"
    FieldKind kind;
    std::string_view value;  ///< what help calls it: "TOKENS"
    std::string_view help;
    FieldValue (*get)(const Deployment&);
    void (*set)(Deployment&, const FieldValue&);
    FieldPart part;
};

std::span<const Field> deployment_fields();
const Field* find_field(std::string_view name);
/// The same of a name that is one.
const Field& the_field(std::string_view name);
/// Whether a field holds a number, which ranges run through and JSON writes as one.
bool takes_numbers(FieldKind kind);

/// Whether a field is of a single step: what a served deployment finds for itself.
bool is_of_a_step(const Field& field);

/// Whether a deployment says anything of a field.
bool is_given(const Field& field, const Deployment& deployment);
/// How JSON spells a field's name, "kv_dtype" for "kv-dtype", and the way back.
std::string key_of(std::string_view name);
std::string name_of_key(std::string_view key);

/// Reads `text` as `field` wants it. `label` is how the user named it: "--batch".
/// Throws UserError with what to write instead.
FieldValue parse_field(const Field& field, std::string_view text, std::string_view label,
                       Catalog& catalog);

/// Throws E106 with the names there are.
Precision parse_precision(std::string_view text, std::string_view label);

/// Throws E106 with the names there are.
EngineChoice parse_engine(std::string_view text, std::string_view label);

/// A number, or the text that parse_field() would read back; monostate when unset.
using ShownField = std::variant<std::monostate, double, std::string>;
ShownField shown_field(const FieldValue& value);

/// Replaces the name of a price by the catalog's row, an amount by itself. Throws E221.
void resolve_price(Deployment& deployment, Catalog& catalog);

}  // namespace roofline
