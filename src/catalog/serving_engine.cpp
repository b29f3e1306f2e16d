#include "roofline/catalog/serving_engine.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace roofline {

std::optional<ServingEngine> find_serving_engine(std::string_view name) {
    std::string wanted(name);
    std::ranges::transform(wanted, wanted.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (wanted == "tensorrt-llm") return ServingEngine::trtllm;
    const auto row = std::ranges::find(serving_engines, wanted, &ServingEngineRow::name);
    return row == serving_engines.end() ? std::nullopt : std::optional(row->engine);
}

std::string name_of(const EngineChoice& choice) {
    std::string name(name_of(choice.program));
    if (!choice.backend.empty()) name += "/" + choice.backend;
    if (!choice.version.empty()) name += "@" + choice.version;
    return name;
}

}  // namespace roofline
