#include "larger_devices.hpp"

#include "catalog/device_mode.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace roofline {

std::vector<std::shared_ptr<const Device>> larger_devices(const Device& device, Catalog& catalog) {
    std::vector<std::shared_ptr<const Device>> larger;
    for (const auto& other : catalog.all_devices()) {
        if (other->vendor != device.vendor || other->market != device.market) continue;
        std::vector<std::shared_ptr<const Device>> sizes{other};
        for (const DeviceMode& mode : other->modes)
            sizes.push_back(std::make_shared<const Device>(in_mode(*other, mode.name)));
        std::ranges::copy_if(sizes, std::back_inserter(larger), [&](const auto& size) {
            return size->capacity() > device.capacity();
        });
    }
    std::ranges::stable_sort(larger, {}, [&](const auto& one) {
        const bool other = without_mode(one->id) != without_mode(device.id);
        return std::pair(one->capacity(), other);
    });
    return larger;
}

}  // namespace roofline
