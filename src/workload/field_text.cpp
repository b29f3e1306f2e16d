// Fields as users write them, and back.
#include "roofline/catalog/engine_era.hpp"
#include "roofline/import/model_source.hpp"
#include "roofline/workload/fields.hpp"

#include "error/choice.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"
#include "units/split_number.hpp"

#include <array>
#include <cctype>

namespace roofline {
namespace {

constexpr std::string_view catalog_purchase = "catalog";

WeightFormat parse_format(std::string_view text, std::string_view label) {
    if (const auto format = find_weight_format(text)) return *format;
    throw UserError(
        no_choice(text, label, "weight format", names_of(weight_formats, &WeightFormatRow::name)));
}

Lengths parse_lengths(std::string_view text, std::string_view label) {
    return static_cast<Lengths>(choice(text, label, "choice", lengths_names));
}

FieldValue parse_measure(FieldKind kind, std::string_view text, std::string_view label) {
    if (kind == FieldKind::duration) {
        const units::Split split = units::split_number(text, label);
        if (split.number != 0 || split.unit.empty()) return parse_quantity<Seconds>(text, label);
        parse_quantity<Seconds>("1" + std::string(split.unit), label);  // refuses what is no unit
        return Seconds();
    }
    if (kind == FieldKind::bandwidth) return parse_quantity<BytesPerSecond>(text, label);
    return parse_quantity<Watts>(text, label);
}

bool parse_toggle(std::string_view text, std::string_view label) {
    constexpr std::array<std::string_view, 2> names{"true", "false"};
    return choice(text, label, "choice", names) == 0;
}

DeviceChoice parse_device(std::string_view text, Catalog& catalog) {
    const DeviceRequest request = catalog.split_device(text);
    DeviceChoice choice{.device = catalog.device(request.name)};
    if (request.count)
        choice.count = parse_count(formatted("{}", *request.count), "the count in `hw`");
    return choice;
}

PriceRequest parse_price(std::string_view text, std::string_view label) {
    const bool a_name = !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0;
    if (a_name) return {.provider = std::string(text)};
    const MoneyRate rate = parse_money_rate(text, label);
    return {.provider = {}, .amount = rate.rate, .currency = rate.currency};
}

PurchaseRequest parse_purchase(std::string_view text, std::string_view label) {
    if (text == catalog_purchase) return {.name = std::string(text)};
    const MoneyAmount money = parse_money(text, label);
    return {.name = {}, .amount = money.amount, .currency = money.currency};
}

struct Shown {
    ShownField operator()(std::monostate) const { return {}; }
    ShownField operator()(double number) const { return number; }
    ShownField operator()(WeightFormat format) const { return std::string(name_of(format)); }
    ShownField operator()(Precision precision) const { return std::string(name_of(precision)); }
    ShownField operator()(const EngineChoice& engine) const { return name_of(engine); }
    ShownField operator()(bool on) const { return std::string(on ? "true" : "false"); }
    ShownField operator()(Lengths lengths) const { return std::string(name_of(lengths)); }
    ShownField operator()(const std::shared_ptr<const Model>& model) const { return model->id; }
    ShownField operator()(const DeviceChoice& choice) const {
        const bool several = choice.count.value_or(1) > 1;
        return several ? formatted("{}x{}", choice.device->id, *choice.count) : choice.device->id;
    }
    ShownField operator()(const PriceRequest& price) const {
        if (!price.provider.empty()) return price.provider;
        return formatted("{} {}/h", price.amount.in(dollar / hour), row_of(price.currency).code);
    }
    ShownField operator()(const PurchaseRequest& purchase) const {
        if (!purchase.name.empty()) return purchase.name;
        return formatted("{} {}", purchase.amount.in(dollar), row_of(purchase.currency).code);
    }
    ShownField operator()(Seconds time) const { return formatted("{:.15g}s", time.in(second)); }
    ShownField operator()(BytesPerSecond rate) const {
        return formatted("{:.15g}GB/s", rate.in(gigabyte / second));
    }
    ShownField operator()(Watts power) const { return formatted("{} W", power.in(watt)); }
    ShownField operator()(const EnergyPrice& price) const {
        return formatted("{:.15g} {}/kWh", price.rate.in(dollar / kilowatt_hour),
                         row_of(price.currency).code);
    }
};

void resolve_purchase(Deployment& deployment, Catalog& catalog) {
    const PurchaseRequest& asked = *deployment.purchase;
    const std::string device = deployment.device ? deployment.device->id : "";
    deployment.bought = asked.name.empty() ? PurchasePrice{.device = device,
                                                           .item = {},
                                                           .amount = asked.amount,
                                                           .currency = asked.currency,
                                                           .date = {},
                                                           .from = {.source = "`purchase`"}}
                                           : catalog.purchase(device);
}

}  // namespace

Precision parse_precision(std::string_view text, std::string_view label) {
    if (const auto precision = find_precision(text)) return *precision;
    throw UserError(no_choice(text, label, "precision", names_of(precisions, &PrecisionRow::name)));
}

EngineChoice parse_engine(std::string_view text, std::string_view label) {
    if (const auto engine = find_engine(text, label)) return *engine;
    const std::string_view name = text.substr(0, text.find_first_of("/@"));
    throw UserError(no_choice(name, label, "serving engine",
                              names_of(serving_engines, &ServingEngineRow::name)));
}

FieldValue parse_field(const Field& field, std::string_view text, std::string_view label,
                       Catalog& catalog) {
    switch (field.kind) {
        case FieldKind::model:
            return find_model(text, catalog);
        case FieldKind::device:
            return parse_device(text, catalog);
        case FieldKind::count:
            return parse_count(text, label);
        case FieldKind::length:
            return parse_length(text, label);
        case FieldKind::weight_format:
            return parse_format(text, label);
        case FieldKind::precision:
            return parse_precision(text, label);
        case FieldKind::engine:
            return parse_engine(text, label);
        case FieldKind::lengths:
            return parse_lengths(text, label);
        case FieldKind::toggle:
            return parse_toggle(text, label);
        case FieldKind::share:
            return parse_fraction(text, label);
        case FieldKind::purchase:
            return parse_purchase(text, label);
        case FieldKind::duration:
        case FieldKind::bandwidth:
        case FieldKind::power:
            return parse_measure(field.kind, text, label);
        case FieldKind::energy_price:
            return parse_energy_price(text, label);
        case FieldKind::rate:
        case FieldKind::number:
            return parse_number(text, label);
        case FieldKind::price:
            break;
    }
    return parse_price(text, label);
}

ShownField shown_field(const FieldValue& value) { return std::visit(Shown{}, value); }

void resolve_price(Deployment& deployment, Catalog& catalog) {
    if (deployment.purchase) resolve_purchase(deployment, catalog);
    if (!deployment.price) return;
    const PriceRequest& asked = *deployment.price;
    if (!asked.provider.empty()) {
        deployment.rental = catalog.rental(deployment.device->id, asked.provider);
        return;
    }
    deployment.rental = RentalPrice{.provider = "given",
                                    .device = deployment.device ? deployment.device->id : "",
                                    .mode = "",
                                    .rate = asked.amount,
                                    .currency = asked.currency,
                                    .from = {.source = "`price`"}};
}

}  // namespace roofline
