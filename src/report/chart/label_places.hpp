// Where names stand beside what they name: over no other name, and inside the picture.
#pragma once

#include <optional>
#include <vector>

namespace roofline {

/// Down is up to larger numbers, in any unit.
struct Box {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    bool overlaps(const Box& other) const {
        return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
    bool holds(const Box& other) const {
        return left <= other.left && other.right <= right && top <= other.top &&
               other.bottom <= bottom;
    }
};

struct WantedLabel {
    double x = 0;  ///< of what is named
    double y = 0;
    double width = 0;
    double height = 0;
    double gap = 0;  ///< beside it
};

class LabelPlaces {
  public:
    explicit LabelPlaces(Box area) : area_(area) {}

    /// No label stands there.
    void keep_free(const Box& box) { taken_.push_back(box); }
    /// Labels stand there where they find no other place.
    void avoid(const Box& box) { avoided_.push_back(box); }

    /// Right of the place, else left of it, moved up or down as little as it takes; it is taken
    /// then. nullopt where there is no room.
    std::optional<Box> place(const WantedLabel& label);

  private:
    bool is_free(const Box& box, bool strictly) const;

    Box area_;
    std::vector<Box> taken_;
    std::vector<Box> avoided_;
};

}  // namespace roofline
