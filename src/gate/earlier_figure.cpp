#include "earlier_figure.hpp"

#include "text/formatted.hpp"

namespace roofline::gate {
namespace {

std::string value_in(const BaselineLoad& load, const std::string& key) {
    const auto found = load.find(key);
    if (found == load.end()) return "unset";
    const auto* number = std::get_if<double>(&found->second);
    return number != nullptr ? formatted("{}", *number) : std::get<std::string>(found->second);
}

}  // namespace

std::string load_changes(const BaselineLoad& then, const BaselineLoad& now) {
    BaselineLoad keys = then;
    keys.insert(now.begin(), now.end());
    std::string text;
    for (const auto& [key, unused] : keys) {
        const auto was = then.find(key);
        const auto is = now.find(key);
        const bool same = was != then.end() && is != now.end() && was->second == is->second;
        if (same) continue;
        text += formatted("{}{} {} then, {} now", text.empty() ? "" : ", ", key,
                          value_in(then, key), value_in(now, key));
    }
    return text;
}

std::variant<double, std::string> earlier_figure(const Baseline* baseline, const Target& target,
                                                 const Metric& metric,
                                                 const Evaluation& evaluation) {
    if (baseline == nullptr)
        return "there is no baseline. Add \"baseline\": \"FILE\" to the budget, or `baseline FILE`";
    const auto found = baseline->targets.find(target.name);
    if (found == baseline->targets.end())
        return formatted("{} has no target '{}'. Write it anew: `write-baseline`", baseline->file,
                         target.name);
    const BaselineTarget& before = found->second;
    if (before.basis != target.basis)
        return formatted("{} holds {} figures of '{}', this budget judges {} ones", baseline->file,
                         name_of(before.basis), target.name, name_of(target.basis));
    const std::string loads = load_changes(before.load, baseline_target(evaluation, target).load);
    if (!loads.empty())
        return formatted(
            "{} holds figures of '{}' at another load ({}). Write it anew: `write-baseline`",
            baseline->file, target.name, loads);
    const auto figure = before.figures.find(metric.id);
    if (figure == before.figures.end())
        return formatted("{} has no {} of '{}'. Write it anew: `write-baseline`", baseline->file,
                         metric.id, target.name);
    return figure->second;
}

}  // namespace roofline::gate
