#include "expected_report.hpp"

#include "cli/line/deployment_flags.hpp"
#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline::cli {

std::optional<ServingEngine> engine_from(const Arguments& arguments) {
    const auto name = arguments.text("engine");
    return name ? std::optional(parse_engine(*name, "--engine")) : std::nullopt;
}

std::string losses_of(const RoofShares& roof) {
    if (roof.compute == 0)
        return formatted("share of bandwidth {}, {} fixed", roof.memory, humanize(roof.fixed));
    return formatted("shares of peak and bandwidth {} and {}, {} fixed", roof.compute, roof.memory,
                     humanize(roof.fixed));
}

std::string evidence_words(const ExpectedKernel& expected) {
    const KernelEvidence& e = expected.evidence;
    if (e.device.empty())
        return formatted("not measured on this device: the usual of others, {} to {} off",
                         humanize_percent(e.least_error), humanize_percent(e.most_error));
    const std::string library =
        e.engine ? formatted("{} {}", name_of(*e.engine), e.version) : "NCCL " + e.version;
    return formatted("{} measured {} of {} on {}, off by {} in the median",
                     humanize_number(e.points), expected.what, library, e.device,
                     humanize_percent(e.median_error));
}

Record evidence_record(const ExpectedKernel& expected) {
    const KernelEvidence& e = expected.evidence;
    const auto text = [](const std::string& words) {
        return words.empty() ? Value() : Value(words);
    };
    const auto number = [](double value) { return value > 0 ? Value(value) : Value(); };
    return Record()
        .add("device", text(e.device))
        .add("engine", e.engine ? Value(name_of(*e.engine)) : Value())
        .add("version", text(e.version))
        .add("kernel", text(e.kernel))
        .add("what", expected.what)
        .add("points", number(e.points))
        .add("median_error", number(e.median_error))
        .add("least_error", number(e.least_error))
        .add("most_error", number(e.most_error));
}

Expectation expected_of(const Placed& placed, std::optional<Seconds> time, ExpectedKernel rest) {
    if (!time) return {.kernel = {}, .why_not = "the device lacks the arithmetic"};
    rest.time = std::max(*time, placed.bound_time());
    return {.kernel = std::move(rest), .why_not = {}};
}

void add_expected(const Expectation& expectation, Report& report) {
    const auto& expected = expectation.kernel;
    report.result.add("expected", expected ? std::optional(expected->time) : std::nullopt);
    if (!expected) {
        report.blocks.emplace_back(Text{{"Expected: unknown; " + expectation.why_not}});
        return;
    }
    report.result.add("evidence", evidence_record(*expected));
    report.verdict += formatted("; expected {}", humanize(expected->time));
    report.blocks.emplace_back(Text{
        {formatted("Expected: {} ({})", humanize(expected->time, 4), evidence_words(*expected))}});
    report.assumptions.push_back({.id = "efficiency",
                                  .text = "expected: what the kernel loses",
                                  .value = expected->losses,
                                  .source = expected->source});
}

}  // namespace roofline::cli
