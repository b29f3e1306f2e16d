#include "keeping.hpp"

#include "roofline/evaluate/levers.hpp"

#include "evaluate/devices/larger_devices.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace roofline {
namespace {

constexpr char tick = 0x60;  // around the fields of a change

// A change, and whether it is another device alone.
struct Idea {
    std::string change;
    bool device = false;
};

// Another deployment may mend it.
bool may_be_mended(const Check& check) {
    return check.status == CheckStatus::fail || check.error == ErrorCode::cannot_keep_up;
}

// The field that says how much is asked of a deployment.
const Field* load_field(const Deployment& asked) {
    for (const std::string_view name : {"concurrency", "users", "rate", "batch"})
        if (is_given(the_field(name), asked)) return &the_field(name);
    return nullptr;
}

// Whole requests, and rates as people write them, towards nothing.
double rounded(const Field& load, double value) {
    if (load.kind == FieldKind::count) return std::floor(value);
    const double unit = std::pow(10, std::floor(std::log10(value)) - 2);
    return std::floor(value / unit) * unit;
}

class Trials {
  public:
    Trials(const JudgedTarget& judged, const Judging& judging, const Knowledge& knowledge)
        : judged_(judged), judging_(judging), knowledge_(knowledge) {
        judging_.baseline = judged.baseline.get();
        for (const Check& check : judged.checks)
            if (may_be_mended(check)) broken_.insert(check.name());
    }

    // Its answer, where it keeps what was broken and breaks nothing else. That another load is no
    // regression cannot be said; it was judged all the same.
    std::optional<Evaluation> kept(const Deployment& asked) const {
        Target target = *judged_.answered.target;
        target.deployment = asked;
        try {
            Evaluation evaluation = evaluate(asked, knowledge_);
            for (const Check& check : judge(*judged_.budget, target, evaluation, judging_)) {
                const bool incomparable =
                    check.error == ErrorCode::bad_baseline && !broken_.contains(check.name());
                if (check.status == CheckStatus::fail || (check.error && !incomparable))
                    return std::nullopt;
            }
            return evaluation;
        } catch (const UserError&) {
            return std::nullopt;
        }
    }

    // The load nearest to the one asked for that keeps the limits: below it first, then above.
    std::optional<Keeping> nearest_load(const Deployment& asked, const Field& load) const {
        const double now = std::get<double>(load.get(asked));
        constexpr double farthest = 1024;
        constexpr double pace = 1.125;  // limits on both sides may leave little between them
        const auto holds = [&](double value) {
            Deployment changed = asked;
            load.set(changed, value);
            return kept(changed).has_value();
        };
        for (const bool least : {false, true})
            for (double away = pace; away <= farthest; away *= pace) {
                const double good = rounded(load, least ? now * away : now / away);
                if (good <= 0) break;
                if (good == now || !holds(good)) continue;
                const double bad = least ? now * away / pace : now / away * pace;
                return Keeping{
                    .load = &load, .value = boundary(load, good, bad, holds), .least = least};
            }
        return std::nullopt;
    }

  private:
    static double boundary(const Field& load, double good, double bad, const auto& holds) {
        constexpr int enough = 64;
        for (int i = 0; i < enough; ++i) {
            const double middle = rounded(load, (good + bad) / 2);
            if (middle == good || middle == rounded(load, bad)) break;
            (holds(middle) ? good : bad) = middle;
        }
        const double last = rounded(load, bad);  // a whole load between the two
        return last != bad && last != good && holds(last) ? last : good;
    }

    const JudgedTarget& judged_;
    Judging judging_;
    const Knowledge& knowledge_;
    std::set<std::string> broken_;
};

// `asked` with the fields that a lever names: "`hw h100-sxmx8` `tp 8`".
Deployment changed(const Deployment& asked, std::string_view change, Catalog& catalog) {
    Deployment result = asked;
    for (std::size_t start = change.find(tick); start != std::string_view::npos;) {
        const std::size_t stop = change.find(tick, start + 1);
        const std::string_view word = change.substr(start + 1, stop - start - 1);
        const std::size_t space = std::min(word.find(' '), word.size());
        const Field& field = the_field(word.substr(0, space));
        const std::string_view text = space == word.size() ? "true" : word.substr(space + 1);
        field.set(result, parse_field(field, text, field.name, catalog));
        start = change.find(tick, stop + 1);
    }
    resolve_price(result, catalog);
    return result;
}

// What shortens a step as large as the load makes it, and larger devices in the same number.
std::vector<Idea> ideas_for(const Evaluation& evaluation, Catalog& catalog) {
    std::vector<Idea> ideas;
    Deployment step = evaluation.deployment;
    if (evaluation.served()) step.batch = std::max(1.0, std::round(evaluation.load()));
    const Prepared prepared = prepare(step);
    const Outcome now = evaluate(prepared, point_of(prepared));
    if (now.decode() != nullptr)
        for (const Lever& lever : decode_levers(prepared, now)) ideas.push_back({lever.change});
    const double gpus = layout_of(evaluation.deployment).gpus();
    const Deployment& d = evaluation.deployment;
    const bool amount = (d.price && d.price->provider.empty()) || d.purchase.has_value();
    if (amount) return ideas;  // it is of this device, and of no larger one
    for (const auto& device : larger_devices(*evaluation.deployment.device, catalog))
        ideas.push_back({gpus == 1 ? formatted("`hw {}`", device->id)
                                   : formatted("`hw {}x{}`", device->id, gpus),
                         true});
    return ideas;
}

std::optional<Deployment> with_change(const Deployment& asked, const std::string& change,
                                      Catalog& catalog) {
    try {
        return changed(asked, change, catalog);
    } catch (const UserError&) {  // a price that is not known of that device
        return std::nullopt;
    }
}

}  // namespace

std::vector<Keeping> what_keeps(const JudgedTarget& judged, const Judging& judging,
                                const Knowledge& knowledge, Catalog& catalog) {
    std::vector<Keeping> keeping;
    if (!judged.answered.evaluation || std::ranges::none_of(judged.checks, may_be_mended))
        return keeping;
    const Trials trials(judged, judging, knowledge);
    const Deployment& asked = judged.answered.target->deployment;
    const Field* load = load_field(asked);
    const auto alone = load == nullptr ? std::nullopt : trials.nearest_load(asked, *load);
    if (alone) keeping.push_back(*alone);
    std::vector<Keeping> partly;
    bool larger = false;  // the first of them is the smallest that does
    for (const auto& [change, device] : ideas_for(*judged.answered.evaluation, catalog)) {
        if (device && larger) continue;
        const auto deployment = with_change(asked, change, catalog);
        if (!deployment) continue;
        if (auto evaluation = trials.kept(*deployment)) {
            larger |= device;
            keeping.push_back({.change = change, .evaluation = std::move(evaluation)});
            continue;
        }
        if (device || load == nullptr) continue;
        const auto nearer = trials.nearest_load(*deployment, *load);
        const bool gains = nearer && (!alone || (alone->least == nearer->least &&
                                                 (nearer->value > alone->value) != alone->least));
        if (!gains) continue;
        partly.push_back(*nearer);
        partly.back().change = change;
    }
    keeping.insert(keeping.end(), partly.begin(), partly.end());
    return keeping;
}

}  // namespace roofline
