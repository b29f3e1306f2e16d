#include "roofline/error/user_error.hpp"

#include "cli/line/command.hpp"
#include "input/source.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {
namespace {

struct Validation {
    std::size_t files = 0;
    std::vector<Fault> faults;
};

// The built-in files are always read, for the names that they claim.
Validation validate(const std::vector<std::string>& paths) {
    Validation result;
    CatalogCheck check;
    const auto add = [&](const std::vector<Fault>& faults) {
        ++result.files;
        result.faults.insert(result.faults.end(), faults.begin(), faults.end());
    };
    for (const std::string_view path : embedded_paths()) {
        const auto faults = check.file(std::string(path), std::string(embedded_text(path)));
        if (paths.empty()) add(faults);
    }
    for (const std::string& path : paths) add(check.file(path, read_source(path).text));
    return result;
}

}  // namespace

Answer run_hw_validate(const Arguments& arguments, Session& /*session*/) {
    const Validation validation = validate(arguments.positionals());
    Report report{.command = "hw validate"};
    const bool good = validation.faults.empty();
    report.verdict =
        good ? formatted("{} files: no faults", validation.files)
             : formatted("{} files: {} faults", validation.files, validation.faults.size());
    std::vector<Row> rows;
    List list;
    for (const Fault& fault : validation.faults) {
        rows.push_back({place_text(fault.where), fault.where.pointer, fault.message, fault.hint});
        list.emplace_back(Record()
                              .add("file", fault.where.file)
                              .add("line", fault.where.line)
                              .add("column", fault.where.column)
                              .add("pointer", fault.where.pointer)
                              .add("message", fault.message)
                              .add("hint", fault.hint.empty() ? Value() : Value(fault.hint)));
    }
    report.result.add("files", static_cast<double>(validation.files))
        .add("faults", std::move(list));
    if (!good) {
        Text lines;
        for (const Fault& fault : validation.faults)
            lines.lines.push_back(message_text(fault) +
                                  (fault.hint.empty() ? "" : " (" + fault.hint + ")"));
        report.blocks.emplace_back(std::move(lines));
    }
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = {{"PLACE", "place"},
                                                 {"POINTER", "pointer"},
                                                 {"FAULT", "message"},
                                                 {"HINT", "hint"}},
                                     .next = rows_of(std::move(rows)),
                                     .audience = Audience::machines});
    return {.report = std::move(report), .status = good ? Exit::ok : Exit::negative};
}

}  // namespace roofline::cli
