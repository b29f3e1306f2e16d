#include "roofline/search/axis.hpp"

#include "roofline/error/user_error.hpp"

#include "text/formatted.hpp"
#include "units/list_parts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace roofline {
namespace {

constexpr std::string_view dots = "..";
constexpr double longest = 9007199254740992.0;  // counts that doubles tell apart

}  // namespace

struct Axis::Reading {
    const Field& field;
    std::string_view label;
    Catalog& catalog;

    double number(std::string_view text) const {
        return std::get<double>(parse_field(field, units::trim(text), label, catalog));
    }
    [[noreturn]] void refuse(std::string_view part, std::string_view why, std::string hint) const {
        fail(ErrorCode::bad_count, formatted("{}: '{}' {}", label, part, why), std::move(hint));
    }
};

void Axis::add_range(std::string_view part, const Reading& reading) {
    const std::size_t middle = part.find(dots);
    const std::size_t colon = std::min(part.find(':', middle), part.size());
    const std::string_view low = units::trim(part.substr(0, middle));
    const std::string_view high =
        units::trim(part.substr(middle + dots.size(), colon - middle - 2));
    if (low.empty() || high.empty())
        reading.refuse(part, "has no end", "write both ends: 1..128, or 1..128:+16");
    const double first = reading.number(low);
    const double last = reading.number(high);
    if (last < first) reading.refuse(part, "runs backwards", formatted("write {}..{}", high, low));
    double step = 0;
    if (colon < part.size()) {
        const std::string_view words = part.substr(colon + 1);
        if (!words.starts_with('+'))
            reading.refuse(part, "has a step that is none",
                           formatted("write the step with a plus: {}..{}:+16", low, high));
        step = reading.number(words.substr(1));
    }
    if (step == 0 && first == 0)
        reading.refuse(part, "doubles from 0 and never ends",
                       formatted("give it a step: {}..{}:+0.1", low, high));
    constexpr double rounding = 1e-9;
    const double more = step > 0 ? (last - first) / step : std::log2(last / first);
    if (!(more < longest)) reading.refuse(part, "has too many values to count", "");
    pieces_.push_back({.begin = size_, .first = first, .step = step});
    size_ += static_cast<std::uint64_t>(std::floor(more + rounding)) + 1;
}

Axis::Axis(const Field& field, std::string_view text, std::string_view label, Catalog& catalog)
    : field_(&field) {
    const Reading reading{field, label, catalog};
    each_part(text, label, [&](std::string_view part) {
        if (takes_numbers(field.kind) && part.find(dots) != std::string_view::npos)
            return add_range(part, reading);
        pieces_.push_back(
            {.begin = size_, .first = parse_field(field, part, label, catalog), .step = 0});
        ++size_;
    });
}

FieldValue Axis::value(std::uint64_t at) const {
    const auto after = std::ranges::upper_bound(pieces_, at, {}, &Piece::begin);
    const Piece& piece = *std::prev(after);
    const std::uint64_t steps = at - piece.begin;
    if (steps == 0) return piece.first;
    const double first = std::get<double>(piece.first);
    if (piece.step > 0) return first + static_cast<double>(steps) * piece.step;
    return std::ldexp(first, static_cast<int>(steps));
}

bool is_ranged(const Field& field, std::string_view text) {
    const bool range = takes_numbers(field.kind) && text.find(dots) != std::string_view::npos;
    return range || text.find(',') != std::string_view::npos;
}

}  // namespace roofline
