#include "roofline/gate/reports.hpp"

namespace roofline {

std::string sentence_of(const Check& check) {
    std::string text = check.target + " " + check.metric + ": " + check.why;
    const bool broken = check.status == CheckStatus::fail || check.status == CheckStatus::warn;
    if (broken && !check.message.empty()) text += ". " + check.message;
    return text;
}

}  // namespace roofline
