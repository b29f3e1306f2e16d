#include "roofline/engine/memory.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"

namespace memory_test {

using namespace roofline;

namespace {

struct Asked {
    Workload workload;
    MemoryLedger ledger;
};

Asked ask(std::string_view model, std::string_view device, double batch, double context) {
    Catalog catalog;
    const Deployment d =
        complete({.model = catalog.model(model), .device = catalog.device(device)});
    Asked asked{.workload = lower(d), .ledger = {}};
    asked.ledger = memory_of(asked.workload, *d.device, batch, context, {});
    return asked;
}

}  // namespace

TEST_CASE("70B in bf16 is 67.5 GB short on one H100: 141.1 + 1.34 + 1.5 against 0.9 x 84.94") {
    const MemoryLedger ledger = ask("llama-3.1-70b", "h100", 1, 4096).ledger;
    CHECK_FALSE(ledger.fits());
    CHECK_THAT(ledger.missing().in(gigabyte), WithinAbs(67.50, 0.01));
    CHECK_THAT(ledger.usable.in(byte), WithinRel(0.9 * 84942979072.0, 1e-15));
}

TEST_CASE("the largest batch fits and one more does not") {
    const Asked asked = ask("llama-3.1-8b", "h100", 1, 4096);
    const double batch = *largest_batch(asked.workload, asked.ledger, 4096);
    CHECK(batch == 109);
    CHECK(ask("llama-3.1-8b", "h100", batch, 4096).ledger.fits());
    CHECK_FALSE(ask("llama-3.1-8b", "h100", batch + 1, 4096).ledger.fits());
}

TEST_CASE("the longest context fits and one more token does not") {
    const Asked asked = ask("llama-3.1-8b", "h100", 32, 4096);
    const double context = *largest_context(asked.workload, asked.ledger, 32, 131072);
    CHECK(ask("llama-3.1-8b", "h100", 32, context).ledger.fits());
    CHECK_FALSE(ask("llama-3.1-8b", "h100", 32, context + 1).ledger.fits());
    CHECK(largest_context(asked.workload, asked.ledger, 1, 1000) == 1000);
}

TEST_CASE("what keeps nothing has no largest batch") {
    const Asked asked = ask("siglip-so400m", "h100", 1, 729);
    CHECK_FALSE(largest_batch(asked.workload, asked.ledger, 729));
    CHECK(asked.ledger.cache == Bytes());
}

}  // namespace memory_test
