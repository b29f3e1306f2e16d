#include "plot_roofline.hpp"

#include "answer/deployment/bound_reason.hpp"
#include "answer/deployment/calibration_note.hpp"
#include "answer/deployment/deployment_assumptions.hpp"
#include "cli/line/deployment_flags.hpp"
#include "error/choice.hpp"
#include "report/humanize.hpp"
#include "roofline_chart.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

constexpr std::array<std::string_view, 3> kind_names{"decode", "prefill", "op"};

std::vector<PointKind> kinds_from(const Arguments& arguments) {
    std::vector<PointKind> kinds;
    const std::string list = arguments.text("points").value_or("decode,prefill");
    for (const std::string& name : split_list(list, "--points"))
        kinds.push_back(
            static_cast<PointKind>(choice(name, "--points", "kind of point", kind_names)));
    return kinds;
}

Basis basis_from(const Arguments& arguments) {
    constexpr std::array<std::string_view, 2> names{"bound", "expected"};
    const std::string text = arguments.text("basis").value_or("expected");
    return static_cast<Basis>(choice(text, "--basis", "basis of a picture", names));
}

std::string fallen_words(const PlottedScenario& plotted) {
    return formatted("'{}' {}", plotted.scenario.name, row_of(plotted.standing).words);
}

std::string stand_words(const PlottedScenario& plotted) {
    const PhaseKind kind =
        plotted.outcome.phase(PhaseKind::decode) ? PhaseKind::decode : PhaseKind::prefill;
    const PhaseOutcome& phase = *plotted.outcome.phase(kind);
    return formatted("{} is {}-bound: {}", name_of(kind), name_of(phase.time.bound()),
                     bound_reason(plotted.prepared, phase, kind));
}

std::string verdict_of(const std::vector<PlottedScenario>& all) {
    const auto fallen = std::ranges::find_if(
        all, [](const PlottedScenario& plotted) { return plotted.standing != Standing::stands; });
    if (fallen != all.end()) return fallen_words(*fallen);
    if (all.size() == 1) return stand_words(all[0]);
    std::vector<std::string> words;
    constexpr std::size_t most_named = 3;
    for (const PlottedScenario& plotted : all)
        if (words.size() < most_named)
            words.push_back(formatted("'{}': {}", plotted.scenario.name, stand_words(plotted)));
    if (all.size() > most_named) words.push_back(formatted("and {} more", all.size() - most_named));
    return joined(words, "; ");
}

Record roof_record(const DeviceRoof& roof) {
    return Record()
        .add("hw", roof.device->id)
        .add("dtype", name_of(roof.ridge.peak->precision))
        .add("peak", roof.ridge.peak->rate.value)
        .add("bandwidth", roof.ridge.memory->bandwidth->value)
        .add("ridge", roof.ridge.intensity());
}

Record point_record(const PlottedScenario& plotted, const RoofPoint& point, const Roof& roof) {
    const double most = roof.height_at(point.intensity().in(flop / byte));
    return Record()
        .add("scenario", plotted.scenario.name)
        .add("point", point.name)
        .add("basis", name_of(point.basis))
        .add("hw", plotted.prepared.deployment.device->id)
        .add("dtype", name_of(point.fastest))
        .add("flops", point.flops)
        .add("bytes", point.bytes)
        .add("time", point.time)
        .add("intensity", point.intensity())
        .add("attained", point.attained())
        .add("bound", name_of(point.bound))
        .add("roof", most * (flop / second))
        .add("share_of_roof", point.attained().in(flop / second) / most);
}

void add_data(const std::vector<PlottedScenario>& all, const Chart& chart, Roofs& roofs,
              Report& report) {
    List scenarios;
    List points;
    for (const PlottedScenario& plotted : all) {
        scenarios.emplace_back(Record()
                                   .add("name", plotted.scenario.name)
                                   .add("inputs", inputs_of(plotted.prepared.deployment)));
        for (const RoofPoint& point : plotted.points) {
            const auto& device = plotted.prepared.deployment.device;
            points.emplace_back(
                point_record(plotted, point, chart.roofs[roofs.index_of(device, point.fastest)]));
        }
    }
    List roof_list;
    for (const DeviceRoof& roof : roofs.all()) roof_list.emplace_back(roof_record(roof));
    report.inputs.add("scenarios", std::move(scenarios));
    report.result.add("title", chart.title)
        .add("roofs", std::move(roof_list))
        .add("points", std::move(points));
}

}  // namespace

Answer plot_roofline(const Arguments& arguments, Session& session) {
    const Basis basis = basis_from(arguments);
    const std::vector<PointKind> kinds = kinds_from(arguments);
    const Calibration calibration = calibration_from(arguments);
    const Knowledge knowledge{.assumptions = session.assumptions, .scales = calibration.scales};
    Report report{.command = "plot"};
    report.inputs.add("basis", name_of(basis));
    std::vector<PlottedScenario> all;
    for (const std::string& text : arguments.positionals())
        all.push_back(plotted(read_scenario(text, session), basis, kinds, knowledge));
    Roofs roofs = roofs_of(all, arguments);
    Chart chart = roofline_chart(all, basis, roofs);
    if (const auto title = arguments.text("title")) chart.title = *title;
    report.verdict = verdict_of(all);
    add_data(all, chart, roofs, report);
    report.blocks.emplace_back(std::move(chart));
    const bool expects = std::ranges::any_of(all, [](const PlottedScenario& one) {
        return std::ranges::count(one.points, Basis::expected, &RoofPoint::basis) > 0;
    });
    if (expects) report.assumptions.push_back(expected_note(all[0].prepared.deployment));
    name_calibration(calibration, all[0].prepared.deployment, report);
    const auto fallen = std::ranges::find_if(
        all, [](const PlottedScenario& one) { return one.standing != Standing::stands; });
    return {.report = std::move(report),
            .status = fallen == all.end() ? Exit::ok : row_of(fallen->standing).exit};
}

}  // namespace roofline::cli
