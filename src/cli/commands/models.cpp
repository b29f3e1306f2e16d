// `models list` and `models show`: the models of the catalog, and any other.
#include "roofline/error/user_error.hpp"
#include "roofline/import/model_source.hpp"

#include "answer/catalog/model_report.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

namespace roofline::cli {
namespace {

constexpr std::array<FieldWord, 2> formats{"quant", "kv-dtype"};
constexpr Flag layers{"layers", "", "one row per shape of layer"};
constexpr std::array flags{layers};
constexpr std::array list_words{
    Positional{"WORD", "only models with this in a name, family or maker", 0, 1}};
constexpr Flag model_sort{"sort", "COLUMN",
                          "the most by a column first: parameters, active, weights, kv, context"};
constexpr std::array list_flags{model_sort};

Answer run_list(const Arguments& arguments, Session& session) {
    const ListQuestion question = list_question(arguments, model_sort);
    Models models;
    for (const std::string& id : session.catalog.model_ids())
        models.push_back(session.catalog.model(id));
    if (!question.about.empty()) models = models_about(question.about, models);
    if (models.empty())
        fail(ErrorCode::unknown_model, formatted("no model is about '{}'", question.about),
             "all of them:", "models list");
    return {.report = model_list_report(models, question)};
}

Answer run_show(const Arguments& arguments, Session& session) {
    const std::string& name = arguments.positionals()[0];
    Deployment asked{.model = find_model(name, session.catalog)};
    for (const Field& field : deployment_fields())
        if (const auto text = arguments.text(field))
            set_field(asked, field, *text, session.asking());
    if (!asked.weights) asked.weights = published_format(*asked.model);
    note_unread_keys(*asked.model, session.asking());
    if (asked.kv_cache) refuse_unstored(*asked.kv_cache, "--kv-dtype");
    return {.report = model_report(asked, name, arguments.has(layers))};
}

}  // namespace

extern const Command models_list_command, models_show_command;
constinit const Command models_list_command{
    .path = "models list",
    .summary = "the models of the catalog",
    .examples =
        "roofline models list\nroofline models list qwen\nroofline models list --sort parameters",
    .positionals = list_words,
    .flags = list_flags,
    .run = run_list};
constinit const Command models_show_command{
    .path = "models show",
    .summary = "one model: parameters, bytes and cache",
    .examples = "roofline models show deepseek-v3 --layers\nroofline models show ./config.json",
    .positionals = model_name,
    .fields = formats,
    .flags = flags,
    .run = run_show};

}  // namespace roofline::cli
