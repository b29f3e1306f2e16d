#include "roofline/search/space.hpp"

#include "roofline/error/user_error.hpp"

#include <limits>

namespace roofline {

std::uint64_t Space::size() const {
    constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
    std::uint64_t points = 1;
    for (const Axis& axis : axes) {
        if (axis.size() > most / points)
            fail(ErrorCode::bad_count, "there are more than 9e18 points: nobody waits for them",
                 "leave out a range, or give it a larger step");
        points *= axis.size();
    }
    return points;
}

void places_of(const Space& space, std::uint64_t point, std::vector<std::uint64_t>& places) {
    places.resize(space.axes.size());
    for (std::size_t i = space.axes.size(); i-- > 0;) {
        const std::uint64_t size = space.axes[i].size();
        places[i] = point % size;
        point /= size;
    }
}

}  // namespace roofline
