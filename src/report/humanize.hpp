// The one place where numbers become text for people. Machine formats print base units in full.
#pragma once

#include "value.hpp"

#include <string>
#include <string_view>

namespace roofline {

/// How a unit is printed around a number, and its size in base units: {"", " ms", 1e-3}.
struct Scale {
    std::string before;
    std::string after;
    double factor = 1;
};

/// The prefix that leaves 1 to 999 before the point (the nearest there is).
Scale scale_for(const Measure& measure);

/// "9.61 ms", "$0.251", "3,330 tokens/s".
std::string humanize(const Measure& measure, int digits = 3);
std::string humanize(const Measure& measure, const Scale& scale, int digits = 3);

/// `digits` significant digits, but every digit before the point, in groups of three; a whole
/// number prints as one.
std::string humanize_number(double number, int digits = 3);

/// "26.5 ms", and of a count "4".
std::string words_of(const Measure& measure, int digits = 3);

/// "2 x h100-sxm".
std::string counted(double number, std::string_view thing);

/// "one sequence", "32 sequences".
std::string counted_words(double number, std::string_view thing);

/// "11.7 to 16.0 ms": both in their own unit where these differ.
std::string range_words(const Measure& low, const Measure& high);

/// As short as an axis wants it: "0.1", "250", "10k", "2.5M".
std::string humanize_tick(double number, int digits = 4);

/// The unit that a scale writes, without the number: "ms", "$", "$/h", "".
std::string unit_of(const Scale& scale);

/// Whether humanize() writes `word` after a number: "ms", "GB/s", "%".
bool is_unit(std::string_view word);

/// "53 %".
std::string humanize_percent(double fraction);

/// The same text for a page that has no Unicode: "µs" is "us", "≤" is "<=".
std::string to_ascii(std::string_view text);

/// Characters shown, not bytes.
int shown_width(std::string_view text);

}  // namespace roofline
