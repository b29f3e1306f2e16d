#include "device_mode.hpp"

#include "roofline/catalog/catalog.hpp"

#include "error/suggest.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

[[noreturn]] void refuse_mode(const Device& device, std::string_view name) {
    std::vector<std::string_view> names;
    for (const DeviceMode& mode : device.modes) names.push_back(mode.name);
    std::vector<std::string> all(names.begin(), names.end());
    fail(ErrorCode::unknown_device, formatted("{} has no mode '{}'", device.id, name),
         formatted("it has {}", join_words(all, "and")));
}

}  // namespace

std::string_view without_mode(std::string_view name) { return name.substr(0, name.find(':')); }

Device in_mode(const Device& device, std::string_view name) {
    const auto found = std::ranges::find(
        device.modes, name_key(name), [](const DeviceMode& mode) { return name_key(mode.name); });
    if (found == device.modes.end()) refuse_mode(device, name);
    Device result = device;
    result.id = formatted("{}:{}", device.id, found->name);
    result.name = formatted("{}, {}", device.name, found->name);
    if (found->capacity) {
        Memory& dram = *std::ranges::find(result.memory, MemoryLevel::dram, &Memory::level);
        dram.capacity = found->capacity;
        dram.reported = found->reported;
        dram.usable = found->usable;
    }
    return result;
}

}  // namespace roofline
