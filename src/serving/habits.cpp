#include "habits.hpp"

#include <algorithm>
#include <array>

namespace roofline {
namespace {

template <auto From, auto To>
void apply(const Deployment& d, Load& load) {
    if (d.*From) load.*To = *(d.*From);
}

void apply_lengths(const Deployment& d, Load& load) {
    load.equal_lengths = d.lengths == Lengths::equal;
}

void apply_lockstep(const Deployment& d, Load& load) { load.lockstep = d.lockstep.value_or(false); }

void apply_prefix(const Deployment& d, Load& load) {
    load.cached = *d.isl * d.prefix_hit.value_or(0);
}

using D = Deployment;

constexpr std::array rows{
    Habit{"draft-tokens", HabitOf::server, apply<&D::draft_tokens, &Load::drafts>,
          "speculative decoding", [](const Load& load) { return load.drafts > 0; }},
    Habit{"acceptance", HabitOf::clients, apply<&D::acceptance, &Load::acceptance>},
    Habit{"prefill-chunk", HabitOf::server, apply<&D::prefill_chunk, &Load::chunk>,
          "prefill in chunks", [](const Load& load) { return load.chunk > 0; }},
    Habit{"prefix-hit", HabitOf::clients, apply_prefix, "a prefix cache",
          [](const Load& load) { return load.cached > 0; }},
    Habit{"lengths", HabitOf::clients, apply_lengths},
    Habit{"lockstep", HabitOf::clients, apply_lockstep},
    Habit{"poll-steps", HabitOf::server, apply<&D::poll_steps, &Load::poll_steps>},
    Habit{"stream-interval", HabitOf::server, apply<&D::stream_interval, &Load::stream_interval>},
    Habit{"waves", HabitOf::clients, apply<&D::waves, &Load::waves>},
};

}  // namespace

std::span<const Habit> habits() { return rows; }

const Habit* find_habit(std::string_view field) {
    const auto found = std::ranges::find(rows, field, &Habit::field);
    return found == rows.end() ? nullptr : &*found;
}

Load load_of(const Deployment& d) {
    Load load{.concurrency = d.concurrency.value_or(1), .prompt = *d.isl, .answer = *d.osl};
    for (const Habit& habit : rows) habit.apply(d, load);
    return load;
}

}  // namespace roofline
