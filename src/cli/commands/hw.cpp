// `hw list`, `hw show` and `hw validate`: the devices of the catalog.
#include "answer/catalog/catalog_faults.hpp"
#include "answer/catalog/device_list.hpp"
#include "cli/line/command.hpp"
#include "cli/line/shared_flags.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "input/source.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

constexpr std::array list_words{
    Positional{"WORD", "only devices with this in a name, maker, architecture or market", 0, 1}};
constexpr Flag device_sort{"sort", "COLUMN",
                           "the best by a column first: memory, bandwidth, fp8, price, year …"};
constexpr std::array list_flags{device_sort};
constexpr std::array device_name{Positional{"NAME", "a device, by id or alias"}};
constexpr std::array catalog_files{
    Positional{"FILE", "catalog files; none checks the built-in catalog", 0, 1000}};

Answer run_list(const Arguments& arguments, Session& session) {
    const ListQuestion question = list_question(arguments, device_sort);
    Devices devices = session.catalog.all_devices();
    if (!question.about.empty()) devices = devices_about(question.about, devices);
    if (devices.empty())
        fail(ErrorCode::unknown_device, formatted("no device is about '{}'", question.about),
             "all of them:", "hw list");
    return {.report = device_list_report(devices, session.catalog.rentals(), question)};
}

Answer run_show(const Arguments& arguments, Session& session) {
    const std::string& name = arguments.positionals()[0];
    return {.report = device_report(*session.catalog.device(name), name)};
}

// The built-in files are always read, for the names that they claim.
Answer run_validate(const Arguments& arguments, Session& /*session*/) {
    const std::vector<std::string>& paths = arguments.positionals();
    CatalogCheck check;
    std::vector<Fault> faults = check.built_in();
    if (!paths.empty()) faults.clear();
    for (const std::string& path : paths) {
        const auto found = check.file(path, read_source(path).text);
        faults.insert(faults.end(), found.begin(), found.end());
    }
    const std::size_t files = paths.empty() ? embedded_paths().size() : paths.size();
    return {.report = catalog_faults(files, faults),
            .status = faults.empty() ? Exit::ok : Exit::negative};
}

}  // namespace

extern const Command hw_list_command, hw_show_command, hw_validate_command;
constinit const Command hw_list_command{
    .path = "hw list",
    .summary = "the devices of the catalog",
    .examples = "roofline hw list\nroofline hw list rtx-40\nroofline hw list nvidia --sort price",
    .positionals = list_words,
    .flags = list_flags,
    .run = run_list};
constinit const Command hw_show_command{
    .path = "hw show",
    .summary = "one device, every figure with its source",
    .examples = "roofline hw show h100-sxm\nroofline hw show apple-m4-max:64gb",
    .positionals = device_name,
    .run = run_show};
constinit const Command hw_validate_command{
    .path = "hw validate",
    .summary = "check catalog files, or the whole built-in catalog",
    .examples = "roofline hw validate\nroofline hw validate my-device.json",
    .positionals = catalog_files,
    .run = run_validate};

}  // namespace roofline::cli
