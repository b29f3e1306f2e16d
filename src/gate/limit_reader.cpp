#include "limit_reader.hpp"

#include "budget_keys.hpp"
#include "error/choice.hpp"
#include "place.hpp"
#include "text/formatted.hpp"
#include "units/parse.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline::gate {
namespace {

std::string_view example_of(const Metric& metric) {
    if (metric.dimension == dimension::second) return R"(a time: "25ms")";
    if (metric.dimension == dimension::byte) return R"(of usable memory or bytes: "90%" or "70GB")";
    return R"(a power: "700W")";
}

std::string_view bare_example_of(const Metric& metric) {
    if (metric.dimension == dimension::money) return "money without a sign: 0.35";
    if (metric.dimension == dimension::token_per_second) return "tokens per second: 1500";
    return "a count: 4";
}

// What one writes for a first side: the one that is bad.
std::string side_hint(const Metric& metric) {
    const std::string_view example =
        has_unit(metric.dimension) ? example_of(metric) : bare_example_of(metric);
    return formatted(R"(write "{}": {})", metric.better == Better::higher ? "min" : "max",
                     example.substr(example.find(": ") + 2));
}

// Whether all of it is spaces, or marks that have no shape.
bool shows_nothing(std::string_view text) {
    constexpr std::array<std::string_view, 31> blanks{
        " ",      "\t",     "\n",     "\r",     "\v",     "\f",     "\u0085", "\u00A0",
        "\u00AD", "\u034F", "\u061C", "\u115F", "\u1160", "\u1680", "\u17B4", "\u17B5",
        "\u180E", "\u2028", "\u2029", "\u202F", "\u205F", "\u2800", "\u3000", "\u3164",
        "\uFEFF", "\uFFA0", "\u206A", "\u206B", "\u206C", "\u206D", "\u206E"};
    const auto is_general_mark = [&] {  // U+2000 to U+200F, U+202A to U+202E, U+2060 to U+2069
        if (!text.starts_with("\xE2\x80") && !text.starts_with("\xE2\x81")) return false;
        const auto last = text.size() < 3 ? 0 : static_cast<unsigned char>(text[2]);
        return text[1] == '\x80' ? last <= 0x8F || (last >= 0xAA && last <= 0xAE)
                                 : last >= 0xA0 && last <= 0xA9;
    };
    while (!text.empty()) {
        const auto blank = std::ranges::find_if(
            blanks, [&](std::string_view one) { return text.starts_with(one); });
        if (blank == blanks.end() && !is_general_mark()) return false;
        text.remove_prefix(blank == blanks.end() ? 3 : blank->size());
    }
    return true;
}

class LimitReader {
  public:
    LimitReader(const JsonDocument& document, const JsonMember& member, std::string_view target)
        : document_(document),
          metric_(*find_metric(member.key)),
          name_(formatted("limit '{}' of target '{}'", member.key, target)) {
        limit_.metric = &metric_;
        limit_.where = place_of(document, member.key_offset);
    }

    Limit read(const JsonValue& value) {
        for (const JsonMember& member : object_of(document_, value, name_)) {
            const auto* key = find_key(limit_keys, member.key);
            if (key == nullptr) {
                std::vector<std::string_view> known;
                append_names(limit_keys, known);
                refuse_key(document_, member, "key", name_, known);
            }
            read_key(key->name, member);
        }
        check(value);
        return std::move(limit_);
    }

  private:
    void read_key(LimitKey key, const JsonMember& member) {
        const std::string label = formatted("'{}' of {}", member.key, name_);
        const JsonValue& value = member.value;
        switch (key) {
            case LimitKey::max:
                limit_.max = threshold(value, label);
                return;
            case LimitKey::min:
                limit_.min = threshold(value, label);
                return;
            case LimitKey::regression:
                limit_.regression = {.value = read_share(document_, value, label),
                                     .is_share = true,
                                     .where = place_of(document_, value.offset)};
                return;
            case LimitKey::severity:
                limit_.severity = severity(value, label);
                return;
            case LimitKey::message:
                limit_.message = text_of(document_, value, label);
                return;
            case LimitKey::skip_until:
                limit_.skip_until = placed(document_, value, [&] {
                    return parse_day(text_of(document_, value, label), label);
                });
                return;
            case LimitKey::reason:
                limit_.reason = text_of(document_, value, label);
                return;
        }
    }

    [[noreturn]] void bad_value(const JsonValue& value, std::string message) const {
        refuse(document_, value.offset, ErrorCode::bad_budget_value, std::move(message));
    }

    Threshold threshold(const JsonValue& value, const std::string& label) const {
        Threshold result{.where = place_of(document_, value.offset)};
        if (!has_unit(metric_.dimension)) {
            if (value.text() != nullptr)
                bad_value(value,
                          formatted("{} is a string. Write {}", label, bare_example_of(metric_)));
            result.value = number_of(document_, value, label);
            if (metric_.dimension == dimension::none && result.value != std::floor(result.value))
                bad_value(value,
                          formatted("{} must be a whole number, found {}", label, result.value));
            return result;
        }
        if (value.number() != nullptr)
            bad_value(value, formatted("{} has no unit. Write {}", label, example_of(metric_)));
        const std::string& text = text_of(document_, value, label);
        result.is_share = metric_.dimension == dimension::byte && text.ends_with('%');
        result.value = placed(document_, value, [&] {
            return result.is_share ? parse_fraction(text, label)
                                   : parse_with_unit(text, metric_.dimension, label);
        });
        if (!(result.value > 0))
            bad_value(value, formatted("{} must be above 0, found {}", label, text));
        return result;
    }

    LimitSeverity severity(const JsonValue& value, const std::string& label) const {
        const std::string& text = text_of(document_, value, label);
        return static_cast<LimitSeverity>(placed(
            document_, value, [&] { return choice(text, label, "severity", limit_severities); }));
    }

    void check(const JsonValue& value) const {
        if (!limit_.max && !limit_.min && !limit_.regression)
            refuse(document_, value.offset, ErrorCode::nothing_judged,
                   formatted("{} has no max, min or regression: nothing would be judged", name_),
                   side_hint(metric_));
        if (limit_.max && limit_.min) check_range(value);
        if (limit_.skip_until && shows_nothing(limit_.reason))
            bad_value(value, formatted(R"({} is skipped without a reason. Add "reason")", name_));
        if (!limit_.skip_until && !limit_.reason.empty())
            refuse(document_, value.offset, ErrorCode::bad_budget_value,
                   formatted("{} has a reason but no skip_until", name_),
                   R"(write "skip_until": "2027-01-31", or "message" for words of your own)");
    }

    void check_range(const JsonValue& value) const {
        const JsonValue& min = *value.find("min");
        if (limit_.max->is_share != limit_.min->is_share)
            bad_value(min,
                      formatted("min and max of {} must be both a share or both bytes", name_));
        if (limit_.min->value > limit_.max->value)
            bad_value(min, formatted("min of {} is above its max: no figure can keep both", name_));
    }

    const JsonDocument& document_;
    const Metric& metric_;
    std::string name_;
    Limit limit_;
};

}  // namespace

Limit read_limit(const JsonDocument& document, const JsonMember& member, std::string_view target) {
    if (find_metric(member.key) == nullptr) {
        std::vector<std::string_view> known;
        for (const Metric& metric : metrics()) known.push_back(metric.id);
        refuse_key(document, member, "limit", formatted("target '{}'", target), known);
    }
    return LimitReader(document, member, target).read(member.value);
}

double read_share(const JsonDocument& document, const JsonValue& value, std::string_view label) {
    const bool percent = value.text() != nullptr && value.text()->ends_with('%');
    if (!percent)
        refuse(document, value.offset, ErrorCode::bad_budget_value,
               formatted(R"({} must be a share such as "5%", found {})", label,
                         value.text() != nullptr ? "'" + *value.text() + "'"
                                                 : std::string(kind_name(value))));
    return placed(document, value, [&] { return parse_fraction(*value.text(), label); });
}

}  // namespace roofline::gate
