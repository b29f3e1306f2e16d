#include "roofline/catalog/precision.hpp"

#include "catch.hpp"

namespace precision_test {

using namespace roofline;

TEST_CASE("precisions by name, upper or lower case") {
    CHECK(find_precision("bf16") == Precision::bf16);
    CHECK(find_precision("BF16") == Precision::bf16);
    CHECK(find_precision("fp4") == Precision::fp4);
    CHECK(find_precision("tf32") == Precision::tf32);
    CHECK(find_precision("int8") == Precision::int8);
    CHECK_FALSE(find_precision("fp12"));
    CHECK_FALSE(find_precision("nvfp4"));  // a format of weights
}

TEST_CASE("formats of weights by name; awq and gptq are int4") {
    CHECK(find_weight_format("nvfp4") == WeightFormat::nvfp4);
    CHECK(find_weight_format("Q4_K_M") == WeightFormat::q4_k_m);
    CHECK(find_weight_format("fp8_block") == WeightFormat::fp8_block);
    CHECK(find_weight_format("AWQ") == WeightFormat::int4);
    CHECK(find_weight_format("gptq") == WeightFormat::int4);
    CHECK(find_weight_format("mxfp4_moe") == WeightFormat::mxfp4_moe);
    CHECK_FALSE(find_weight_format("fp6"));
}

TEST_CASE("every row of the tables has the name and place of its own value") {
    CHECK(name_of(Precision::fp64) == "fp64");
    CHECK(name_of(Precision::fp8) == "fp8");
    CHECK(name_of(Precision::int4) == "int4");
    CHECK(name_of(WeightFormat::fp32) == "fp32");
    CHECK(name_of(WeightFormat::mxfp4) == "mxfp4");
    CHECK(name_of(WeightFormat::q6_k) == "q6_k");
    CHECK(name_of(WeightFormat::mxfp4_moe) == "mxfp4_moe");
}

TEST_CASE("a weight takes its bits and its share of the scales") {
    CHECK(bytes_per_weight(WeightFormat::bf16) == 2);
    CHECK(bytes_per_weight(WeightFormat::fp8) == 1);
    CHECK(bytes_per_weight(WeightFormat::nvfp4) == 0.5625);                // (4 + 8/16) / 8
    CHECK(bytes_per_weight(WeightFormat::mxfp4) == 0.53125);               // (4 + 8/32) / 8
    CHECK(bytes_per_weight(WeightFormat::int4) == 0.515625);               // (4 + 16/128) / 8
    CHECK(bytes_per_weight(WeightFormat::int4, 32) == 0.5625);             // (4 + 16/32) / 8
    CHECK(bytes_per_weight(WeightFormat::q8_0) == 34.0 / 32);              // blocks of 34 bytes
    CHECK(bytes_per_weight(WeightFormat::q4_0) == 18.0 / 32);              // of 18
    CHECK(bytes_per_weight(WeightFormat::q6_k) == 210.0 / 256);            // of 210
    CHECK(bytes_per_weight(WeightFormat::fp8_block, 1024) == 1.00390625);  // (8 + 32/1024) / 8
}

}  // namespace precision_test
