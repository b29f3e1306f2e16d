#include "roofline/gate/reports.hpp"

#include "roofline/report/humanize.hpp"

namespace roofline {

std::string words_of(const Measure& measure, int digits) {
    return measure.dimension == dimension::none ? humanize_number(measure.value, digits)
                                                : humanize(measure, digits);
}

std::string sentence_of(const Check& check) {
    std::string text = check.target + " " + check.metric + ": " + check.why;
    const bool broken = check.status == CheckStatus::fail || check.status == CheckStatus::warn;
    if (broken && !check.message.empty()) text += ". " + check.message;
    return text;
}

}  // namespace roofline
