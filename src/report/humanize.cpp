#include "humanize.hpp"

#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace roofline {
namespace {

struct UnitRow {
    Dimension dimension;
    std::string_view symbol;
    double factor;
};

// Within a dimension from small to large: the last one not above the value is taken.
constexpr std::array unit_rows{
    UnitRow{dimension::second, "ns", 1e-9},
    UnitRow{dimension::second, "µs", 1e-6},
    UnitRow{dimension::second, "ms", 1e-3},
    UnitRow{dimension::second, "s", 1},
    UnitRow{dimension::byte, "B", 1},
    UnitRow{dimension::byte, "kB", 1e3},
    UnitRow{dimension::byte, "MB", 1e6},
    UnitRow{dimension::byte, "GB", 1e9},
    UnitRow{dimension::byte, "TB", 1e12},
    UnitRow{dimension::byte_per_token, "B/token", 1},
    UnitRow{dimension::byte_per_token, "kB/token", 1e3},
    UnitRow{dimension::byte_per_token, "MB/token", 1e6},
    UnitRow{dimension::flop, "FLOP", 1},
    UnitRow{dimension::flop, "MFLOP", 1e6},
    UnitRow{dimension::flop, "GFLOP", 1e9},
    UnitRow{dimension::flop, "TFLOP", 1e12},
    UnitRow{dimension::flop, "PFLOP", 1e15},
    UnitRow{dimension::flop_per_second, "GFLOP/s", 1e9},
    UnitRow{dimension::flop_per_second, "TFLOP/s", 1e12},
    UnitRow{dimension::byte_per_second, "MB/s", 1e6},
    UnitRow{dimension::byte_per_second, "GB/s", 1e9},
    UnitRow{dimension::byte_per_second, "TB/s", 1e12},
    UnitRow{dimension::flop_per_byte, "FLOP/byte", 1},
    UnitRow{dimension::token_per_second, "tokens/s", 1},
    UnitRow{dimension::token, "tokens", 1},
    UnitRow{dimension::per_second, "MHz", 1e6},
    UnitRow{dimension::per_second, "GHz", 1e9},
    UnitRow{dimension::watt, "W", 1},
    UnitRow{dimension::watt, "kW", 1e3},
};

// Prices keep their usual form: per hour, per million tokens.
bool money_scale(const Measure& measure, Scale& scale) {
    const std::string symbol(row_of(measure.currency).symbol);
    if (measure.dimension == dimension::money)
        scale = {symbol, "", 1};
    else if (measure.dimension == dimension::money_per_second)
        scale = {symbol, "/h", 1.0 / 3600};
    else if (measure.dimension == dimension::money_per_token)
        scale = {symbol, "/1M tokens", 1e-6};
    else
        return false;
    return true;
}

// Position of the first significant digit: 0 for 1 to 9.99, -1 for 0.1 to 0.999.
int magnitude(double number) {
    return number == 0 ? 0 : static_cast<int>(std::floor(std::log10(std::abs(number))));
}

std::string group_thousands(std::string digits) {
    const std::size_t point = std::min(digits.find('.'), digits.size());
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    for (std::size_t at = point; at > first + 3; at -= 3) digits.insert(at - 3, 1, ',');
    return digits;
}

constexpr double most_written_out = 1e15;

std::string with_digits(double number, int digits) {
    if (!std::isfinite(number)) return "–";
    const double size = std::abs(number);
    if (size != 0 && (size < 1e-6 || size >= most_written_out))
        return formatted("{:.{}e}", number, digits - 1);
    int decimals = std::max(0, digits - 1 - magnitude(number));
    const double step = std::pow(10.0, -decimals);
    if (magnitude(std::round(number / step) * step) > magnitude(number) && decimals > 0) --decimals;
    return group_thousands(formatted("{:.{}f}", number, decimals));
}

}  // namespace

Scale scale_for(const Measure& measure) {
    Scale scale;
    if (money_scale(measure, scale)) return scale;
    bool found = false;
    for (const UnitRow& row : unit_rows) {
        if (row.dimension != measure.dimension) continue;
        if (found && std::abs(measure.value) < row.factor * 0.9995) break;
        scale = {"", " " + std::string(row.symbol), row.factor};
        found = true;
    }
    return scale;
}

std::string humanize(const Measure& measure, int digits) {
    return humanize(measure, scale_for(measure), digits);
}

std::string humanize(const Measure& measure, const Scale& scale, int digits) {
    const double number = measure.value / scale.factor;
    if (!std::isfinite(number)) return "–";
    const double size = std::abs(number);
    const bool cents = !scale.before.empty() && size >= 1 && size < most_written_out;
    const std::string text =
        cents ? group_thousands(formatted("{:.2f}", number)) : with_digits(number, digits);
    return scale.before + text + scale.after;
}

std::string humanize_number(double number, int digits) {
    const bool whole = std::isfinite(number) && number == std::floor(number) &&
                       std::abs(number) < most_written_out;
    return whole ? group_thousands(formatted("{:.0f}", number)) : with_digits(number, digits);
}

std::string words_of(const Measure& measure, int digits) {
    return measure.dimension == dimension::none ? humanize_number(measure.value, digits)
                                                : humanize(measure, digits);
}

std::string counted(double number, std::string_view thing) {
    return formatted("{} x {}", humanize_number(number), thing);
}

std::string counted_words(double number, std::string_view thing) {
    return number == 1 ? formatted("one {}", thing)
                       : formatted("{} {}s", humanize_number(number), thing);
}

std::string range_words(const Measure& low, const Measure& high) {
    const std::string text = humanize(low);
    const std::string unit = scale_for(high).after;
    std::string_view first = text;
    if (!unit.empty() && scale_for(low).after == unit && first.ends_with(unit))
        first.remove_suffix(unit.size());
    return formatted("{} to {}", first, humanize(high));
}

std::string humanize_tick(double number, int digits) {
    constexpr std::array<std::pair<double, std::string_view>, 5> sizes{
        {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}, {1, ""}}};
    constexpr double nearly = 0.9999999;
    for (const auto& [size, prefix] : sizes)
        if (std::abs(number) >= size * nearly)
            return formatted("{:.{}g}{}", number / size, digits, prefix);
    return formatted("{:.{}g}", number, digits);
}

std::string unit_of(const Scale& scale) {
    const std::size_t start = std::min(scale.after.find_first_not_of(' '), scale.after.size());
    return scale.before + scale.after.substr(start);
}

bool is_unit(std::string_view word) {
    return word == "%" || std::ranges::find(unit_rows, word, &UnitRow::symbol) != unit_rows.end();
}

std::string humanize_percent(double fraction) {
    const double percent = fraction * 100;
    if (!std::isfinite(percent)) return "–";
    if (std::abs(percent) >= most_written_out) return with_digits(percent, 3) + " %";
    return percent != 0 && std::abs(percent) < 0.95 ? formatted("{:.1f} %", percent)
                                                    : formatted("{:.0f} %", percent);
}

std::string to_ascii(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 16> replacements{
        {{"µ", "u"},
         {"·", "|"},
         {"–", "-"},
         {"—", "-"},
         {"≤", "<="},
         {"≥", ">="},
         {"×", "x"},
         {"→", "->"},
         {"▕", "["},
         {"▏", "]"},
         {"█", "#"},
         {"…", "~"},
         {"€", "EUR "},
         {"£", "GBP "},
         {"✓", "ok"},
         {"✗", "FAIL"}}};
    std::string result;
    while (!text.empty()) {
        const auto hit = std::ranges::find_if(
            replacements, [&](const auto& pair) { return text.starts_with(pair.first); });
        const bool replaced = hit != replacements.end();
        if (replaced)
            result += hit->second;
        else
            result += static_cast<unsigned char>(text[0]) < 0x80 ? text[0] : '?';
        std::size_t length = replaced ? hit->first.size() : 1;
        while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
            ++length;
        text.remove_prefix(length);
    }
    return result;
}

int shown_width(std::string_view text) {
    return static_cast<int>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

}  // namespace roofline
