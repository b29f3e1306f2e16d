#include "judged_comment.hpp"

#include "change_causes.hpp"
#include "check_remedies.hpp"
#include "comment_report.hpp"
#include "comment_words.hpp"

#include <algorithm>

namespace roofline {
namespace {

constexpr std::size_t most_explained = 20;

// A remedy makes it fit; where it does, what keeps the limits says more.
CommentedTarget commented(const EvidencedTarget& target, const Judging& judging, Catalog& catalog) {
    const Knowledge knowledge{.scales = target.calibration.scales};
    CommentedTarget one{.judged = &target.judged};
    one.cause = cause_words(target.judged, knowledge, catalog);
    one.keeping = what_keeps(target.judged, judging, knowledge, catalog);
    const auto misfit = [](const Check& check) { return check.error == ErrorCode::does_not_fit; };
    if (std::ranges::any_of(target.judged.checks, misfit))
        one.remedy = remedy_of(target.judged, catalog);
    return one;
}

}  // namespace

Report judged_comment(const std::vector<std::string>& budgets,
                      const std::vector<EvidencedTarget>& targets, const Judging& judging,
                      Catalog& catalog) {
    std::vector<CommentedTarget> all;
    std::size_t explained = 0;
    for (const EvidencedTarget& target : targets) {
        const bool broken = std::ranges::any_of(target.judged.checks, is_broken);
        const bool asks = broken || target.judged.baseline != nullptr;
        if (asks && explained < most_explained) {
            ++explained;
            all.push_back(commented(target, judging, catalog));
        } else {
            all.push_back({.judged = &target.judged});
        }
    }
    return comment_report(budgets, all);
}

}  // namespace roofline
