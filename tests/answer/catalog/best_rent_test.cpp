#include "answer/catalog/best_rent.hpp"

#include "catch.hpp"

namespace best_rent_test {

using namespace roofline;

namespace {

RentalPrice row(std::string provider, double dollars, std::string date = "2026-03",
                std::string mode = "on-demand") {
    return {.provider = std::move(provider),
            .device = "toy",
            .mode = std::move(mode),
            .rate = dollars * dollar / hour,
            .date = std::move(date)};
}

}  // namespace

TEST_CASE("the best rent is the cheapest of what each provider asked last, on demand") {
    const std::vector<RentalPrice> rows{row("a", 1, "2025-01"), row("a", 3), row("b", 2),
                                        row("c", 0.5, "2026-03", "spot")};
    const auto best = best_rent(rows, "toy");
    REQUIRE(best);
    CHECK(best->provider == "b");
    CHECK(best->rate == 2 * dollar / hour);
}

TEST_CASE("where nobody asks dollars on demand there is none") {
    CHECK_FALSE(best_rent({}, "toy"));
    CHECK_FALSE(best_rent({row("a", 1)}, "other"));
    CHECK_FALSE(best_rent({row("a", 1, "2026-03", "reserved")}, "toy"));
    RentalPrice euros = row("a", 1);
    euros.currency = Currency::eur;
    CHECK_FALSE(best_rent({euros}, "toy"));
}

}  // namespace best_rent_test
