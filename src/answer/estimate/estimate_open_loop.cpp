#include "estimate_open_loop.hpp"

#include "report/humanize.hpp"
#include "text/formatted.hpp"

namespace roofline {

std::string open_words(const OpenLoop& open) {
    return formatted(". {} requests/s are {} of what it can keep up with",
                     humanize_number(open.rate), humanize_percent(open.utilization));
}

Record open_loop_record(const OpenLoop& open) {
    Record record;
    record.add("rate_per_s", open.rate)
        .add("capacity_per_s", open.capacity)
        .add("utilization", open.utilization)
        .add("concurrency", open.keeps_up() ? Value(open.concurrency) : Value());
    for (const Percentile& percentile : open.percentiles) {
        const std::string name = formatted("p{}", humanize_number(100 * percentile.share));
        if (open.keeps_up())
            record.add("ttft_" + name, percentile.time_to_first_token)
                .add("e2e_" + name, percentile.end_to_end);
    }
    return record;
}

Table percentile_table(const OpenLoop& open) {
    std::vector<Row> rows;
    for (const Percentile& percentile : open.percentiles)
        rows.push_back({formatted("{} of requests", humanize_percent(percentile.share)),
                        Measure(percentile.time_to_first_token), Measure(percentile.end_to_end)});
    return {.title = "",
            .columns = {{"within", "share"}, {"first token", "ttft_s"}, {"whole answer", "e2e_s"}},
            .next = rows_of(std::move(rows)),
            .notes = {"arrivals at random: the waits of two queues on top of the steady state, not "
                      "measured; lengths at their means, so that only the waits spread"}};
}

}  // namespace roofline
