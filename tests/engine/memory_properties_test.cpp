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
        const ServerMemory& server = prepared.server;
        const Bytes cache = m.used() - server.weights - server.other - m.working - m.graphs;
        CHECK_THAT(cache.in(gibibyte), WithinAbs(m.cache.in(gibibyte), 1e-6));
        const bool capped = m.usable >= (m.reported - m.kept) * (1 - slack);
        if (server.rule == MemoryRule::profiled && !capped)
            CHECK_THAT(
                (m.room() + server.weights + server.other + m.working + m.graphs).in(gibibyte),
                WithinRel(server.share * server.reported.in(gibibyte), 1e-9));
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
        const double ranks = prepared.workload.layout.data;
        Held held = held_of(prepared);
        held.tokens = draw.number(1, held.longest + 1);
        const double most = *largest_batch(prepared.server, prepared.workload, held);
        if (most > 0) CHECK(memory_of(prepared, most, held.tokens).fits());
        if (!prepared.server.sequences_given || most < *prepared.server.sequences * ranks)
            CHECK_FALSE(memory_of(prepared, most + ranks, held.tokens).fits());
        held.tokens += 1000;
        CHECK(*largest_batch(prepared.server, prepared.workload, held) <= most);
    });
}

TEST_CASE(
    "the longest context, asked for, starts; a page more may not; a batch makes it no longer") {
    look_at([](Draw& draw, const Prepared& prepared) {
        constexpr double limit = 1e6;
        Held held{.sequences = draw.number(1, 200), .tokens = 1, .longest = 1};
        const auto with = [&](double tokens) {
            return memory_of(prepared.server, prepared.workload,
                             {.sequences = held.sequences, .tokens = tokens, .longest = tokens});
        };
        const Starts now = with(1).starts();
        const double most = *largest_context(prepared.server, prepared.workload, held, limit);
        if (most > 0) CHECK((with(most).fits() && with(most).starts() <= now));
        if (most < limit) CHECK_FALSE((with(most + 16).fits() && with(most + 16).starts() <= now));
        held.sequences += 50;
        CHECK(*largest_context(prepared.server, prepared.workload, held, limit) <= most);
    });
}

}  // namespace memory_properties_test
