#include "catalog_faults.hpp"

#include "error/dialect.hpp"
#include "text/formatted.hpp"
namespace roofline {
namespace {

Record fault_record(const Fault& fault) {
    return Record()
        .add("file", fault.where.file)
        .add("line", fault.where.line)
        .add("column", fault.where.column)
        .add("pointer", fault.where.pointer)
        .add("message", fault.message)
        .add("hint", hint_text(fault).empty() ? Value() : Value(hint_text(fault)));
}

Table fault_table(const std::vector<Fault>& faults) {
    std::vector<Row> rows;
    for (const Fault& fault : faults)
        rows.push_back(
            {place_text(fault.where), fault.where.pointer, fault.message, hint_text(fault)});
    return {.title = "",
            .columns = {{"place", "place"},
                        {"pointer", "pointer"},
                        {"fault", "message"},
                        {"hint", "hint"}},
            .next = rows_of(std::move(rows)),
            .audience = Audience::machines};
}

Text fault_lines(const std::vector<Fault>& faults) {
    Text lines;
    for (const Fault& fault : faults)
        lines.lines.push_back(message_text(fault) +
                              (hint_text(fault).empty() ? "" : " (" + hint_text(fault) + ")"));
    return lines;
}

}  // namespace

Report catalog_faults(std::size_t files, std::vector<Fault> faults) {
    for (Fault& fault : faults) fault = in_dialect(std::move(fault), Dialect::keys);
    Report report{.command = "hw validate"};
    report.verdict = faults.empty() ? formatted("{} files: no faults", files)
                                    : formatted("{} files: {} faults", files, faults.size());
    List list;
    for (const Fault& fault : faults) list.emplace_back(fault_record(fault));
    report.result.add("files", static_cast<double>(files)).add("faults", std::move(list));
    if (!faults.empty()) report.blocks.emplace_back(fault_lines(faults));
    report.blocks.emplace_back(fault_table(faults));
    return report;
}

}  // namespace roofline
