#include "model_makers.hpp"

#include "listing.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace roofline {
namespace {

struct Family {
    std::string_view begins;
    std::string_view maker;
};

// The newest of each maker first; of two that begin alike, the longer stands before.
constexpr std::array families{
    Family{"llama-4", "Meta"},
    Family{"llama-3.3", "Meta"},
    Family{"llama-3.2", "Meta"},
    Family{"llama-3.1", "Meta"},
    Family{"llama-3", "Meta"},
    Family{"codellama", "Meta"},
    Family{"llama", "Meta"},
    Family{"qwen3.5", "Alibaba"},
    Family{"qwen3-vl", "Alibaba"},
    Family{"qwen3-next", "Alibaba"},
    Family{"qwen3-coder", "Alibaba"},
    Family{"qwen3", "Alibaba"},
    Family{"qwen2.5", "Alibaba"},
    Family{"qwen", "Alibaba"},
    Family{"deepseek-v3.2", "DeepSeek"},
    Family{"deepseek-v3.1", "DeepSeek"},
    Family{"deepseek-r1", "DeepSeek"},
    Family{"deepseek-v3", "DeepSeek"},
    Family{"deepseek", "DeepSeek"},
    Family{"gemma-4", "Google"},
    Family{"gemma-3", "Google"},
    Family{"gemma-2", "Google"},
    Family{"gemma", "Google"},
    Family{"siglip", "Google"},
    Family{"gpt-oss", "OpenAI"},
    Family{"gpt", "OpenAI"},
    Family{"devstral", "Mistral AI"},
    Family{"mistral-small", "Mistral AI"},
    Family{"mistral-large", "Mistral AI"},
    Family{"mistral-nemo", "Mistral AI"},
    Family{"mistral-7b", "Mistral AI"},
    Family{"mixtral-8x22b", "Mistral AI"},
    Family{"mixtral", "Mistral AI"},
    Family{"mistral", "Mistral AI"},
    Family{"glm-5.2", "Z.ai"},
    Family{"glm-5.1", "Z.ai"},
    Family{"glm-5", "Z.ai"},
    Family{"glm", "Z.ai"},
    Family{"kimi-k3", "Moonshot AI"},
    Family{"kimi-k2.6", "Moonshot AI"},
    Family{"kimi-k2.5", "Moonshot AI"},
    Family{"kimi", "Moonshot AI"},
    Family{"nemotron-3", "NVIDIA"},
    Family{"nemotron", "NVIDIA"},
    Family{"phi-4", "Microsoft"},
    Family{"phi", "Microsoft"},
    Family{"minimax-m2.7", "MiniMax"},
    Family{"minimax", "MiniMax"},
    Family{"mimo-v2", "Xiaomi"},
    Family{"mimo", "Xiaomi"},
    Family{"step", "StepFun"},
    Family{"granite", "IBM"},
    Family{"falcon", "TII"},
    Family{"yi-", "01.AI"},
    Family{"bloom", "BigScience"},
};

}  // namespace

ModelMaker maker_of(std::string_view id) {
    for (std::size_t i = 0; i < families.size(); ++i)
        if (id.starts_with(families[i].begins)) return {families[i].maker, i};
    return {"others", families.size()};
}

Models models_about(const std::string& word, const Models& models) {
    Models result;
    std::ranges::copy_if(models, std::back_inserter(result), [&](const auto& model) {
        std::vector<std::string> texts = model->aliases;
        texts.insert(texts.end(), {model->id, model->name, model->family,
                                   std::string(maker_of(model->id).name)});
        return is_about(word, texts);
    });
    return result;
}

}  // namespace roofline
