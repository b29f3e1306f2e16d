#include "listing.hpp"

#include "roofline/catalog/catalog.hpp"

#include "error/choice.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cctype>
#include <optional>

namespace roofline {
namespace {

bool is_money(const Measure& measure) {
    return measure.dimension == dimension::money ||
           measure.dimension == dimension::money_per_second;
}

// Lower comes first; nothing where a cell is empty.
std::optional<double> rank_of(const Cell& cell) {
    if (const auto* number = std::get_if<double>(&cell)) return -*number;
    const auto* measure = std::get_if<Measure>(&cell);
    if (measure == nullptr) return std::nullopt;
    return is_money(*measure) ? measure->value : -measure->value;
}

bool comes_before(const Cell& a, const Cell& b) {
    const auto* text = std::get_if<std::string>(&a);
    const auto* other = std::get_if<std::string>(&b);
    if (text != nullptr && other != nullptr) return *text < *other;
    const auto rank = rank_of(a);
    const auto than = rank_of(b);
    if (!rank || !than) return rank.has_value();
    return *rank < *than;
}

}  // namespace

bool is_about(std::string_view word, std::span<const std::string> texts) {
    const std::string key = name_key(word);
    return std::ranges::any_of(texts, [&](const std::string& text) {
        return name_key(text).find(key) != std::string::npos;
    });
}

std::vector<std::string> sort_names(const Column& column) {
    std::string title = column.title;
    std::ranges::transform(title, title.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::vector<std::string> names{column.key.substr(0, column.key.find('_'))};
    for (std::string name : {column.key, title.substr(0, title.find(','))})
        if (!name.empty() && std::ranges::find(names, name) == names.end())
            names.push_back(std::move(name));
    return names;
}

void sort_list(std::vector<Listed>& list, const std::vector<Column>& columns,
               const std::string& name) {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::vector<std::string> names = sort_names(columns[i]);
        if (std::ranges::find(names, name) != names.end()) {
            std::ranges::stable_sort(list, [i](const Listed& a, const Listed& b) {
                return comes_before(a.row[i], b.row[i]);
            });
            return;
        }
        if (std::ranges::find(known, names.front()) == known.end()) known.push_back(names.front());
    }
    const std::vector<std::string_view> views(known.begin(), known.end());
    throw UserError(no_choice(name, "--sort", "column", views));
}

std::vector<Row> shown_rows(std::span<const Listed> list, bool sorted) {
    std::vector<Row> rows;
    const std::string* group = nullptr;
    for (const Listed& one : list) {
        const bool begins = group == nullptr || *group != one.group;
        if (begins && !sorted && !one.group.empty()) {
            Row heading(one.shown.size(), std::string());
            heading.front() = Label{one.group, Role::strong};
            rows.push_back(std::move(heading));
        }
        group = &one.group;
        rows.push_back(one.shown);
    }
    return rows;
}

std::vector<Row> machine_rows(std::span<const Listed> list) {
    std::vector<Row> rows;
    for (const Listed& one : list) rows.push_back(one.row);
    return rows;
}

std::string about_words(const ListQuestion& question) {
    return question.about.empty() ? "" : formatted(" about '{}'", question.about);
}

}  // namespace roofline
