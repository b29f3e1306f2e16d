#include "model_report.hpp"

#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "device_figures.hpp"
#include "model_layers.hpp"
#include "model_makers.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

std::string billions(double count) {
    constexpr double shown_as_1000_million = 999.5e6;
    return count < shown_as_1000_million ? formatted("{:.3g} M", count / 1e6)
                                         : formatted("{:.4g} B", count / 1e9);
}

Table component_table(const Model& model, const WeightPlan& plan) {
    const ParameterCount count = parameters(model);
    std::vector<Row> rows;
    for (std::size_t i = 0; i < component_count; ++i) {
        const double number = count.by_component[i];
        if (number == 0) continue;
        const Storage& storage = plan.by_component[i];
        rows.push_back({std::string(name_of(static_cast<Component>(i))), number,
                        std::string(name_of(storage.format)),
                        Measure(number * storage.per_weight()), Share{number / count.total()}});
    }
    return {.title = "",
            .columns = {{"component", "component"},
                        {"parameters, B", "parameters", 4, Need::always, 1e9},
                        {"format", "format"},
                        {"bytes", "bytes"},
                        {"share", "share", 3, Need::if_room}},
            .next = rows_of(std::move(rows))};
}

struct ModelView {
    const Model& model;
    WeightPlan plan;
    Precision cache;
    double total = 0;
    double active = 0;
    Bytes stored;
    CachePerToken per_token;
    std::optional<Bytes> longest;  // cache of one sequence of the model's whole context
};

ModelView view_of(const Deployment& formats) {
    const Model& model = *formats.model;
    ModelView view{.model = model,
                   .plan = weight_plan_of(formats),
                   .cache = formats.kv_cache.value_or(model.kv_cache)};
    view.total = parameters(model).total();
    view.active = active_parameters(model);
    view.stored = stored_bytes(model, view.plan);
    view.per_token = cache_per_token(model, view.cache);
    if (model.causal && model.context)
        view.longest = cache_on_one_gpu(model, view.cache, Layout()).held(*model.context);
    return view;
}

Record model_record(const ModelView& view) {
    const Model& model = view.model;
    Record components;
    const ParameterCount count = parameters(model);
    for (std::size_t i = 0; i < component_count; ++i)
        components.add(name_of(static_cast<Component>(i)), count.by_component[i]);
    return Record()
        .add("id", model.id)
        .add("name", model.name)
        .add("family", model.family)
        .add("parameters", view.total)
        .add("active_parameters", view.active)
        .add("components", std::move(components))
        .add("layers", model.layer_count())
        .add("hidden", model.hidden)
        .add("vocabulary", model.vocabulary > 0 ? Value(model.vocabulary) : Value())
        .add("context_tokens", Value(model.context))
        .add("quant", name_of(view.plan.name))
        .add("kv_dtype", name_of(view.cache))
        .add("weights", view.stored)
        .add("kv_bytes_per_token", view.per_token.reserved.in(byte))
        .add("kv_least_bytes_per_token", view.per_token.least.in(byte))
        .add("state_bytes_per_sequence", view.per_token.state.in(byte))
        .add("longest_sequence", view.longest)
        .add("source", model.from.source)
        .add("confidence", name_of(model.from.confidence));
}

std::string verdict_of(const ModelView& view) {
    const std::string active = view.active < 0.9 * view.total
                                   ? formatted(", {} active per token", billions(view.active))
                                   : std::string();
    return formatted("{}: {} parameters{}, {} as {}", view.model.id, billions(view.total), active,
                     humanize(view.stored), name_of(view.plan.name));
}

std::vector<std::string> facts(const ModelView& view) {
    const Model& model = view.model;
    std::vector<std::string> lines;
    std::string cache = "no cache: it is an encoder";
    if (model.causal) {
        cache = formatted("KV cache {} ({})", humanize(view.per_token.reserved / token),
                          name_of(view.cache));
        if (view.per_token.least != view.per_token.reserved)
            cache += formatted("; {} at least, where a server gives each layer its own size",
                               humanize(view.per_token.least / token));
        if (view.per_token.state > Bytes())
            cache += formatted("; state {} per sequence", humanize(view.per_token.state));
        if (view.longest)
            cache += formatted("; a sequence of {} tokens keeps {}",
                               humanize_number(*model.context), humanize(*view.longest));
    }
    lines.push_back(formatted(
        "{} layers · hidden {} · {}{}", model.layer_count(), humanize_number(model.hidden),
        model.vocabulary > 0 ? formatted("vocabulary {} · ", humanize_number(model.vocabulary))
                             : "",
        model.context ? formatted("context {}", humanize_number(*model.context))
                      : "context unknown"));
    lines.push_back(cache);
    for (const std::string& remark : model.remarks) lines.push_back("note: " + remark);
    lines.push_back(
        formatted("read from {} [{}]", model.from.source, shown_confidence(model.from.confidence)));
    return lines;
}

std::vector<Derivation> derivations_of(const ModelView& view) {
    const Model& model = view.model;
    const ParameterCount count = parameters(model);
    std::string sum;
    for (std::size_t i = 0; i < component_count; ++i)
        if (count.by_component[i] > 0)
            sum += formatted("{}{} {}", sum.empty() ? "" : " + ",
                             name_of(static_cast<Component>(i)), billions(count.by_component[i]));
    std::vector<Derivation> steps;
    steps.push_back({.path = "result.parameters",
                     .formula = "every matrix of every layer, embedding and lm_head, norms",
                     .numbers = formatted("{} = {}", sum, billions(view.total)),
                     .source = model.from.source});
    if (!model.causal) return steps;
    std::string layers;
    for (const Layer& layer : model.layers)
        if (const Bytes one = cache_bytes(layer, view.cache); one > Bytes())
            layers += formatted("{}{} x {}", layers.empty() ? "" : " + ", layer.count,
                                humanize(one / token, 4));
    steps.push_back({.path = "result.kv_least_bytes_per_token",
                     .formula = "layers x kv_heads x (key + value width) x bytes, or latents",
                     .numbers = formatted("{} = {}", layers.empty() ? "0" : layers,
                                          humanize(view.per_token.least / token, 4)),
                     .source = formatted("{} cache", name_of(view.cache))});
    return steps;
}

Row model_row(const ModelView& view) {
    const Model& model = view.model;
    return {model.id,
            model.family,
            view.total,
            view.active,
            std::string(name_of(view.plan.name)),
            Measure(view.stored),
            Measure(view.per_token.reserved / token),
            model.context ? Cell(*model.context) : Cell()};
}

std::vector<Column> list_columns() {
    return {{"name", "id"},
            {"family", "family", 3, Need::if_room},
            {"parameters, B", "parameters", 3, Need::always, 1e9},
            {"active, B", "active_parameters", 3, Need::if_room, 1e9},
            {"published", "quant", 3, Need::if_room},
            {"bytes", "weights_bytes"},
            {"KV", "kv_bytes_per_token", 3, Need::if_room},
            {"context", "context_tokens", 3, Need::if_room}};
}

// By maker and family; of one, the largest first.
void group(std::vector<Listed>& list) {
    std::ranges::stable_sort(list, [](const Listed& a, const Listed& b) {
        const auto key = [](const Listed& one) {
            return std::pair(maker_of(std::get<std::string>(one.row[0])).place,
                             -std::get<double>(one.row[2]));
        };
        return key(a) < key(b);
    });
}

}  // namespace

Report model_list_report(const Models& models, const ListQuestion& question) {
    Report report{.command = "models list",
                  .verdict = formatted("{} model{}{}", models.size(), models.size() == 1 ? "" : "s",
                                       about_words(question))};
    if (!question.about.empty()) report.inputs.add("about", question.about);
    if (!question.sort.empty()) report.inputs.add("sort", question.sort);
    std::vector<Listed> list;
    for (const auto& model : models) {
        const ModelView view = view_of({.model = model});
        const Row row = model_row(view);
        list.push_back({.group = std::string(maker_of(model->id).name),
                        .shown = row,
                        .row = row,
                        .record = model_record(view)});
    }
    const bool sorted = !question.sort.empty();
    if (sorted) sort_list(list, list_columns(), question.sort);
    List records;
    for (const Listed& one : list) records.push_back(one.record);
    report.result.add("models", std::move(records));
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = list_columns(),
                                     .next = rows_of(machine_rows(list)),
                                     .audience = Audience::machines});
    if (!sorted) group(list);
    report.blocks.emplace_back(
        Table{.title = "",
              .columns = list_columns(),
              .next = rows_of(shown_rows(list, sorted)),
              .notes = {"a path to a Hugging Face config.json works wherever a name does"}});
    return report;
}

Report model_report(const Deployment& formats, const std::string& asked, bool layers) {
    const ModelView view = view_of(formats);
    const Model& model = view.model;
    Report report{.command = "models show", .verdict = verdict_of(view)};
    report.inputs.add("model", asked)
        .add("quant", name_of(view.plan.name))
        .add("kv_dtype", name_of(view.cache));
    report.derivations = derivations_of(view);
    report.result = model_record(view);
    report.result.add("remarks", List(model.remarks.begin(), model.remarks.end()))
        .add("layer_shapes", layer_list(model, view.plan, view.cache));
    report.blocks.emplace_back(Text{facts(view)});
    if (layers) report.blocks.emplace_back(layer_table(model, view.plan, view.cache));
    report.blocks.emplace_back(component_table(model, view.plan));
    return report;
}

}  // namespace roofline
