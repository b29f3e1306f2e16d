#include "load_rules.hpp"

#include "roofline/error/user_error.hpp"
#include "roofline/workload/fields.hpp"

#include "text/formatted.hpp"

#include <utility>

namespace roofline {
namespace {

// The first field of a kind that is said anything of.
template <typename OfKind>
const Field* first_said(const Says& says, OfKind of_kind) {
    for (const Field& field : deployment_fields())
        if (of_kind(field) && says(field.name)) return &field;
    return nullptr;
}

bool is_load(const Field& field) {
    return field.name == "concurrency" || field.name == "rate" || field.name == "users";
}
bool is_habit(const Field& field) { return field.part == FieldPart::habit; }

}  // namespace

std::optional<LoadConflict> load_conflict(const Says& says) {
    const Field* step = first_said(says, is_of_a_step);
    const Field* load = first_said(says, is_load);
    const Field* habit = first_said(says, is_habit);
    if (step != nullptr && load != nullptr)
        return LoadConflict{step->name,
                            formatted("`{}` asks for a step and `{}` for a served deployment",
                                      step->name, load->name),
                            "leave one of them out"};
    if (habit != nullptr && load == nullptr)
        return LoadConflict{
            habit->name, formatted("`{}` says something of a served deployment only", habit->name),
            "add `concurrency`, for example `concurrency 64`"};
    if (says("concurrency") && says("rate"))
        return LoadConflict{"rate",
                            "`concurrency` and `rate` are two loads: in flight, or arriving",
                            "give one of them"};
    if (says("users") && (says("concurrency") || says("rate")))
        return LoadConflict{"users",
                            formatted("`users` and `{}` are two loads: how many are in flight "
                                      "follows from users and how long they think",
                                      says("rate") ? "rate" : "concurrency"),
                            "give one of them"};
    if (says("users") && !says("think"))
        return LoadConflict{"users", "`users` needs to know how long they think between questions",
                            "add `think`, for example `think 30s`; `think 0s` if not at all"};
    if (says("think") && !says("users"))
        return LoadConflict{"think", "`think` says something of `users` only",
                            "add `users`, for example `users 500`"};
    return std::nullopt;
}

std::optional<LoadConflict> load_conflict(const Deployment& asked) {
    return load_conflict(
        [&](std::string_view field) { return is_given(*find_field(field), asked); });
}

void require_load(const Deployment& asked) {
    if (!is_served(asked))
        fail(ErrorCode::missing_argument,
             "`concurrency` is missing: how many requests are in flight?",
             "for example `concurrency 64`, `rate 5` for five requests a second, or `users 500` "
             "`think 30s`");
}

void require_answers(const Deployment& asked, std::string_view it) {
    if (!asked.model->causal)
        fail(ErrorCode::unknown_path, formatted("{} is an encoder: it {}", asked.model->id, it),
             "for the time of one input:",
             formatted("analyze {} `hw {}`", asked.model->id,
                       asked.device == nullptr ? "h100-sxm" : asked.device->id));
}

double answer_tokens(Deployment asked) {
    asked.concurrency = 1;
    asked.rate.reset();
    asked.users.reset();
    asked.think.reset();
    return *complete_service(std::move(asked)).osl;
}

double rate_of_tokens(double tokens_per_day, const Deployment& asked) {
    return tokens_per_day / seconds_per_day / answer_tokens(asked);
}

void refuse_load_conflict(const Deployment& asked) {
    if (const auto conflict = load_conflict(asked))
        fail(ErrorCode::conflicting_arguments, conflict->message, conflict->hint);
}

}  // namespace roofline
