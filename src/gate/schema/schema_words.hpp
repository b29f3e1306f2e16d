// Pieces of a JSON Schema that reads budgets as their reader does.
#pragma once

#include "roofline/units/dimension.hpp"

#include "report/value.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roofline::gate {

Record typed(std::string_view type);
Record text_like(std::string_view pattern);

/// A number as the reader takes it, 1_000 and 2.5e3 too, and one of the endings behind it: "ms|s".
Record number_with(std::string_view endings);

/// The same above 0, and where an ending is % up to 100 %.
Record positive_with(std::string_view endings);

/// A share from 0 to 100 %.
Record share_text();

/// "ns|us|µs|ms|s|min|h".
std::string units_of(Dimension dimension);

/// A name as a table has it, in whatever case: an editor completes it. `ending` is a pattern.
Record known_word(std::span<const std::string_view> names, std::string_view ending = "");

/// Names of the catalog for completion; files, aliases, counts and overlays go by others.
Record catalog_name(const std::vector<std::string>& names);

/// One of them, and nothing else.
Record one_of(std::span<const std::string_view> names);

Record positive();

}  // namespace roofline::gate
