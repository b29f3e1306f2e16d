// An all-reduce in one host and over several: two rings, one after another.
#include "roofline/catalog/catalog.hpp"

#include "answer/kernel/collective_report.hpp"
#include "catch.hpp"
#include "page.hpp"
#include "workload/layout_rules.hpp"

namespace collective_nodes_test {

using namespace roofline;

namespace {

// 16 MB among 8 or more H100, of which `node` share a switch.
struct Asked {
    std::shared_ptr<const Device> device;
    CollectiveRequest request;

    std::vector<ExpectedKernel> expected() const {
        return expected_collectives(request, *device, std::nullopt);
    }
};

Asked asked(double devices, std::optional<double> node,
            Collective operation = Collective::all_reduce) {
    Catalog catalog;
    Deployment d{.model = {}, .device = catalog.device("h100-sxm")};
    d.node = node;
    if (node) d.network = 50 * gigabyte / second;
    join_nodes(d);
    return {d.device, collective_request(operation, 16e6 * byte, devices, *d.device)};
}

double microseconds(Seconds time) { return time.in(microsecond); }

}  // namespace

TEST_CASE("16 MB over 8 of one host: 2 x 7/8 x 16 MB / 450 GB/s = 62.2 µs") {
    const Asked host = asked(8, std::nullopt);
    CHECK_FALSE(host.request.network);
    CHECK_THAT(microseconds(host.request.bound()), WithinRel(62.2222, 1e-5));
    CHECK_THAT(host.request.traffic().local.in(byte), WithinRel(28e6, 1e-12));
    CHECK(host.request.traffic().remote == Bytes());
}

TEST_CASE(
    "in two of four: 2 x 3/4 x 16 MB / 450 GB/s + 2 x 1/2 x 16 MB / 4 / 50 GB/s = 53.3 + 80") {
    const Asked two = asked(8, 4);
    REQUIRE(two.request.network);
    CHECK(two.request.joined == 4);
    CHECK_THAT(two.request.traffic().local.in(byte), WithinRel(24e6, 1e-12));
    CHECK_THAT(two.request.traffic().remote.in(byte), WithinRel(4e6, 1e-12));
    CHECK_THAT(microseconds(two.request.bound()), WithinRel(133.3333, 1e-5));
}

TEST_CASE("a GPU a host: 2 x 7/8 x 16 MB / 50 GB/s = 560 µs, and none in the host") {
    const Asked apart = asked(8, 1);
    CHECK(apart.request.traffic().local == Bytes());
    CHECK_THAT(microseconds(apart.request.bound()), WithinRel(560, 1e-9));
}

TEST_CASE("switches that add up on the way send less than rings: least() is never above bound()") {
    for (const double node : {1.0, 2.0, 4.0, 8.0})
        for (const double devices : {2.0, 8.0, 16.0}) {
            const CollectiveRequest request = asked(devices, node).request;
            CHECK(request.least() <= request.bound());
        }
}

TEST_CASE("what is expected is not below the bound, in a host, in two and in eight") {
    for (const std::optional<double> node :
         {std::optional<double>(), std::optional(4.0), std::optional(2.0), std::optional(1.0)}) {
        const Asked one = asked(8, node);
        const auto kernels = one.expected();
        REQUIRE_FALSE(kernels.empty());
        for (const ExpectedKernel& kernel : kernels) CHECK(kernel.time >= one.request.bound());
    }
    CHECK(asked(8, 4).expected()[0].what.ends_with(
        " (and a ring over nodes, which is not measured)"));
}

TEST_CASE("of other exchanges across nodes nothing is expected, and both links work at once") {
    const Asked gathered = asked(8, 4, Collective::all_gather);
    CHECK(gathered.expected().empty());
    // Of the other host's 8 MB each card takes a fourth, the rest comes by wire: 2 MB / 50 GB/s.
    CHECK_THAT(gathered.request.traffic().remote.in(byte), WithinRel(2e6, 1e-12));
    CHECK_THAT(gathered.request.traffic().local.in(byte), WithinRel(12e6, 1e-12));
    CHECK_THAT(microseconds(gathered.request.bound()), WithinRel(40, 1e-9));
}

TEST_CASE("the page says what one node would take: 62.2 µs, 2.14 times less than 133") {
    const Asked two = asked(8, 4);
    CollectiveAnswer answer{two.request, two.expected(), asked(8, std::nullopt).request.bound()};
    const Report report = collective_report(answer, *two.device);
    CHECK(
        report.verdict.starts_with("all-reduce of 16.0 MB among 8 h100-sxm: at best 133 µs; "
                                   "expected "));
    CHECK(report.verdict.ends_with(". In one node it would take 62.2 µs at best, 2.14 times less"));
    CHECK_THAT(std::stod(raw_at(report.result, "in_one_node_s")), WithinRel(62.2222e-6, 1e-5));
    CHECK(report.derivations.at(0).numbers ==
          "24.00 MB / 450.0 GB/s + 4.000 MB / 50.00 GB/s = 133.3 µs");
    answer.in_one_node.reset();
    CHECK(collective_report(answer, *two.device).verdict.find("In one node") == std::string::npos);
}

}  // namespace collective_nodes_test
