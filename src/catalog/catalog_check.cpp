// What `hw validate` holds against a catalog file beyond its reader.
#include "roofline/catalog/catalog.hpp"

#include "catalog/known_bias.hpp"
#include "catalog/readers/readers.hpp"
#include "error/suggest.hpp"
#include "input/json_object.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <cmath>

namespace roofline {
namespace {

class DeviceCheck {
  public:
    DeviceCheck(const Device& device, const JsonDocument& document)
        : device_(device), document_(document) {}

    std::vector<Fault> run() {
        check_eight_bit_rate();
        check_sparsity();
        check_ridges();
        check_capacity();
        check_accumulation();
        check_modes();
        check_lacks();
        return std::move(faults_);
    }

  private:
    // `path` names members from the root down.
    void report(const std::vector<std::string>& path, std::string message) {
        const JsonValue* value = &document_.root;
        std::string pointer;
        for (const std::string& key : path) {
            const JsonValue* next = value->find(key);
            if (next == nullptr) break;
            value = next;
            pointer += "/" + key;
        }
        Location where = locate(document_.source, value->offset);
        where.pointer = pointer;
        where.snippet.clear();
        faults_.push_back(
            {.code = ErrorCode::bad_record, .message = std::move(message), .where = where});
    }

    static std::vector<std::string> path_of(const Peak& peak) {
        return {"peaks", std::string(name_of(peak.unit)),
                formatted("{}_tflop_per_s", name_of(peak.precision))};
    }

    void check_eight_bit_rate() {
        const bool bound = device_.vendor == "NVIDIA" && device_.in_data_centre();
        const Peak* narrow = device_.peak(Precision::fp8);
        const Peak* wide = device_.peak(Precision::bf16);
        if (!bound || narrow == nullptr || wide == nullptr) return;
        const double ratio = narrow->rate.value / wide->rate.value;
        if (std::abs(ratio - 2) > 0.04)
            report(path_of(*narrow),
                   formatted("fp8 is {:.3g} x bf16; on NVIDIA data-centre parts dense fp8 is 2 x "
                             "bf16 (is one of them a sparse rate?)",
                             ratio));
    }

    void check_sparsity() {
        for (const Peak& peak : device_.peaks)
            if (peak.sparse_multiplier < 1)
                report({"sparse_multiplier"}, "a sparse rate is never below the dense one");
    }

    void check_ridges() {
        constexpr double lowest = 1;
        constexpr double highest = 5000;
        for (const Peak& peak : device_.peaks) {
            const bool narrow = row_of(peak.precision).bytes <= 2;
            if (peak.unit != ComputeUnit::matrix || !narrow) continue;
            const double ridge = (peak.rate.value / device_.bandwidth()).in(flop / byte);
            if (ridge < lowest || ridge > highest)
                report(path_of(peak), formatted("the ridge is {:.4g} FLOP/byte; {:.0f} to {:.0f} "
                                                "is possible (a unit slipped?)",
                                                ridge, lowest, highest));
        }
    }

    void check_capacity() {
        const Memory& dram = device_.dram();
        check_sizes(dram, {"memory", "dram", "reported_bytes"});
        for (const DeviceMode& mode : device_.modes)
            if (mode.capacity) check_sizes(mode, {"modes"});
    }

    // Of the device, or of one of its modes.
    template <typename Sizes>
    void check_sizes(const Sizes& sizes, const std::vector<std::string>& path) {
        const Bytes nominal = sizes.capacity->value;
        const double ratio = sizes.reported ? sizes.reported->value / nominal : 1;
        if (ratio < 0.9 || ratio > 1.1)
            report(path, formatted("reported capacity is {:.3g} of the nominal one; 0.9 to 1.1 is "
                                   "possible",
                                   ratio));
        const Bytes whole = sizes.reported ? sizes.reported->value : 1.1 * nominal;
        if (sizes.usable && sizes.usable->value > whole)
            report(path, "programs are given more than there is");
    }

    void check_accumulation() {
        for (const Peak& peak : device_.peaks)
            if (peak.rate_acc16 && peak.rate_acc16->value < peak.rate.value)
                report(path_of(peak), "FP16 accumulation is never slower than FP32 accumulation");
    }

    void check_modes() {
        std::vector<std::string> known;
        for (const DeviceMode& mode : device_.modes) {
            const std::string key = name_key(mode.name);
            if (std::ranges::find(known, key) != known.end())
                report({"modes"}, formatted("two modes are called '{}'", mode.name));
            known.push_back(key);
        }
    }

    void check_lacks() {
        for (const std::string& name : device_.lacks) {
            const auto precision = find_precision(name);
            if (!precision)
                report({"lacks"}, formatted("unknown precision '{}'", name));
            else if (const Peak* peak = device_.peak(*precision);
                     peak != nullptr && peak->unit == ComputeUnit::matrix)
                report({"lacks"}, formatted("'{}' has a matrix rate above", name));
        }
    }

    const Device& device_;
    const JsonDocument& document_;
    std::vector<Fault> faults_;
};

using Owners = std::map<std::string, std::string, std::less<>>;

// The document is valid: id and name are texts, aliases an array of them.
void claim_names(const JsonDocument& document, const std::string& schema, Owners& owners,
                 std::vector<Fault>& faults) {
    const std::string& id = *document.root.find("id")->text();
    const auto claim = [&](const JsonValue& name, const std::string& pointer) {
        const auto [known, fresh] = owners.try_emplace(schema + name_key(*name.text()), id);
        if (fresh || known->second == id) return;
        Location where = locate(document.source, name.offset);
        where.pointer = pointer;
        where.snippet.clear();
        faults.push_back(
            {.code = ErrorCode::bad_record,
             .message = formatted("'{}' is a name of {} already", *name.text(), known->second),
             .where = std::move(where)});
    };
    claim(*document.root.find("id"), "/id");
    claim(*document.root.find("name"), "/name");
    const JsonValue* aliases = document.root.find("aliases");
    if (aliases == nullptr || aliases->array() == nullptr) return;
    for (std::size_t i = 0; i < aliases->array()->size(); ++i)
        claim((*aliases->array())[i], formatted("/aliases/{}", i));
}

// A price of a device that nobody can ask for is a slip of the pen.
template <typename Row>
void check_priced_devices(const JsonDocument& document, std::string_view list,
                          const std::vector<Row>& rows, const Owners& owners,
                          std::vector<Fault>& faults) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const std::string& device = rows[i].device;
        const bool built_in = !embedded_text("devices/" + device + ".json").empty() ||
                              owners.contains(std::string(device_schema) + name_key(device));
        if (built_in) continue;
        const JsonValue& row = (*document.root.find(list)->array())[i];
        Location where = locate(document.source, row.find("device")->offset);
        where.pointer = formatted("/{}/{}/device", list, i);
        where.snippet.clear();
        faults.push_back({.code = ErrorCode::bad_record,
                          .message = formatted("'{}' is no device's id", device),
                          .hint = "all ids:",
                          .where = std::move(where),
                          .next = "hw list"});
    }
}

void check_priced_devices(const JsonDocument& document, const Owners& owners,
                          std::vector<Fault>& faults) {
    const PriceRows rows = read_prices(document);
    check_priced_devices(document, "rental", rows.rental, owners, faults);
    check_priced_devices(document, "purchase", rows.purchase, owners, faults);
}

}  // namespace

std::vector<Fault> broken_invariants(const Device& device, const JsonDocument& document) {
    return DeviceCheck(device, document).run();
}

std::string schema_of(const JsonDocument& document) {
    JsonObject record(document);
    std::string schema = record.text("schema");
    const std::vector<std::string_view> known{device_schema,     model_schema,  prices_schema,
                                              efficiency_schema, biases_schema, engine_schema,
                                              kernels_schema};
    for (const std::string_view name : known)
        if (schema == name) return schema;
    record.fail("schema", formatted("unknown schema '{}'", schema),
                formatted("it is {}", join_words({known.begin(), known.end()}, "or")));
}

std::vector<Fault> CatalogCheck::file(const std::string& name, std::string text) {
    try {
        const JsonDocument document =
            parse_json({.name = name, .text = std::move(text)}, JsonDialect::commented);
        const std::string schema = schema_of(document);
        std::vector<Fault> faults;
        if (schema == device_schema)
            faults = broken_invariants(read_device(document), document);
        else if (schema == model_schema)
            read_model(document);
        else if (schema == efficiency_schema)
            read_efficiency(document);
        else if (schema == biases_schema)
            read_biases(document);
        else if (schema == engine_schema)
            read_engine_file(document);
        else if (schema == kernels_schema)
            check_kernel_efficiencies(document);
        else
            check_priced_devices(document, owners_, faults);
        if (schema == device_schema || schema == model_schema)
            claim_names(document, schema, owners_, faults);
        return faults;
    } catch (const UserError& error) {
        return {error.fault()};
    }
}

std::vector<Fault> CatalogCheck::built_in() {
    std::vector<Fault> faults;
    for (const std::string_view path : embedded_paths()) {
        const auto found = file(std::string(path), std::string(embedded_text(path)));
        faults.insert(faults.end(), found.begin(), found.end());
    }
    return faults;
}

}  // namespace roofline
