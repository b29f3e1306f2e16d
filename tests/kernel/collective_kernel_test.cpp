#include "kernel/collective_kernel.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"

namespace collective_kernel_test {

using namespace roofline;

namespace {

// Of 18 MB. Requests name links of devices that the catalog keeps.
CollectiveRequest asked(Collective operation, double devices, std::string_view name) {
    static Catalog catalog;
    return collective_request(operation, 18e6 * byte, devices, *catalog.device(name));
}

std::vector<ExpectedKernel> expected(Collective operation, double devices, std::string_view name,
                                     std::optional<ServingEngine> engine = {}) {
    static Catalog catalog;
    const auto device = catalog.device(name);
    return expected_collectives(collective_request(operation, 18e6 * byte, devices, *device),
                                *device, engine);
}

}  // namespace

TEST_CASE(
    "8 of one switch send 2 x 7/8 of 18 MB over 450 GB/s in 70 us, 7/8 of gathered parts; 40 us "
    "where "
    "the switch adds up") {
    const CollectiveRequest sums = asked(Collective::all_reduce, 8, "h100");
    CHECK(sums.joined == 8);
    CHECK(sums.link.name == "NVLink 4 via NVSwitch");
    CHECK_FALSE(sums.network);
    CHECK_THAT(sums.bound().in(microsecond), WithinRel(70, 1e-12));
    CHECK_THAT(sums.least().in(microsecond), WithinRel(40, 1e-12));
    CHECK_THAT(asked(Collective::all_gather, 8, "h100").bound().in(microsecond),
               WithinRel(35, 1e-12));
}

TEST_CASE("16 of two switches: 70 us in each, and 2 x 1/2 of an eighth over 50 GB/s: 45 us more") {
    const CollectiveRequest sums = asked(Collective::all_reduce, 16, "h100");
    CHECK(sums.joined == 8);
    REQUIRE(sums.network);
    CHECK_THAT(sums.network->per_direction.in(gigabyte / second), WithinRel(50, 1e-12));
    CHECK_THAT(sums.traffic().remote.in(byte), WithinRel(2.25e6, 1e-12));
    CHECK_THAT(sums.bound().in(microsecond), WithinRel(115, 1e-12));
    CHECK_THAT(sums.least().in(microsecond), WithinRel(45, 1e-12));
    // With a network as fast as the switch the 18 MB from nearby are the slower part.
    CollectiveRequest fast = sums;
    fast.network->per_direction = 450 * gigabyte / second;
    CHECK_THAT(fast.least().in(microsecond), WithinRel(40, 1e-12));
    CHECK_THAT(fast.bound().in(microsecond), WithinRel(75, 1e-12));
}

TEST_CASE("one device has nobody to talk to, and some have no link to another") {
    const Fault alone = fault_of([] { asked(Collective::all_reduce, 1, "h100"); });
    CHECK(alone.code == ErrorCode::conflicting_arguments);
    CHECK(alone.message == "one h100-sxm has nobody to talk to");
    CHECK(alone.hint == "say how many: `hw h100-sxmx8`");
    const Fault apart = fault_of([] { asked(Collective::all_reduce, 4, "apple-m1"); });
    CHECK(apart.code == ErrorCode::conflicting_arguments);
    CHECK(apart.message == "the catalog knows no link that joins 4 apple-m1");
    CHECK(apart.hint.empty());
    CHECK(apart.next == "hw show apple-m1");
}

TEST_CASE("an all-reduce is expected of NCCL and of the engine's own, others of NCCL alone") {
    const auto sums = expected(Collective::all_reduce, 8, "h100", ServingEngine::vllm);
    REQUIRE(sums.size() == 2);
    CHECK(sums[0].what == "all-reduces among up to 8 devices");
    CHECK(sums[0].evidence.device == "h100-sxm");
    CHECK_FALSE(sums[0].evidence.engine);
    CHECK(sums[1].what == "custom all-reduces among up to 8 devices");
    CHECK(sums[1].evidence.engine == ServingEngine::vllm);
    CHECK(sums[0].source == collective_efficiencies().source);
    CHECK(sums[1].time >= 40 * microsecond);
    // Twice 7/8 of 18 MB take 70 us of the link.
    CHECK(sums[0].time > 70 * microsecond);
    CHECK(std::get<LinkShare>(sums[0].losses).share > 0.5);
    const auto gathered = expected(Collective::all_gather, 8, "h100");
    REQUIRE(gathered.size() == 1);
    CHECK(gathered[0].what == "all-gathers among up to 8 devices");
}

TEST_CASE("a ring over nodes is expected, and said not to be measured") {
    const auto sums = expected(Collective::all_reduce, 16, "h100");
    REQUIRE(sums.size() == 1);
    CHECK(sums[0].what ==
          "all-reduces among up to 8 devices (and a ring over nodes, which is not measured)");
    CHECK(sums[0].time > 115 * microsecond);
}

TEST_CASE("beyond the switch, or more devices than were measured, nothing is expected") {
    CHECK(expected(Collective::all_to_all, 16, "h100").empty());
    CHECK(expected(Collective::all_reduce, 2, "h100").size() == 2);
    // A bridge joins 2, and PCIe the others.
    CHECK(expected(Collective::all_gather, 2, "h100-nvl").size() == 1);
    CHECK(expected(Collective::all_gather, 4, "h100-nvl").empty());
    // One switch joins all 72, of which never so many were measured together.
    CHECK(expected(Collective::all_gather, 72, "gb200").empty());
}

}  // namespace collective_kernel_test
