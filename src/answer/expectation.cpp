#include "expectation.hpp"

#include "catalog/known_bias.hpp"
#include "text/formatted.hpp"

namespace roofline {
namespace {

std::vector<std::string> biases_of(const Evaluation& evaluation) {
    if (evaluation.measured) return {};
    const Deployment& d = evaluation.deployment;
    return known_biases(d.engine->program, *d.device);
}

std::string factors(const ErrorBand& band) {
    return formatted("{:.2g} to {:.2g} times", band.low, band.high);
}

Record band_record(const ErrorBand& band) {
    return Record().add("low", band.low).add("high", band.high);
}

}  // namespace

std::string expectation_words(const Evaluation& evaluation) {
    const BandRow& band = evaluation.band();
    std::string words = formatted("each token {}, first token {}", factors(band.time_per_token),
                                  factors(band.time_to_first_token));
    if (evaluation.measured) return words + ", in eight of ten measured runs";
    words = formatted("not measured: {}, the widest band there is", words);
    for (const std::string& bias : biases_of(evaluation)) words += "; " + bias;
    return words;
}

Record expectation_record(const Evaluation& evaluation) {
    const BandRow& band = evaluation.band();
    List biases;
    for (const std::string& bias : biases_of(evaluation)) biases.emplace_back(bias);
    return Record()
        .add("measured", evaluation.measured)
        .add("tpot", band_record(band.time_per_token))
        .add("ttft", band_record(band.time_to_first_token))
        .add("tokens_per_s", band_record(band.output))
        .add("known_biases", std::move(biases));
}

AssumptionNote measured_note() {
    return {"measured", "what is expected rests on measured runs", "where measured is yes",
            "else nothing like it was measured: the widest band there is; estimate shows both"};
}

}  // namespace roofline
