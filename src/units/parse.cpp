#include "parse.hpp"

#include "roofline/error/user_error.hpp"

#include "split_number.hpp"
#include "text/formatted.hpp"
#include "unit_symbols.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <optional>
#include <string>

namespace roofline {

using units::not_a_number;
using units::positive;
using units::Split;
using units::split_number;
using units::trim;

namespace {

struct Suffix {
    std::string_view text;
    double factor;
};

constexpr std::array count_suffixes{
    Suffix{"", 1},     Suffix{"k", 1e3},   Suffix{"K", 1e3},
    Suffix{"M", 1e6},  Suffix{"B", 1e9},   Suffix{"G", 1e9},
    Suffix{"T", 1e12}, Suffix{"Ki", 1024}, Suffix{"Mi", 1048576},
};
constexpr std::array length_suffixes{
    Suffix{"", 1},        Suffix{"k", 1024},  Suffix{"K", 1024},
    Suffix{"M", 1048576}, Suffix{"Ki", 1024}, Suffix{"Mi", 1048576},
};

template <std::size_t N>
double parse_whole(std::string_view text, std::string_view name,
                   const std::array<Suffix, N>& suffixes) {
    const Split split = split_number(text, name);
    const auto suffix = std::ranges::find(suffixes, split.unit, &Suffix::text);
    const double number = suffix == suffixes.end() ? 0.5 : split.number * suffix->factor;
    constexpr double largest_exact = 9007199254740992.0;
    if (number < 1 || number != std::floor(number) || number > largest_exact)
        fail(ErrorCode::bad_count,
             formatted("{} must be a whole number from 1 up, got {}", name, trim(text)));
    return number;
}

// Case does not matter, except that m and M are prefixes of their own, and b against B below.
bool same_unit(std::string_view written, std::string_view symbol) {
    if (written.size() != symbol.size()) return false;
    if (written[0] != symbol[0] && (symbol[0] == 'm' || symbol[0] == 'M')) return false;
    return std::ranges::equal(written, symbol, [](unsigned char a, unsigned char b) {
        return std::tolower(a) == std::tolower(b);
    });
}

std::optional<double> unit_factor(std::string_view written, Dimension wanted) {
    for (const auto& row : units::symbols)
        if (row.dimension == wanted && row.text == written) return row.factor;
    for (const auto& row : units::symbols)
        if (row.dimension == wanted && same_unit(written, row.text)) return row.factor;
    return std::nullopt;
}

// "20ms or 20us" for a time: two ways to write the number that was given.
std::string examples(std::string_view number, Dimension wanted, std::string_view unit = {}) {
    const bool mega = unit.starts_with('m') || unit.starts_with('M');
    if (wanted == dimension::byte && mega)
        return formatted("{0}MB (10^6) or {0}MiB (2^20)", number);
    if (wanted == dimension::second && unit == "m") return formatted("{0}ms or {0}min", number);
    if (wanted == dimension::second) return formatted("{0}ms or {0}us", number);
    if (wanted == dimension::byte) return formatted("{0}GB (10^9) or {0}GiB (2^30)", number);
    if (wanted == dimension::byte_per_second) return formatted("{0}GB/s or {0}TB/s", number);
    if (wanted == dimension::flop) return formatted("{0}GFLOP or {0}TFLOP", number);
    if (wanted == dimension::flop_per_second) return formatted("{0}TFLOPS", number);
    if (wanted == dimension::watt) return formatted("{0}W or {0}kW", number);
    return formatted("{0} FLOP/byte", number);
}

void refuse_bits(std::string_view number, std::string_view unit, std::string_view whole) {
    constexpr std::array bits{Suffix{"Kb", 1}, Suffix{"Mb", 1}, Suffix{"Gb", 1}, Suffix{"Tb", 1}};
    constexpr std::array<std::string_view, 4> words{"kilo", "mega", "giga", "tera"};
    for (std::size_t i = 0; i < bits.size(); ++i) {
        if (bits[i].text != unit) continue;
        fail(ErrorCode::bits_for_bytes,
             formatted("'{}' is {}bits. For {} {}bytes write {}{}B (10^{}) or {}{}iB (2^{})", whole,
                       words[i], number, words[i], number, unit[0], 3 * (i + 1), number, unit[0],
                       10 * (i + 1)));
    }
}

}  // namespace

double parse_count(std::string_view text, std::string_view name) {
    return parse_whole(text, name, count_suffixes);
}

double parse_length(std::string_view text, std::string_view name) {
    return parse_whole(text, name, length_suffixes);
}

double parse_number(std::string_view text, std::string_view name) {
    const Split split = split_number(text, name);
    if (!split.unit.empty()) not_a_number(trim(text), name);
    return positive(split.number, text, name);
}

double parse_fraction(std::string_view text, std::string_view name) {
    const Split split = split_number(text, name);
    if (!split.unit.empty() && split.unit != "%") not_a_number(trim(text), name);
    const double share = split.unit == "%" ? split.number / 100 : split.number;
    if (share >= 0 && share <= 1) return share;
    fail(ErrorCode::bad_number,
         formatted("{} must be between 0 and 100%, got {}", name, trim(text)),
         "write a share as 85% or 0.85");
}

double parse_with_unit(std::string_view text, Dimension wanted, std::string_view name) {
    const Split split = split_number(text, name);
    const std::string_view whole = trim(text);
    const auto number = trim(whole.substr(0, whole.size() - split.unit.size()));
    if (split.unit.empty())
        fail(ErrorCode::missing_unit,
             formatted("{} {} needs a unit. Write {}", name, whole, examples(number, wanted)));
    if (wanted == dimension::byte) refuse_bits(number, split.unit, whole);
    const auto factor = unit_factor(split.unit, wanted);
    if (!factor)
        fail(ErrorCode::missing_unit, formatted("{}: '{}' is no unit here. Write {}", name,
                                                split.unit, examples(number, wanted, split.unit)));
    return positive(split.number * *factor, text, name);
}

double parse_days(std::string_view text, std::string_view name) {
    const bool days = text.ends_with('d');
    const bool weeks = text.ends_with('w');
    if (!days && !weeks)
        fail(ErrorCode::missing_unit, formatted("{} {} needs a unit", name, text),
             formatted("write 90d for days or 12w for weeks"));
    const double number = parse_number(text.substr(0, text.size() - 1), name);
    return weeks ? 7 * number : number;
}

}  // namespace roofline
