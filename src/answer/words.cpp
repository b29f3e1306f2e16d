#include "words.hpp"

#include "error/dialect.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <vector>

namespace roofline {
namespace {

std::vector<std::string> degrees(const Layout& layout) {
    std::vector<std::string> words;
    const auto add = [&](std::string_view name, double degree) {
        if (degree > 1) words.push_back(formatted("{} {}", name, degree));
    };
    add("tp", layout.tensor);
    add("pp", layout.pipeline);
    add("dp", layout.data);
    add("ep", layout.expert);
    add("replicas", layout.replicas);
    return words;
}

}  // namespace

std::string hardware_words(const Deployment& d) {
    const std::string words = counted(*d.gpus, d.device->id);
    const bool stages = d.pipeline_parallel.value_or(1) > 1;
    return stages ? formatted("{} ({})", words, joined(degrees(layout_of(d)), ", ")) : words;
}

std::string setup_words(const Deployment& d) {
    std::string text = formatted("{} · {} weights", d.model->id, name_of(*d.weights));
    if (d.model->causal) text += formatted(" · {} KV cache", name_of(*d.kv_cache));
    text += " · " + counted(*d.gpus, d.device->id);
    for (const std::string& degree : degrees(layout_of(d))) text += " · " + degree;
    return text;
}

std::string headline(const Deployment& d) {
    const std::string text = formatted("{} · batch {} · prompt {}", setup_words(d),
                                       humanize_number(*d.batch), humanize_number(*d.isl));
    return d.model->causal ? text + formatted(" · context {}", humanize_number(*d.context)) : text;
}

std::string detail_words(const Deployment& d) {
    std::string text = formatted("{} weights", name_of(*d.weights));
    if (d.model->causal) text += formatted(" · {} KV cache", name_of(*d.kv_cache));
    for (const std::string& degree : degrees(layout_of(d))) text += " · " + degree;
    text += formatted(" · prompt {}", humanize_number(*d.isl));
    if (!d.model->causal) return text;
    return text + (is_served(d) ? formatted(" · answer {}", humanize_number(*d.osl))
                                : formatted(" · context {}", humanize_number(*d.context)));
}

std::string layout_words(const Layout& layout) {
    const std::vector<std::string> words = degrees(layout);
    return words.empty() ? "one device" : joined(words, ", ");
}

std::string lever_words(const Lever& lever) { return in_dialect(lever.change, Dialect::flags); }

Role role_of(Bound bound) {
    if (bound == Bound::compute) return Role::compute;
    return bound == Bound::memory ? Role::memory : Role::network;
}

}  // namespace roofline
