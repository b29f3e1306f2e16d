#include "roofline/gate/budget.hpp"

#include "budget_keys.hpp"
#include "place.hpp"
#include "sources.hpp"
#include "target_reader.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <filesystem>
#include <map>

namespace roofline {
namespace gate {
namespace {

void refuse_unknown_keys(const JsonDocument& document, const JsonValue::Object& members) {
    std::vector<std::string_view> known;
    append_names(budget_keys, known);
    for (const JsonMember& member : members)
        if (find_key(budget_keys, member.key) == nullptr)
            refuse_key(document, member, "key", "the budget", known);
}

void check_version(const JsonDocument& document) {
    const JsonValue* version = document.root.find("version");
    if (version == nullptr)
        refuse(document, document.root.offset, ErrorCode::bad_budget_value,
               "'version' is missing. Write \"version\": 1");
    if (number_of(document, *version, "'version'") != 1)
        refuse(document, version->offset, ErrorCode::bad_budget_value,
               formatted("version {} is not known here: this roofline reads version 1",
                         *version->number()));
}

[[noreturn]] void no_targets(const JsonDocument& document, std::size_t offset,
                             std::string message) {
    refuse(document, offset,
           in_dialect({.code = ErrorCode::nothing_judged,
                       .message = std::move(message),
                       .hint = "a budget to start from:",
                       .next = "check `init` `model llama-3.1-8b` `hw h100`"},
                      Dialect::keys));
}
void read_targets(const JsonDocument& document, const std::string& folder, Catalog& catalog,
                  Budget& budget) {
    const JsonValue* targets = document.root.find("targets");
    const JsonValue* defaults = document.root.find("defaults");
    if (defaults != nullptr) check_defaults(document, *defaults);
    if (targets == nullptr)
        no_targets(document, document.root.offset, "'targets' is missing: nothing would be judged");
    if (targets->array() == nullptr)
        refuse(document, targets->offset, ErrorCode::bad_budget_value,
               formatted("'targets' must be an array, found {}", kind_name(*targets)));
    if (targets->array()->empty())
        no_targets(document, targets->offset, "'targets' is empty: nothing would be judged");
    std::map<std::string, int, std::less<>> lines;  // by name
    for (const JsonValue& value : *targets->array()) {
        Target target = read_target(document, value, defaults, folder, catalog);
        const auto [same, fresh] = lines.emplace(target.name, target.where.line);
        if (!fresh)
            refuse(document, value.find("name")->offset, ErrorCode::bad_budget_value,
                   formatted("target '{}' stands here twice, first in line {}", target.name,
                             same->second));
        budget.targets.push_back(std::move(target));
    }
}

}  // namespace
}  // namespace gate

Budget read_budget(Source source, Catalog& catalog) {
    using namespace gate;
    const JsonDocument document = parse_json(std::move(source), JsonDialect::commented);
    Budget budget{.file = document.source.name, .targets = {}};
    const std::string folder = std::filesystem::path(budget.file).parent_path().string();
    refuse_unknown_keys(document, object_of(document, document.root, "a budget"));
    check_version(document);
    if (const JsonValue* schema = document.root.find("$schema"))
        text_of(document, *schema, "'$schema'");
    if (const JsonValue* baseline = document.root.find("baseline"))
        budget.baseline = path_in(document, *baseline, "'baseline'", folder);
    if (const JsonValue* age = document.root.find("max_price_age"))
        budget.max_price_age = placed(document, *age, [&] {
            return parse_days(text_of(document, *age, "'max_price_age'"), "'max_price_age'");
        });
    read_targets(document, folder, catalog, budget);
    return budget;
}

Budget read_budget(const std::string& path, Catalog& catalog) {
    return read_budget(read_source(path), catalog);
}

}  // namespace roofline
