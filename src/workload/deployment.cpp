#include "roofline/workload/deployment.hpp"

#include "roofline/catalog/engine_era.hpp"
#include "roofline/error/user_error.hpp"

#include "arithmetic.hpp"
#include "layout_rules.hpp"
#include "load_rules.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

constexpr double default_isl = 1024;
constexpr double default_osl = 256;
constexpr double default_batch = 1;

[[noreturn]] void beyond_context(const Model& model, const std::string& asked,
                                 const std::string& hint) {
    fail(ErrorCode::beyond_context,
         formatted("{} is beyond the {} tokens that {} was made for", asked, *model.context,
                   model.id),
         hint);
}

[[noreturn]] void prompt_beyond_context(const Model& model, std::string_view field, double tokens) {
    beyond_context(model, formatted("`{} {}`", field, tokens),
                   formatted("write `{} {}` or less", field, *model.context));
}

// The last token of an answer is never read back: a request takes isl + osl - 1 places.
[[noreturn]] void request_beyond_context(const Model& model, double isl, double osl) {
    const double places = *model.context + 1;
    const std::string shorter = formatted("write `osl {}` or less", places - isl);
    beyond_context(
        model, formatted("a prompt of {} tokens with an answer of {}", isl, osl),
        osl < places ? formatted("{}, or `isl {}` or less", shorter, places - osl) : shorter);
}

void check_lengths(const Deployment& asked, const Deployment& d) {
    if (asked.isl && asked.context && *d.context < *d.isl)
        fail(ErrorCode::conflicting_arguments,
             formatted("`context {}` is less than `isl {}`, which is all in the cache by then",
                       *d.context, *d.isl),
             formatted("write `context {}` or more, or leave one of them out", *d.isl));
    if (*d.context > *d.isl + *d.osl)
        fail(ErrorCode::conflicting_arguments,
             formatted("`context {}` is more than `isl {}` and `osl {}` together", *d.context,
                       *d.isl, *d.osl),
             formatted("write `context {}` or less", *d.isl + *d.osl));
    const Model& model = *d.model;
    if (!model.context) return;
    if (*d.isl > *model.context)
        prompt_beyond_context(model, asked.isl ? "isl" : "context", *d.isl);
    if (*d.isl + *d.osl - 1 > *model.context) request_beyond_context(model, *d.isl, *d.osl);
}

void refuse_generation(const Deployment& d) {
    const auto refuse = [&](bool given, std::string_view flag) {
        if (given)
            fail(ErrorCode::conflicting_arguments,
                 formatted("{}: {} is an encoder, it writes nothing and keeps no cache", flag,
                           d.model->id),
                 "its input is `isl`");
    };
    refuse(d.osl.has_value(), "`osl`");
    refuse(d.context.has_value(), "`context`");
    refuse(d.kv_cache.has_value(), "`kv-dtype`");
    refuse(d.price.has_value(), "`price`");
}

// --context alone is the prompt too; the defaults shrink to what the model was made for.
void fill_lengths(Deployment& d) {
    const Deployment asked = d;
    const double longest = d.model->context.value_or(1e15);
    if (!d.model->causal) {
        refuse_generation(d);
        d.isl = d.isl.value_or(std::min(longest, default_isl));
        if (*d.isl > longest) prompt_beyond_context(*d.model, "isl", *d.isl);
        return;
    }
    if (!d.isl && d.context) d.isl = d.context;
    if (!d.isl) d.isl = std::clamp(longest + 1 - d.osl.value_or(default_osl), 1.0, default_isl);
    if (!d.osl) {
        const double least = d.context.value_or(*d.isl) - *d.isl;
        d.osl = std::clamp(longest + 1 - *d.isl, 1.0, std::max(least, default_osl));
    }
    if (!d.context) d.context = *d.isl + std::floor(*d.osl / 2);
    check_lengths(asked, d);
}

// What a server is told of memory against what it is asked.
void check_server(const Deployment& d) {
    if (d.mem_share && *d.mem_share == 0)
        fail(ErrorCode::bad_number, "`mem-share 0`: a server without memory starts nothing",
             "a share above 0 and up to 1, for example `mem-share 90%`");
    if (d.mem_share && era_of(*d.engine).rule == MemoryRule::whole)
        fail(ErrorCode::conflicting_arguments,
             formatted("`mem-share`: {} takes what it needs, and no share of memory",
                       name_of(d.engine->program)),
             "leave it out");
    if (!d.max_model_len) return;
    const double request = *d.isl + d.osl.value_or(0);
    if (request > *d.max_model_len)
        fail(ErrorCode::conflicting_arguments,
             formatted("a request of {} tokens is longer than `max-model-len {}`", request,
                       *d.max_model_len),
             formatted("write `max-model-len {}` or more, or a shorter `isl` or `osl`", request));
    const double most = d.model->context.value_or(*d.max_model_len);
    if (*d.max_model_len > most)
        beyond_context(*d.model, formatted("`max-model-len {}`", *d.max_model_len),
                       formatted("write `max-model-len {}` or less", most));
}

// A step of more sequences than the server takes at once is none of it.
void check_sequences(const Deployment& d) {
    if (is_served(d) || !d.max_num_seqs) return;
    const double ranks = layout_of(d).data;
    if (*d.batch > *d.max_num_seqs * ranks)
        fail(ErrorCode::conflicting_arguments,
             formatted("`batch {}` is more than `max-num-seqs {}`{}", *d.batch, *d.max_num_seqs,
                       ranks > 1 ? formatted(" on each of {} ranks", ranks) : std::string()),
             formatted("write `batch {}` or less", *d.max_num_seqs * ranks));
}

bool any_held(const WeightPlan& plan, Precision precision) {
    return std::ranges::any_of(plan.by_component, [&](const Storage& storage) {
        return holds(precision, storage.format);
    });
}

void fill_formats(Deployment& d) {
    if (!d.weights) d.weights = published_format(*d.model);
    if (d.model->causal) d.kv_cache = d.kv_cache.value_or(d.model->kv_cache);
    if (d.kv_cache) refuse_unstored(*d.kv_cache, "`kv-dtype`");
    if (!d.compute) return;
    refuse_missing_arithmetic(
        *d.device, *d.compute,
        formatted(". Weights can still be stored in fewer bits: `quant nvfp4` `dtype {}`",
                  name_of(wide_precision(*d.device))));
    if (any_held(weight_plan_of(d), *d.compute)) return;
    fail(ErrorCode::conflicting_arguments,
         formatted("`dtype {}` cannot multiply weights stored as {}", name_of(*d.compute),
                   name_of(*d.weights)),
         formatted("add `quant`, for example `quant {}`", name_of(row_of(*d.compute).fitting)));
}

}  // namespace

std::string_view name_of(Lengths lengths) {
    return lengths_names[static_cast<std::size_t>(lengths)];
}

WeightPlan weight_plan_of(const Deployment& deployment) {
    const Model& model = *deployment.model;
    if (!deployment.weights || *deployment.weights == model.published.name) return model.published;
    return weight_plan(model, *deployment.weights);
}

std::string price_date(const Deployment& d) {
    if (d.bought) return d.bought->date;
    return d.rental ? d.rental->date : std::string();
}

Layout layout_of(const Deployment& d) {
    return {.tensor = d.tensor_parallel.value_or(1),
            .pipeline = d.pipeline_parallel.value_or(1),
            .data = d.data_parallel.value_or(1),
            .expert = d.expert_parallel.value_or(1),
            .replicas = d.replicas.value_or(1),
            .node = d.device ? d.device->switch_domain() : 1};
}

double longest_request(const Deployment& complete) {
    return complete.max_model_len.value_or(*complete.isl + complete.osl.value_or(0));
}

Deployment complete(Deployment deployment) {
    if (!deployment.engine) deployment.engine = EngineChoice();
    complete_layout(deployment);
    fill_lengths(deployment);
    check_server(deployment);
    fill_formats(deployment);
    deployment.batch = deployment.batch.value_or(default_batch);
    check_sequences(deployment);
    complete_money(deployment);
    return deployment;
}

namespace {

void check_speculation(const Deployment& d) {
    if (d.draft_tokens && !d.acceptance)
        fail(ErrorCode::missing_argument, "`draft-tokens` needs to know how many guesses are right",
             "for example `acceptance 70%`; servers log it");
    if (d.acceptance && !d.draft_tokens)
        fail(ErrorCode::missing_argument, "`acceptance` is of guesses, and there are none",
             "for example `draft-tokens 3`");
    constexpr double most_drafts = 64;
    if (d.draft_tokens.value_or(0) > most_drafts)
        fail(ErrorCode::bad_count,
             formatted("`draft-tokens {}`: no server guesses more than {} tokens at once",
                       *d.draft_tokens, most_drafts),
             "servers use 1 to 8");
}

// A complete deployment has its step's lengths too: only the loads are held against each other.
void refuse_two_loads(const Deployment& d) {
    const int given = (d.concurrency ? 1 : 0) + (d.rate ? 1 : 0) + (d.users ? 1 : 0);
    if (given == 1 && d.users.has_value() == d.think.has_value()) return;
    Deployment loads;
    loads.concurrency = d.concurrency;
    loads.rate = d.rate;
    loads.users = d.users;
    loads.think = d.think;
    refuse_load_conflict(loads);
}

}  // namespace

Deployment complete_service(Deployment deployment) {
    require_load(deployment);
    refuse_two_loads(deployment);
    if ((deployment.rate || deployment.users) && deployment.waves)
        fail(ErrorCode::conflicting_arguments,
             formatted("`waves` counts rounds of `concurrency` requests, and `{}` has none",
                       deployment.rate ? "rate" : "users"),
             "leave `waves` out, or give `concurrency` instead");
    require_answers(deployment);
    check_speculation(deployment);
    if (deployment.prefix_hit && *deployment.prefix_hit >= 1)
        fail(ErrorCode::bad_number, "`prefix-hit` is below 100%: some token of a prompt is new",
             "for example `prefix-hit 40%`");
    deployment.lengths = deployment.lengths.value_or(Lengths::varied);
    deployment.poll_steps = deployment.poll_steps.value_or(1);
    deployment.stream_interval = deployment.stream_interval.value_or(1);
    return complete(std::move(deployment));
}

}  // namespace roofline
