#include "device_list.hpp"

#include "roofline/engine/roof.hpp"

#include "best_rent.hpp"
#include "text/formatted.hpp"
#include "workload/arithmetic.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace roofline {
namespace {

using Rent = std::optional<RentalPrice>;

Cell peak_cell(const Device& device, Precision precision) {
    const Peak* peak = device.peak(precision);
    const bool matrix = peak != nullptr && peak->unit == ComputeUnit::matrix;
    return matrix ? Cell(Measure(peak->rate.value)) : Cell();
}

Cell rent_cell(const Rent& rent) {
    return rent ? Cell(Measure(rent->rate, rent->currency)) : Cell();
}

std::vector<Column> machine_columns() {
    return {{"name", "id"},
            {"memory", "memory_bytes"},
            {"bandwidth", "bandwidth_bytes_per_s"},
            {"16-bit", "wide_flop_per_s"},
            {"fp8", "fp8_flop_per_s"},
            {"fp4", "fp4_flop_per_s"},
            {"int8", "int8_flop_per_s"},
            {"ridge", "ridge_flop_per_byte"},
            {"power", "power_w"},
            {"reported", "reported_bytes"},
            {"arch", "architecture"},
            {"vendor", "vendor"},
            {"year", "year"},
            {"rent", "price_usd_per_hour"},
            {"from", "provider"}};
}

// Where a rent and who asks it stand among those.
constexpr std::size_t rent_at = 13;
constexpr std::size_t provider_at = 14;

Row machine_row(const Device& device, const Rent& rent) {
    const Memory& dram = device.dram();
    const auto ridge = ridge_of(device, wide_precision(device), MemoryLevel::dram);
    return {device.id,
            Measure(dram.capacity->value),
            Measure(device.bandwidth()),
            ridge ? Cell(Measure(ridge->peak->rate.value)) : Cell(),
            peak_cell(device, Precision::fp8),
            peak_cell(device, Precision::fp4),
            peak_cell(device, Precision::int8),
            ridge ? Cell(Measure(ridge->intensity())) : Cell(),
            device.power ? Cell(Measure(device.power->value)) : Cell(),
            dram.reported ? Cell(Measure(dram.reported->value)) : Cell(),
            device.architecture,
            device.vendor,
            device.year ? Cell(*device.year) : Cell(),
            rent_cell(rent),
            rent ? Cell(price_name(*rent)) : Cell()};
}

std::vector<Column> columns() {
    return {{"name", "id"},
            {"year", "year"},
            {"memory", "memory_bytes"},
            {.title = "bandwidth", .key = "bandwidth_bytes_per_s"},
            {"16-bit", "wide_flop_per_s"},
            {"rent", "price_usd_per_hour", 3, Need::if_filled},
            {"fp8", "fp8_flop_per_s", 3, Need::if_room},
            {"from", "provider", 3, Need::if_room},
            {"fp4", "fp4_flop_per_s", 3, Need::if_room},
            {"int8", "int8_flop_per_s", 3, Need::if_room},
            {"ridge", "ridge_flop_per_byte", 3, Need::if_room},
            {"power", "power_w", 3, Need::if_room},
            {"reported", "reported_bytes", 3, Need::if_room},
            {"arch", "architecture", 3, Need::if_room}};
}

// The same in the order in which a narrow page has room for it. Years are no quantities.
Row shown_row(const Device& device, const Row& row) {
    const std::string year = device.year ? formatted("{}", *device.year) : std::string();
    const Cell from = row[provider_at].index() == 0 ? Cell(std::string()) : row[provider_at];
    return {row[0], year,   row[1], row[2], row[3], row[rent_at], row[4],
            from,   row[5], row[6], row[7], row[8], row[9],       row[10]};
}

Listed listed(const Device& device, const Rent& rent) {
    Row row = machine_row(device, rent);
    Record record = device_summary(device);
    record.add("year", Value(device.year));
    record.add("rent", rent ? Value(Record()
                                        .add("price", price_name(*rent))
                                        .add("per_device", Measure(rent->rate, rent->currency))
                                        .add("date", rent->date))
                            : Value());
    Row shown = shown_row(device, row);
    return {.group = device.vendor,
            .shown = std::move(shown),
            .row = std::move(row),
            .record = std::move(record)};
}

// Makers of most devices first; of one, the newest, those for data centres before others.
Devices grouped(Devices devices) {
    std::map<std::string, std::size_t> of_maker;
    for (const auto& device : devices) ++of_maker[device->vendor];
    std::ranges::stable_sort(devices, [&](const auto& a, const auto& b) {
        const auto key = [&](const Device& device) {
            return std::tuple(-static_cast<double>(of_maker[device.vendor]), device.vendor,
                              -device.year.value_or(0), device.market);
        };
        return key(*a) < key(*b);
    });
    return devices;
}

std::vector<Listed> list_of(const Devices& devices, const std::vector<RentalPrice>& rents) {
    std::vector<Listed> list;
    for (const auto& device : devices)
        list.push_back(listed(*device, best_rent(rents, device->id)));
    return list;
}

void add_tables(Report& report, const std::vector<Listed>& for_machines,
                const std::vector<Listed>& for_people, bool sorted) {
    List records;
    for (const Listed& one : for_machines) records.push_back(one.record);
    report.result.add("devices", std::move(records));
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = machine_columns(),
                                     .next = rows_of(machine_rows(for_machines)),
                                     .audience = Audience::machines});
    std::vector<std::string> notes{
        "roofline hw list WORD lists some of them, roofline hw show NAME prints every figure with "
        "its source"};
    const auto is_rented = [](const Listed& one) { return one.row[rent_at].index() != 0; };
    if (std::ranges::any_of(for_people, is_rented))
        notes.insert(notes.begin(),
                     "RENT: the least that anybody asks on demand, of one device and hour");
    report.blocks.emplace_back(Table{.title = "",
                                     .columns = columns(),
                                     .next = rows_of(shown_rows(for_people, sorted)),
                                     .notes = std::move(notes)});
}

}  // namespace

Devices devices_about(const std::string& word, const Devices& devices) {
    Devices result;
    std::ranges::copy_if(devices, std::back_inserter(result), [&](const auto& device) {
        std::vector<std::string> texts = device->aliases;
        texts.insert(texts.end(),
                     {device->id, device->name, device->vendor, device->architecture,
                      std::string(name_of(device->kind)), std::string(name_of(device->market))});
        return is_about(word, texts);
    });
    return result;
}

Report device_list_report(const Devices& devices, const std::vector<RentalPrice>& rents,
                          const ListQuestion& question) {
    Report report{.command = "hw list"};
    report.verdict = formatted("{} device{}{}; dense rates, no sparsity", devices.size(),
                               devices.size() == 1 ? "" : "s", about_words(question));
    if (!question.about.empty()) report.inputs.add("about", question.about);
    if (!question.sort.empty()) report.inputs.add("sort", question.sort);
    std::vector<Listed> list = list_of(devices, rents);
    const bool sorted = !question.sort.empty();
    if (sorted) sort_list(list, machine_columns(), question.sort);
    add_tables(report, list, sorted ? list : list_of(grouped(devices), rents), sorted);
    return report;
}

}  // namespace roofline
