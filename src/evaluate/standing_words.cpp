#include "standing_words.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::string request_words(const MemoryLedger& memory) {
    return formatted("a request of {} tokens", humanize_number(memory.longest));
}

std::string each(const Deployment& d) { return *d.gpus > 1 ? " of each GPU" : ""; }

}  // namespace

std::string gibibytes(Bytes bytes) {
    const double amount = bytes.in(gibibyte);
    return formatted("{:.{}f} GiB", amount, amount < 9.995 && amount > -9.995 ? 2 : 1);
}

std::string misfit_words(const Deployment& d, const MemoryLedger& memory) {
    if (!memory.can_fit())
        return formatted("cannot fit: {} of weights and {} for {} are more than the {}{}",
                         gibibytes(memory.weights), gibibytes(memory.need), request_words(memory),
                         gibibytes(memory.reported), each(d));
    if (memory.starts() == Starts::no)
        return formatted(
            "does not start with {}: of the {} that it may use {} are weights and {} its own, so "
            "the room is {}, and {} needs {}",
            name_of(*d.engine), gibibytes(memory.usable), gibibytes(memory.weights),
            gibibytes(memory.reserve()), gibibytes(memory.room()), request_words(memory),
            gibibytes(memory.need));
    const bool sure = memory.starts() == Starts::yes;
    return formatted("does not fit: {} of {} tokens need {}, and {} {}",
                     *d.batch == 1 ? "one sequence" : humanize_number(*d.batch) + " sequences",
                     humanize_number(*d.context), gibibytes(memory.cache),
                     sure ? "the room is" : "what is sure of the room is",
                     gibibytes(memory.granted()));
}

std::string queue_words(double waiting, double requests) {
    if (waiting <= 0) return {};
    return formatted("{} of {} requests wait for a place", humanize_number(waiting),
                     humanize_number(requests));
}

std::string queue_words(const Evaluation& evaluation) {
    std::string words = queue_words(evaluation.waiting(), evaluation.requests());
    const auto& most = evaluation.memory.sequences;
    if (words.empty()) return words;
    const bool by_number =
        most && evaluation.service().state.capacity >= *most * *evaluation.deployment.data_parallel;
    return words + (by_number ? formatted(": the server takes {} at once (max-num-seqs)", *most)
                              : std::string(" in the cache"));
}

std::string doubt_words(const Deployment& d, const MemoryLedger& memory) {
    return formatted("may not start with {}: {} needs {} of a room of {}, give or take {}",
                     name_of(*d.engine), request_words(memory), gibibytes(memory.need),
                     gibibytes(memory.room()), gibibytes(memory.spread));
}

std::string silence_words(const Evaluation& evaluation, Basis basis) {
    if (evaluation.standing == Standing::does_not_fit)
        return misfit_words(evaluation.deployment, evaluation.memory);
    if (evaluation.standing == Standing::overloaded)
        return formatted("cannot keep up: {} requests/s is its capacity",
                         humanize_number(evaluation.open->capacity));
    if (stands_on(evaluation, basis)) return {};
    if (evaluation.memory.starts() != Starts::yes)
        return doubt_words(evaluation.deployment, evaluation.memory);
    return formatted("cannot keep up at the bad end of its band: {} requests/s",
                     humanize_number(evaluation.least_capacity));
}

}  // namespace roofline
