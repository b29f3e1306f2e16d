#include "roofline/workload/fields.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"

#include <set>

namespace fields_test {

using namespace roofline;

TEST_CASE("every field is read from text, set, got and shown as text that reads back the same") {
    Catalog catalog;
    const std::vector<std::pair<std::string, std::string>> texts{
        {"model", "llama-3.1-8b"},
        {"hw", "h100-sxm"},
        {"tp", "2"},
        {"pp", "3"},
        {"dp", "4"},
        {"ep", "5"},
        {"replicas", "6"},
        {"quant", "fp8"},
        {"dtype", "bf16"},
        {"kv-dtype", "fp8"},
        {"batch", "7"},
        {"isl", "8"},
        {"osl", "9"},
        {"context", "10"},
        {"engine", "vllm/native@0.25"},
        {"mem-share", "0.9"},
        {"max-model-len", "16000"},
        {"max-num-seqs", "64"},
        {"eager", "true"},
        {"concurrency", "11"},
        {"rate", "2.5"},
        {"users", "500"},
        {"think", "30s"},
        {"node", "4"},
        {"network", "50GB/s"},
        {"lengths", "equal"},
        {"poll-steps", "12"},
        {"stream-interval", "13"},
        {"waves", "14"},
        {"lockstep", "true"},
        {"prefix-hit", "0.4"},
        {"prefill-chunk", "512"},
        {"draft-tokens", "3"},
        {"acceptance", "0.7"},
        {"price", "lambda"},
        {"utilization", "0.4"},
        {"purchase", "30000 USD"},
        {"life", "3"},
        {"power-price", "0.12 USD/kWh"},
        {"power", "700 W"},
        {"pue", "1.25"},
    };
    Deployment deployment;
    CHECK(texts.size() == deployment_fields().size());
    for (const auto& [name, text] : texts) {
        const Field* field = find_field(name);
        REQUIRE(field != nullptr);
        CHECK(std::holds_alternative<std::monostate>(field->get(deployment)));
        field->set(deployment, parse_field(*field, text, name, catalog));
        const ShownField shown = shown_field(field->get(deployment));
        const double* number = std::get_if<double>(&shown);
        if (number != nullptr)
            CHECK(*number == std::stod(text));
        else
            CHECK(std::get<std::string>(shown) == text);
    }
}

TEST_CASE("prices are amounts or providers") {
    Catalog catalog;
    const Field& field = *find_field("price");
    const auto read = [&](std::string_view text) {
        return std::get<PriceRequest>(parse_field(field, text, "--price", catalog));
    };
    CHECK(read("$2.50/h").provider.empty());
    CHECK(read("2.95").amount.in(dollar / hour) == 2.95);
    CHECK(read("coreweave/spot").provider == "coreweave/spot");
    CHECK_THROWS_AS(read("-1"), UserError);
    CHECK_THROWS_AS(read(""), UserError);
}

TEST_CASE("a device's count is read with it") {
    Catalog catalog;
    const auto choice =
        std::get<DeviceChoice>(parse_field(*find_field("hw"), "b200x2", "--hw", catalog));
    CHECK(choice.device->id == "b200-sxm");
    CHECK(choice.count == 2);
    const FieldValue mode = parse_field(*find_field("hw"), "M4-Max:64GB x 2", "--hw", catalog);
    CHECK(std::get<DeviceChoice>(mode).count == 2);
    CHECK(std::get<std::string>(shown_field(mode)) == "apple-m4-max:64gbx2");
    CHECK_THROWS_AS(parse_field(*find_field("hw"), "h100x0", "--hw", catalog), UserError);
    CHECK_THROWS_AS(parse_field(*find_field("quant"), "fp9", "--quant", catalog), UserError);
}

}  // namespace fields_test
