#include "expected_report.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

struct Losses {
    std::string operator()(const RoofShares& roof) const {
        if (roof.compute == 0)
            return formatted("share of bandwidth {}, {} fixed", roof.memory, humanize(roof.fixed));
        return formatted("shares of peak and bandwidth {} and {}, {} fixed", roof.compute,
                         roof.memory, humanize(roof.fixed));
    }
    std::string operator()(const LinkShare& link) const {
        return formatted("share of the link {}", link.share);
    }
};

}  // namespace

std::string losses_words(const ExpectedKernel& expected) {
    const std::string words = std::visit(Losses{}, expected.losses);
    return expected.kernel.empty() ? words : formatted("{}; kernel {}", words, expected.kernel);
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

Report with_expected(Report report, const Expectation& expectation) {
    const auto& expected = expectation.kernel;
    report.result.add("expected", expected ? std::optional(expected->time) : std::nullopt);
    if (!expected) {
        report.blocks.emplace_back(Text{{"Expected: unknown; " + expectation.why_not}});
        return report;
    }
    report.result.add("evidence", evidence_record(*expected));
    report.verdict += formatted("; expected {}", humanize(expected->time));
    report.blocks.emplace_back(Text{
        {formatted("Expected: {} ({})", humanize(expected->time, 4), evidence_words(*expected))}});
    report.assumptions.push_back({.id = "efficiency",
                                  .text = "expected: what the kernel loses",
                                  .value = losses_words(*expected),
                                  .source = expected->source});
    return report;
}

}  // namespace roofline
