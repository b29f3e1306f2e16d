#include "evaluate/standing_words.hpp"

#include "catch.hpp"
#include "deployed.hpp"

namespace standing_words_test {

using namespace roofline;

namespace {

// 60 GiB of weights and 9 of the server's own of 72: a room of 3.
MemoryLedger ledger(double need, double cache = 0) {
    return {.reported = 80 * gibibyte,
            .usable = 72 * gibibyte,
            .weights = 60 * gibibyte,
            .working = 8 * gibibyte,
            .other = 1 * gibibyte,
            .need = need * gibibyte,
            .spread = 0.6 * gibibyte,
            .cache = cache * gibibyte,
            .longest = 16000};
}

Deployment asked(const std::string& more = "") {
    return prepare(deployed("llama-3.1-8b@h100-sxm" + more)).deployment;
}

}  // namespace

TEST_CASE(
    "memory in GiB as engines log it: two digits below ten, one above, of less than none too") {
    CHECK(gibibytes(64.38 * gibibyte) == "64.4 GiB");
    CHECK(gibibytes(9.99 * gibibyte) == "9.99 GiB");
    CHECK(gibibytes(9.996 * gibibyte) == "10.0 GiB");
    CHECK(gibibytes(-0.64 * gibibyte) == "-0.64 GiB");
    CHECK(gibibytes(-12.34 * gibibyte) == "-12.3 GiB");
    CHECK(gibibytes(Bytes()) == "0.00 GiB");
}

TEST_CASE("60 and 21 GiB are more than 80, whatever the engine: it cannot fit") {
    CHECK(misfit_words(asked(), ledger(21)) ==
          "cannot fit: 60.0 GiB of weights and 21.0 GiB for a request of 16,000 tokens are more "
          "than the 80.0 GiB");
    CHECK(misfit_words(asked("x2 tp=2"), ledger(21)).ends_with("than the 80.0 GiB of each GPU"));
}

TEST_CASE(
    "3 GiB of room for a request of 5 do not start, and the engine is named as it was asked") {
    CHECK(
        misfit_words(asked(" engine=vllm@0.11"), ledger(5)) ==
        "does not start with vllm@0.11: of the 72.0 GiB that it may use 60.0 GiB are weights and "
        "9.00 GiB its own, so the room is 3.00 GiB, and a request of 16,000 tokens needs 5.00 GiB");
}

TEST_CASE("what starts and has too many sequences does not fit: 32 need 4 GiB of a room of 3") {
    CHECK(misfit_words(asked(" batch=32 isl=4096 osl=256 context=4200"), ledger(1, 4)) ==
          "does not fit: 32 sequences of 4,200 tokens need 4.00 GiB, and the room is 3.00 GiB");
}

TEST_CASE("3 GiB of room, known to 0.6, may not do for a request of 2.5") {
    CHECK(doubt_words(asked(), ledger(2.5)) ==
          "may not start with vllm: a request of 16,000 tokens needs 2.50 GiB of a room of 3.00 "
          "GiB, give or take 0.60 GiB");
}

TEST_CASE("of requests in flight it is said how many they are, and of an encoder what it reads") {
    const Deployment served =
        complete_service(deployed("llama-3.1-8b@h100-sxm concurrency=32 isl=4096 osl=256"));
    CHECK_NOTHROW(misfit_words(served, ledger(1, 4)));
    const Deployment encoder = prepare(deployed("siglip-so400m-patch14-384@h100-sxm")).deployment;
    CHECK(misfit_words(encoder, ledger(5)).starts_with("does not start with vllm: "));
    CHECK(doubt_words(encoder, ledger(2.5)).starts_with("may not start with vllm: "));
}

}  // namespace standing_words_test
