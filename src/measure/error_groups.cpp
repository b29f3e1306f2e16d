#include "error_groups.hpp"

#include "text/formatted.hpp"

#include <cstdlib>

namespace roofline {
namespace {

// Powers of two: "33-64".
std::string power_bucket(double number) {
    double top = 1;
    while (top < number) top *= 2;
    return top <= 1 ? "1" : formatted("{}-{}", top / 2 + 1, top);
}

std::string load_bucket(const MeasuredRow& row) {
    const Deployment& d = row.deployment;
    return d.batch ? "batch " + power_bucket(*d.batch) : power_bucket(*d.concurrency);
}

constexpr std::array groups{
    RowGroup{row_group_names[0], [](const MeasuredRow& row) { return row.deployment.model->id; }},
    RowGroup{row_group_names[1], [](const MeasuredRow& row) { return row.deployment.device->id; }},
    RowGroup{row_group_names[2],
             [](const MeasuredRow& row) {
                 return std::string(
                     name_of(row.deployment.engine.value_or(EngineChoice()).program));
             }},
    RowGroup{row_group_names[3], load_bucket},
    RowGroup{row_group_names[4], [](const MeasuredRow& row) { return row.group; }},
};

}  // namespace

std::size_t ErrorSets::compared() const {
    std::size_t sum = 0;
    for (const std::vector<double>& errors : by_figure) sum += errors.size();
    return sum;
}

void ErrorSets::add(const RowErrors& errors) {
    for (std::size_t i = 0; i < by_figure.size(); ++i)
        if (const auto& error = errors.*compared_figures[i].error) by_figure[i].push_back(*error);
}

std::span<const RowGroup> row_groups() { return groups; }

bool ByNumber::operator()(const std::string& a, const std::string& b) const {
    const double left = std::atof(a.c_str());   // NOLINT(cert-err34-c): 0 where there is none
    const double right = std::atof(b.c_str());  // NOLINT(cert-err34-c)
    return left != right ? left < right : a < b;
}

ErrorsBy errors_by(const Validation& validation, const std::vector<const RowGroup*>& by) {
    ErrorsBy errors{.all = {}, .groups = std::vector<GroupedErrors>(by.size())};
    for (const ValidatedRow& validated : validation.rows) {
        const RowErrors one = errors_of(validated);
        errors.all.add(one);
        if (!validated.row.skip.empty()) continue;
        for (std::size_t i = 0; i < by.size(); ++i) {
            const std::string name = by[i]->of(validated.row);
            if (!name.empty()) errors.groups[i][name].add(one);
        }
    }
    return errors;
}

}  // namespace roofline
