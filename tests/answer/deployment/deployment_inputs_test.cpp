#include "answer/deployment/deployment_inputs.hpp"

#include "catch.hpp"
#include "deployed.hpp"
#include "page.hpp"

namespace deployment_inputs_test {

using namespace roofline;

TEST_CASE("inputs are the fields that are set, under their names, and the count of GPUs") {
    CHECK(json_text(inputs_of(
              deployed("llama-3.1-8b@h100-sxmx8 tp=4 quant=fp8 kv-dtype=fp8 batch=16 isl=1k "
                       "price=$2.5/h utilization=40%"))) == R"({
  "model": "llama-3.1-8b",
  "hw": "h100-sxm",
  "tp": 4,
  "quant": "fp8",
  "kv_dtype": "fp8",
  "batch": 16,
  "isl": 1024,
  "price": "2.5 USD/h",
  "utilization": 0.4,
  "gpus": 8
}
)");
}

TEST_CASE("a served deployment repeats its load, not the batch and context of a step") {
    Deployment d = deployed(
        "llama-3.1-8b@h100-sxm engine=sglang concurrency=32 lengths=equal prefill-chunk=2k");
    d.batch = 1;
    d.context = 1152;
    CHECK(json_text(inputs_of(d)) == R"({
  "model": "llama-3.1-8b",
  "hw": "h100-sxm",
  "engine": "sglang",
  "prefill_chunk": 2048,
  "concurrency": 32,
  "lengths": "equal"
}
)");
    d.concurrency.reset();
    CHECK(raw_at(inputs_of(d), "batch") == "1");
    CHECK(raw_at(inputs_of(d), "context") == "1152");
}

TEST_CASE("without a model or a device the rest is repeated") {
    CHECK(inputs_of(Deployment{}).members().empty());
    CHECK(json_text(inputs_of({.gpus = 4, .power = 700 * watt, .pue = 1.25})) ==
          R"({
  "power": "700 W",
  "pue": 1.25,
  "gpus": 4
}
)");
}

}  // namespace deployment_inputs_test
