// What must hold of every ledger, tried on a few hundred deployments drawn with a fixed seed.
#include "roofline/error/user_error.hpp"
#include "roofline/evaluate/outcome.hpp"

#include "catch.hpp"
#include "draw.hpp"

namespace memory_properties_test {

using namespace roofline;

namespace {

constexpr int draws = 600;
constexpr double slack = 1e-12;

Deployment drawn_server(Draw& draw) {
    static const std::vector<std::string> engines{
        "vllm",   "vllm@0.7",   "vllm@0.10", "vllm@0.18", "vllm/native", "sglang",
        "trtllm", "sglang@0.4", "llama.cpp", "generic",   "llama.cpp@b1"};
    Deployment d = draw.deployment();
    d.engine = *find_engine(draw.pick(engines), "engine");
    d.weights = draw.pick(std::vector{WeightFormat::fp8, WeightFormat::int4, WeightFormat::bf16});
    d.isl = draw.number(1, 8000);
    d.osl = draw.number(1, 400);
    if (draw.flip() && draw.flip()) d.pipeline_parallel = 2;
    if (draw.flip()) d.max_num_seqs = draw.number(1, 2000);
    if (draw.flip()) d.prefill_chunk = draw.number(64, 20000);
    if (draw.flip()) d.mem_share = draw.number(10, 90) / 100;
    return d;
}

/// Calls with each that can be.
template <typename Look>
int look_at(Look look) {
    Draw draw;
    int seen = 0;
    for (int i = 0; i < draws; ++i) {
        const Deployment asked = drawn_server(draw);
        try {
            const Prepared prepared = prepare(asked);
            INFO(asked.model->id << " on " << asked.device->id << " with "
                                 << name_of(*asked.engine));
            look(draw, prepared);
            ++seen;
        } catch (const UserError&) {
            continue;
        }
    }
    return seen;
}

MemoryLedger ledger_of(Deployment d) { return memory_of(prepare(d)); }

bool no_smaller(Bytes after, Bytes before, Bytes scale) { return after >= before - slack * scale; }

}  // namespace

TEST_CASE("what is used is the sum of the terms, and the room is what they leave of the usable") {
    const int seen = look_at([](Draw& draw, const Prepared& prepared) {
        const MemoryLedger m = memory_of(prepared, draw.number(1, 500), draw.number(1, 9000));
        const auto close = WithinRel(m.reported.in(byte), 1e-12);
        CHECK_THAT((m.reported + (m.used() - m.weights - m.cache - m.working - m.other - m.graphs))
                       .in(byte),
                   close);
        CHECK_THAT(
            (m.reported + (m.room() - (m.usable - m.weights - m.working - m.other - m.graphs)))
                .in(byte),
            close);
        CHECK(m.usable <= m.reported * (1 + slack));
        CHECK(m.spread >= Bytes());
        CHECK((m.starts() == Starts::no || m.granted() >= m.need));
        CHECK((m.missing() == Bytes()) == m.fits());
    });
    CHECK(seen > 300);
}

TEST_CASE("a larger share never makes the room smaller") {
    look_at([](Draw&, const Prepared& prepared) {
        Deployment d = prepared.deployment;
        if (prepared.server.rule == MemoryRule::whole) return;  // which takes no share
        const MemoryLedger before = memory_of(prepared);
        d.mem_share = std::min(1.0, before.share + 0.05);
        CHECK(no_smaller(ledger_of(d).room(), before.room(), before.reported));
    });
}

TEST_CASE("fewer sequences, no graphs or fewer tokens of a step never make the room smaller") {
    look_at([](Draw& draw, const Prepared& prepared) {
        const MemoryLedger before = memory_of(prepared);
        Deployment fewer = prepared.deployment;
        fewer.max_num_seqs = std::max(1.0, std::floor(before.sequences.value_or(64) / 2));
        CHECK(no_smaller(ledger_of(fewer).room(), before.room(), before.reported));
        Deployment eager = prepared.deployment;
        eager.eager = true;
        CHECK(no_smaller(ledger_of(eager).room(), before.room(), before.reported));
        Deployment shorter = prepared.deployment;
        shorter.prefill_chunk = std::max(1.0, before.step_tokens - draw.number(1, 4000));
        CHECK(no_smaller(ledger_of(shorter).room(), before.room(), before.reported));
    });
}

TEST_CASE("more sequences, longer ones or a longer longest never make the room larger") {
    look_at([](Draw& draw, const Prepared& prepared) {
        const double batch = draw.number(1, 800);
        const double tokens = draw.number(1, 8000);
        const MemoryLedger before = memory_of(prepared, batch, tokens);
        const MemoryLedger more = memory_of(prepared, batch + draw.number(1, 800), tokens);
        const MemoryLedger longer = memory_of(prepared, batch, tokens + draw.number(1, 8000));
        CHECK(more.used() >= before.used());
        CHECK(more.room() <= before.room());
        CHECK(longer.used() >= before.used());
        CHECK(longer.room() == before.room());
        CHECK((before.fits() || !more.fits()));
        CHECK((before.fits() || !longer.fits()));
        const Held held{.sequences = batch, .tokens = tokens, .longest = before.longest + 5000};
        const MemoryLedger later = memory_of(prepared.server, prepared.workload, held);
        CHECK(later.room() <= before.room());
        CHECK(later.need >= before.need);
    });
}

TEST_CASE(
    "the largest batch fits and one more of each rank does not, unless a limit is in the way") {
    look_at([](Draw& draw, const Prepared& prepared) {
        const MemoryLedger m = memory_of(prepared);
        const double ranks = prepared.workload.layout.data;
        const double tokens = draw.number(1, m.longest + 1);
        const double most = *largest_batch(prepared.workload, m, tokens);
        if (most > 0) CHECK(memory_of(prepared, most, tokens).fits());
        if (most < m.sequences.value_or(1e15) * ranks)
            CHECK_FALSE(memory_of(prepared, most + ranks, tokens).fits());
        CHECK(*largest_batch(prepared.workload, m, tokens + 1000) <= most);
    });
}

TEST_CASE(
    "the longest context fits, one page more does not, and it gets no longer with the batch") {
    look_at([](Draw& draw, const Prepared& prepared) {
        const double batch = draw.number(1, 200);
        const MemoryLedger m = memory_of(prepared, batch, 1);
        constexpr double limit = 1e6;
        const double most = *largest_context(prepared.workload, m, batch, limit);
        if (m.starts() != Starts::no && most > 0) CHECK(memory_of(prepared, batch, most).fits());
        if (most < limit) CHECK_FALSE(memory_of(prepared, batch, most + 1).fits());
        CHECK(*largest_context(prepared.workload, m, batch + 50, limit) <= most);
    });
}

}  // namespace memory_properties_test
