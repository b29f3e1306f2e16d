#include "unknown_device.hpp"

#include "roofline/catalog/catalog.hpp"

#include "called.hpp"
#include "catalog/device_mode.hpp"
#include "text/formatted.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::string_view digits = "0123456789";

// "8xh100": the count stands in front.
std::string count_in_front(std::string_view name) {
    const std::size_t cross = name.find_first_of("xX");
    const bool counted = cross != std::string_view::npos && cross > 0 &&
                         name.substr(0, cross).find_first_not_of(digits) == std::string_view::npos;
    if (!counted) return {};
    return formatted("the count stands behind: {}x{}", name.substr(cross + 1),
                     name.substr(0, cross));
}

// "gb200-nvl72", "gb200-nvl72x2": a rack is so many of its device.
std::string rack(std::string_view name, const std::vector<std::string>& ids) {
    const std::string key = name_key(name);
    const std::size_t link = key.rfind("nvl");
    if (link == std::string::npos) return {};
    const std::string behind = key.substr(link + 3);
    const std::string count = behind.substr(0, behind.find('x'));
    if (count.empty() || count.find_first_not_of(digits) != std::string::npos) return {};
    const auto device =
        std::ranges::find(ids, key.substr(0, link), [](const auto& id) { return name_key(id); });
    if (device == ids.end()) return {};
    return formatted("that is a rack of {}: write {}x{} for all of it, or {} for one GPU", count,
                     *device, count, *device);
}

}  // namespace

void refuse_device(std::string_view name, std::span<const Candidate> names,
                   const std::vector<std::string>& ids) {
    const std::string message = formatted("unknown hardware '{}'", name);
    for (std::string hint : {count_in_front(name), rack(name, ids)})
        if (!hint.empty()) fail(ErrorCode::unknown_device, message, std::move(hint));
    if (const std::string called = device_called(name, names); !called.empty())
        fail(ErrorCode::unknown_device, message, formatted("that is `hw {}` here", called));
    const std::string meant = did_you_mean(suggest(without_mode(name), names));
    std::string hint = meant + (meant.empty() ? "" : "  ") + "All names:";
    if (name.find(',') != std::string_view::npos) hint = "one device at a time; " + hint;
    fail(ErrorCode::unknown_device, message, std::move(hint), "hw list");
}

void refuse_size(std::string_view id, std::string_view asked, std::string_view mode,
                 const std::vector<std::string>& ids) {
    std::vector<std::string> of_the_size;
    for (const std::string& other : ids)
        if (name_key(other).starts_with(name_key(asked)) &&
            name_key(other).ends_with(name_key(mode)))
            of_the_size.push_back(other);
    std::string hint = did_you_mean(of_the_size);
    if (hint.empty()) hint = formatted("write `hw {}`", id);
    fail(ErrorCode::unknown_device, formatted("{} has no modes, and so no '{}'", id, mode),
         std::move(hint));
}

}  // namespace roofline
