// `hw list`, `hw show` and `hw validate`: the devices of the catalog.
#include "answer/catalog/catalog_faults.hpp"
#include "answer/catalog/device_report.hpp"
#include "cli/line/command.hpp"
#include "cli/run/answer.hpp"
#include "cli/run/session.hpp"
#include "input/source.hpp"

namespace roofline::cli {
namespace {

constexpr std::array device_name{Positional{"NAME", "a device, by id or alias"}};
constexpr std::array catalog_files{
    Positional{"FILE", "catalog files; none checks the built-in catalog", 0, 1000}};

Answer run_list(const Arguments& /*arguments*/, Session& session) {
    return {.report = device_list_report(session.catalog.all_devices())};
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
    .examples = "roofline hw list\nroofline hw list --format csv",
    .run = run_list};
constinit const Command hw_show_command{.path = "hw show",
                                        .summary = "one device, every figure with its source",
                                        .examples = "roofline hw show h100",
                                        .positionals = device_name,
                                        .run = run_show};
constinit const Command hw_validate_command{
    .path = "hw validate",
    .summary = "check catalog files, or the whole built-in catalog",
    .examples = "roofline hw validate\nroofline hw validate my-device.json",
    .positionals = catalog_files,
    .run = run_validate};

}  // namespace roofline::cli
