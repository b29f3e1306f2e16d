// The values that a field runs through in a sweep: counted, never listed, so that an axis may be as
// long as one likes.
#pragma once

#include "roofline/workload/fields.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace roofline {

class Axis {
  public:
    /// "1,2,4", "1..128" in doublings, "1..128:+16" in steps, or such parts with commas between.
    /// `label` is how the user named the field. Throws UserError: E102 for an empty, reversed or
    /// endless range, E106 for a range of names, and what parse_field() throws.
    Axis(const Field& field, std::string_view text, std::string_view label, Catalog& catalog);

    const Field& field() const { return *field_; }
    std::uint64_t size() const { return size_; }
    /// `at` is below size().
    FieldValue value(std::uint64_t at) const;

  private:
    /// One value, or numbers from `first` on.
    struct Piece {
        std::uint64_t begin = 0;  ///< of the values before it
        FieldValue first;
        double step = 0;  ///< between its numbers; 0: each is twice the one before
    };
    struct Reading;
    void add_range(std::string_view part, const Reading& reading);

    const Field* field_;
    std::vector<Piece> pieces_;
    std::uint64_t size_ = 0;
};

/// Whether `text` gives a field more than one value: a comma, or a range where it takes numbers.
bool is_ranged(const Field& field, std::string_view text);

}  // namespace roofline
