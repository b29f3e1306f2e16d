// Advice is typeable: every change an answer proposes, typed in place of the flags it names, gives
// the figures that the answer promised.
#include "catch.hpp"
#include "input/json.hpp"
#include "process.hpp"

#include <map>
#include <sstream>

namespace advice_test {

using namespace roofline;

namespace {

using Flags = std::map<std::string, std::string>;

Flags flags_in(const std::string& words) {
    Flags flags;
    std::istringstream stream(words);
    for (std::string name, value; stream >> name >> value;) flags[name] = value;
    return flags;
}

std::string typed(const std::string& model, Flags flags, const std::string& change) {
    for (const auto& [name, value] : flags_in(change)) flags[name] = value;
    std::string line = "roofline analyze " + model;
    for (const auto& [name, value] : flags) line += " " + name + " " + value;
    return line;
}

const JsonValue& at(const JsonDocument& document, std::initializer_list<std::string_view> path) {
    const JsonValue* value = &document.root;
    for (const std::string_view key : path) {
        value = value->find(key);
        REQUIRE(value != nullptr);
    }
    return *value;
}

JsonDocument answer_to(const std::string& line) {
    return parse_json({.name = line, .text = run(line + " --json", "/").out}, JsonDialect::strict);
}

void check_changes(const std::string& model, const std::string& words, std::string_view list,
                   int least) {
    const JsonDocument now = answer_to(typed(model, flags_in(words), ""));
    int tried = 0;
    for (const JsonValue& lever : *at(now, {"result", list}).array()) {
        const std::string line = typed(model, flags_in(words), *lever.find("change")->text());
        INFO(line);
        const JsonDocument then = answer_to(line);
        CHECK(*at(then, {"result", "memory", "fits"}).boolean());
        CHECK(*at(then, {"inputs", "gpus"}).number() == *lever.find("gpus")->number());
        if (list == "levers")
            CHECK(
                *at(then, {"result", "metrics_expected", *lever.find("figure")->text()}).number() ==
                *lever.find("value")->number());
        ++tried;
    }
    CHECK(tried >= least);
}

}  // namespace

TEST_CASE("levers of a deployment that fits, typed, give the times they promise") {
    check_changes("llama-3.1-8b", "--hw h100 --batch 32 --context 4k", "levers", 4);
    check_changes("llama-3.1-70b", "--hw h100x2 --batch 4 --price lambda", "levers", 3);
    check_changes("llama-3.1-70b", "--hw h100x16 --tp 4 --pp 2 --quant fp8", "levers", 2);
    check_changes("deepseek-r1", "--hw b200x8 --dp 8 --ep 8 --batch 256", "levers", 1);
    check_changes("phi-3-medium", "--hw l40sx4", "levers", 1);
}

TEST_CASE("changes that make a deployment fit, typed, make it fit") {
    check_changes("llama-3.1-70b", "--hw h100 --context 4k", "fitting", 3);
    check_changes("llama-3.1-70b", "--hw h100 --price lambda --dtype bf16", "fitting", 2);
    check_changes("deepseek-v3", "--hw h100x8", "fitting", 2);
    check_changes("llama-3.1-405b", "--hw h100x8", "fitting", 2);
    check_changes("llama-3.1-8b", "--hw h100x4 --tp 2 --batch 900 --context 4k", "fitting", 2);
}

}  // namespace advice_test
