#include "value.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace roofline {
namespace {

struct SuffixRow {
    Dimension dimension;
    std::string_view suffix;
};

constexpr std::array suffixes{
    SuffixRow{dimension::flop, "flops"},
    SuffixRow{dimension::byte, "bytes"},
    SuffixRow{dimension::second, "s"},
    SuffixRow{dimension::token, "tokens"},
    SuffixRow{dimension::watt, "w"},
    SuffixRow{dimension::per_second, "hz"},
    SuffixRow{dimension::flop_per_second, "flop_per_s"},
    SuffixRow{dimension::byte_per_second, "bytes_per_s"},
    SuffixRow{dimension::flop_per_byte, "flop_per_byte"},
    SuffixRow{dimension::byte_per_token, "bytes_per_token"},
    SuffixRow{dimension::token_per_second, "tokens_per_s"},
};

}  // namespace

std::string unit_suffix(Dimension dimension, Currency currency) {
    const auto row = std::ranges::find(suffixes, dimension, &SuffixRow::dimension);
    if (row != suffixes.end()) return std::string(row->suffix);
    std::string money(row_of(currency).key);
    if (dimension == dimension::money) return money;
    if (dimension == dimension::money_per_second) return money + "_per_hour";
    if (dimension == dimension::money_per_token) return money + "_per_1m_tokens";
    return {};
}

Dimension dimension_of(std::string_view key) {
    const SuffixRow* longest = nullptr;
    for (const SuffixRow& row : suffixes) {
        const bool named = key == row.suffix || key.ends_with("_" + std::string(row.suffix));
        if (named && (longest == nullptr || row.suffix.size() > longest->suffix.size()))
            longest = &row;
    }
    return longest == nullptr ? dimension::none : longest->dimension;
}

double machine_value(const Measure& measure) {
    if (measure.dimension == dimension::money_per_second) return measure.value * 3600;
    if (measure.dimension == dimension::money_per_token) return measure.value * 1e6;
    return measure.value;
}

std::string keyed(std::string_view name, Dimension dimension, Currency currency) {
    const std::string suffix = unit_suffix(dimension, currency);
    std::string key(name);
    const bool named = suffix.empty() || key == suffix || key.ends_with("_" + suffix);
    return named ? key : key + (key.empty() ? "" : "_") + suffix;
}

Record::Record() = default;
Record::Record(const Record& other) = default;
Record::Record(Record&& other) noexcept = default;
Record& Record::operator=(const Record& other) = default;
Record& Record::operator=(Record&& other) noexcept = default;
Record::~Record() = default;

Value::Value() = default;
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Record& Record::add(std::string_view name, Value value) {
    const Measure* measure = std::get_if<Measure>(&value.data);
    add_keyed(
        measure == nullptr ? std::string(name) : keyed(name, measure->dimension, measure->currency),
        std::move(value));
    return *this;
}

void Record::add_keyed(std::string key, Value value) {
    members_.emplace_back(std::move(key), std::move(value));
}

const Value* Record::find(std::string_view key) const {
    const auto found =
        std::ranges::find_if(members_, [&](const auto& member) { return member.first == key; });
    return found == members_.end() ? nullptr : &found->second;
}

bool Value::is_null() const {
    if (const auto* number = std::get_if<double>(&data)) return !std::isfinite(*number);
    if (const auto* measure = std::get_if<Measure>(&data)) return !std::isfinite(measure->value);
    return std::holds_alternative<std::monostate>(data);
}

namespace {

// Takes "name" or "[3]" off the front of `path` and steps into it; nullptr when it is not there.
const Value* step_into(const Value& from, std::string_view& path) {
    if (path.starts_with('[')) {
        const auto close = path.find(']');
        const auto* list = std::get_if<List>(&from.data);
        if (close == std::string_view::npos || list == nullptr) return nullptr;
        std::size_t index = 0;
        const char* end = path.data() + close;
        if (std::from_chars(path.data() + 1, end, index).ptr != end || index >= list->size())
            return nullptr;
        path.remove_prefix(close + 1);
        return &(*list)[index];
    }
    const auto stop = std::min(path.find_first_of(".["), path.size());
    const auto* record = std::get_if<Record>(&from.data);
    const Value* found = record == nullptr ? nullptr : record->find(path.substr(0, stop));
    path.remove_prefix(stop);
    return found;
}

}  // namespace

const Value* value_at(const Record& root, std::string_view path) {
    std::string_view rest = path;
    const auto first_stop = std::min(rest.find_first_of(".["), rest.size());
    const Value* at = root.find(rest.substr(0, first_stop));
    rest.remove_prefix(first_stop);
    while (at != nullptr && !rest.empty()) {
        if (rest.starts_with('.')) rest.remove_prefix(1);
        at = step_into(*at, rest);
    }
    return at;
}

}  // namespace roofline
