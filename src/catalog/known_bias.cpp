#include "known_bias.hpp"

#include "roofline/catalog/catalog.hpp"

#include "input/json_object.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

bool holds(const KnownBias& bias, ServingEngine engine, const Device& device) {
    return (!bias.engine || *bias.engine == engine) &&
           (bias.vendor.empty() || bias.vendor == device.vendor) &&
           (bias.architecture.empty() || bias.architecture == device.architecture) &&
           device.dram().technology.starts_with(bias.memory);
}

}  // namespace

std::vector<KnownBias> read_biases(const JsonDocument& document) {
    JsonObject record(document);
    record.text("schema");
    record.text("source");
    std::vector<KnownBias> biases;
    for (JsonObject& one : record.objects("biases")) {
        KnownBias bias;
        if (const auto engine = one.optional_text("engine")) {
            bias.engine = find_serving_engine(*engine);
            if (!bias.engine) one.fail("engine", formatted("unknown engine '{}'", *engine));
        }
        bias.vendor = one.optional_text("vendor").value_or("");
        bias.architecture = one.optional_text("architecture").value_or("");
        bias.memory = one.optional_text("memory").value_or("");
        bias.text = one.text("text");
        one.done();
        biases.push_back(std::move(bias));
    }
    record.done();
    return biases;
}

std::vector<std::string> known_biases(ServingEngine engine, const Device& device) {
    static const std::vector<KnownBias> biases =
        read_biases(parse_json({.name = "efficiency/biases.json",
                                .text = std::string(embedded_text("efficiency/biases.json"))},
                               JsonDialect::strict));
    std::vector<std::string> texts;
    for (const KnownBias& bias : biases)
        if (holds(bias, engine, device)) texts.push_back(bias.text);
    return texts;
}

}  // namespace roofline
