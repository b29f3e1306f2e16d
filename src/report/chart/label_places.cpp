#include "label_places.hpp"

#include <algorithm>
#include <array>

namespace roofline {

bool LabelPlaces::is_free(const Box& box, bool strictly) const {
    const auto overlaps = [&](const Box& other) { return box.overlaps(other); };
    return area_.holds(box) && std::ranges::none_of(taken_, overlaps) &&
           (!strictly || std::ranges::none_of(avoided_, overlaps));
}

std::optional<Box> LabelPlaces::place(const WantedLabel& label) {
    constexpr std::array<double, 9> moves{0, -0.6, 0.6, -1, 1, -1.5, 1.5, -2.2, 2.2};
    for (const bool strictly : {true, false})
        for (const bool right : {true, false})
            for (const double move : moves) {
                const double left = right ? label.x + label.gap : label.x - label.gap - label.width;
                const double top = label.y + (move - 0.5) * label.height;
                const Box box{left, top, left + label.width, top + label.height};
                if (!is_free(box, strictly)) continue;
                keep_free(box);
                return box;
            }
    return std::nullopt;
}

}  // namespace roofline
