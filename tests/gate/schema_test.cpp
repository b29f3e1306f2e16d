#include "gate/schema.hpp"

#include "catch.hpp"
#include "cli/process.hpp"

namespace schema_test {

TEST_CASE("the schema that ships is the one that is printed") {
    CHECK(read_file(ROOFLINE_SOURCE_DIR "/data/schema/budget-1.json") == roofline::budget_schema());
}

TEST_CASE("the budget that --init prints passes as it is") {
    const Run now =
        run("roofline check --init --model llama-3.1-70b --hw b200x2 | roofline check -",
            ROOFLINE_SOURCE_DIR);
    INFO(now.out << now.err);
    CHECK(now.status == 0);
}

}  // namespace schema_test
