#include "roofline/measure/measured_rows.hpp"

#include "roofline/catalog/engine_era.hpp"

#include "input/csv.hpp"
#include "sources.hpp"
#include "text/formatted.hpp"

#include <cmath>

namespace roofline {
namespace {

constexpr Seconds ms = millisecond;

std::optional<double> whole(const CsvTable& table, std::string_view column) {
    const auto number = table.number(column);
    if (number && (*number < 1 || *number != std::floor(*number)))
        table.fail(formatted("{}: {} is no whole number from 1 up", column, *number));
    return number;
}

std::optional<double> above_zero(const CsvTable& table, std::string_view column) {
    const auto number = table.number(column);
    if (number && *number <= 0) table.fail(formatted("{} must be above 0, found 0", column));
    return number;
}

std::optional<Precision> cache_format(const CsvTable& table) {
    const auto bytes = table.number("kv_bytes");
    if (!bytes) return std::nullopt;
    if (*bytes == 1) return Precision::fp8;
    if (*bytes == 2) return Precision::bf16;
    table.fail(formatted("kv_bytes: {} is neither 1 nor 2", *bytes));
}

void read_numbers(const CsvTable& table, MeasuredRow& row) {
    Deployment& d = row.deployment;
    d.gpus = whole(table, "gpus");
    d.tensor_parallel = whole(table, "tp");
    d.pipeline_parallel = whole(table, "pp");
    d.data_parallel = whole(table, "dp");
    d.expert_parallel = whole(table, "ep");
    d.concurrency = above_zero(table, "concurrency");
    d.batch = whole(table, "batch");
    d.isl = above_zero(table, "input_tokens");
    d.osl = above_zero(table, "output_tokens");
    d.poll_steps = whole(table, "poll_steps");
    d.stream_interval = whole(table, "stream_interval");
    d.waves = above_zero(table, "waves");
    d.kv_cache = cache_format(table);
    if (const auto equal = table.number("equal_lengths"))
        d.lengths = *equal == 0 ? Lengths::varied : Lengths::equal;
    if (const auto lockstep = table.number("lockstep")) d.lockstep = *lockstep != 0;
    if (const auto ttft = table.number("ttft_ms")) row.time_to_first_token = *ttft * ms;
    if (const auto tpot = table.number("tpot_ms")) row.time_per_token = *tpot * ms;
    if (const auto whole = table.number("e2e_ms")) row.end_to_end = *whole * ms;
    if (const auto rate = above_zero(table, "output_tokens_per_s"))
        row.output = *rate * token / second;
    row.first_token_usable = table.number("ttft_usable").value_or(1) != 0;
}

std::string month_of(std::string_view date) {
    return std::string(date.substr(0, std::string_view("2026-11").size()));
}

// In the release that is named, else in that of the day; the newest where neither says one.
EngineChoice engine_of(std::string_view engine, const CsvTable& table) {
    const auto version = table.text("engine_version");
    const auto date = table.text("date");
    std::vector<std::string> versions;
    if (version) versions.emplace_back(*version);
    if (date) versions.push_back(month_of(*date));
    EngineChoice choice = *find_engine(engine, "engine");
    for (const std::string& one : versions) try {
            choice = *find_engine(formatted("{}@{}", engine, one), "engine_version");
            break;
        } catch (const UserError&) {
            continue;  // a build that has no number
        }
    if (date && is_month(month_of(*date))) choice.released = month_of(*date);
    return choice;
}

void read_names(const CsvTable& table, Catalog& catalog, MeasuredRow& row) {
    Deployment& d = row.deployment;
    if (const auto format = table.text("weights")) {
        d.weights = find_weight_format(*format);
        if (!d.weights) row.skip = formatted("weight format '{}' is not known", *format);
    }
    if (const auto precision = table.text("dtype")) {
        d.compute = find_precision(*precision);
        if (!d.compute) row.skip = formatted("precision '{}' is not known", *precision);
    }
    if (const auto engine = table.text("engine")) {
        if (find_serving_engine(*engine))
            d.engine = engine_of(*engine, table);
        else
            row.skip = formatted("engine '{}' is not known", *engine);
    }
    try {
        d.model = catalog.model(row.model);
        d.device = catalog.device(row.device);
    } catch (const UserError& error) {
        row.skip = error.fault().message;
    }
    if (d.concurrency && d.batch)
        row.skip = "concurrency and batch are two loads";
    else if ((!d.concurrency && !d.batch) || !d.isl || !d.osl)
        row.skip = "concurrency, input_tokens or output_tokens is unknown";
}

}  // namespace

std::vector<std::string> read_measured_rows(Source source, Catalog& catalog,
                                            const std::function<void(MeasuredRow)>& take) {
    CsvTable table(std::move(source));
    table.require_columns({"hardware", "model", "concurrency", "input_tokens", "output_tokens"});
    while (table.next()) {
        MeasuredRow row{.line = table.line()};
        row.id = table.text("id").value_or(std::to_string(row.line));
        row.group = table.text("group").value_or("");
        row.flag = table.text("flag").value_or("");
        row.model = table.text("model").value_or("");
        row.device = table.text("hardware").value_or("");
        read_numbers(table, row);
        read_names(table, catalog, row);
        for (const std::string_view known : {"engine_version", "date", "source"})
            table.text(known);  // read without an engine too
        take(std::move(row));
    }
    return table.unread_columns();
}

}  // namespace roofline
