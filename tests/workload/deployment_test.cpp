#include "roofline/workload/deployment.hpp"

#include "roofline/catalog/catalog.hpp"

#include "catch.hpp"
#include "fault.hpp"
#include "workload/arithmetic.hpp"

namespace deployment_test {

using namespace roofline;

namespace {

Deployment deployment(std::string_view model, std::string_view device,
                      std::optional<double> gpus = {}) {
    Catalog catalog;
    return {.model = catalog.model(model), .device = catalog.device(device), .gpus = gpus};
}

template <typename Change>
Fault fault_after(Deployment d, Change change) {
    change(d);
    return fault_of([&] { complete(d); });
}

}  // namespace

TEST_CASE("defaults: one sequence, 1k in, 256 out, context in the middle of the answer") {
    const Deployment d = complete(deployment("llama-3.1-8b", "h100"));
    CHECK(d.batch == 1);
    CHECK(d.isl == 1024);
    CHECK(d.osl == 256);
    CHECK(d.context == 1024 + 128);
    CHECK(d.gpus == 1);
    CHECK(d.weights == WeightFormat::bf16);
}

TEST_CASE("a context alone is the prompt too; both may stand together") {
    Deployment d = deployment("llama-3.1-8b", "h100");
    d.context = 4096;
    CHECK(complete(d).isl == 4096);
    d.isl = 4000;
    CHECK(complete(d).isl == 4000);
    CHECK(complete(d).context == 4096);
    CHECK(complete(d).osl == 256);
    d.isl = 1000;
    CHECK(complete(d).osl == 3096);  // as many as the context says
    d.osl = 100;
    CHECK(fault_after(d, [](Deployment&) {}).message ==
          "`context 4096` is more than `isl 1000` and `osl 100` together");
    d.isl = 5000;
    CHECK(fault_after(d, [](Deployment&) {}).message ==
          "`context 4096` is less than `isl 5000`, which is all in the cache by then");
}

TEST_CASE("defaults shrink to what the model was made for") {
    const Deployment d = complete(deployment("gpt2-large", "h100"));
    CHECK(*d.isl + *d.osl - 1 == 1024);
    CHECK(complete(deployment("siglip-so400m", "h100")).isl == 729);
}

TEST_CASE("xN alone is tensor parallel in the switch domain, replicas beyond") {
    const Layout pair = layout_of(complete(deployment("llama-3.1-70b", "h100", 2)));
    CHECK(pair.tensor == 2);
    CHECK(pair.replicas == 1);
    const Layout many = layout_of(complete(deployment("llama-3.1-70b", "h100", 16)));
    CHECK(many.tensor == 8);
    CHECK(many.replicas == 2);
    const Layout dozen = layout_of(complete(deployment("llama-3.1-8b", "h100", 12)));
    CHECK(dozen.tensor == 4);  // of 12 GPUs the most that 8 key-value heads share evenly
    CHECK(dozen.replicas == 3);
    CHECK(layout_of(complete(deployment("phi-3-medium", "h100", 4))).tensor == 2);  // 10 of them
    CHECK(fault_after(deployment("llama-3.1-8b", "h100", 8), [](Deployment& d) {
              d.replicas = 3;
          }).code == ErrorCode::does_not_multiply_out);
    CHECK(fault_after(deployment("llama-3.1-8b", "h100", 1e9), [](Deployment&) {}).code ==
          ErrorCode::bad_count);
}

TEST_CASE("with some degrees given replicas fill up, without xN the product is the count") {
    Deployment d = deployment("llama-3.1-70b", "h100", 8);
    d.tensor_parallel = 2;
    CHECK(complete(d).replicas == 4);
    d.gpus.reset();
    d.pipeline_parallel = 2;
    CHECK(complete(d).gpus == 4);
    d.replicas = 3;
    CHECK(complete(d).gpus == 12);
}

TEST_CASE("numbers that do not multiply out are refused") {
    const Fault fault = fault_after(deployment("llama-3.1-70b", "h100", 8), [](Deployment& d) {
        d.tensor_parallel = 4;
        d.replicas = 4;
    });
    CHECK(fault.code == ErrorCode::does_not_multiply_out);
    CHECK(fault.message == "tp 4 x pp 1 x dp 1 x replicas 4 = 16 GPUs, but `hw` names 8");
    CHECK(exit_status(fault.code) == Exit::usage);
}

TEST_CASE("tensor parallelism divides heads and fills whole nodes") {
    CHECK(fault_after(deployment("llama-3.1-70b", "h100"),
                      [](Deployment& d) { d.tensor_parallel = 3; })
              .message ==
          "`tp 3` does not divide the heads of llama-3.1-70b: 64 heads with 8 of keys and "
          "values");
    CHECK(fault_after(deployment("llama-3.1-70b", "h100"), [](Deployment& d) {
              d.tensor_parallel = 12;
          }).message == "`tp 12` is no whole number of nodes of 8 x h100-sxm");
    CHECK(fault_after(deployment("llama-3.1-8b", "jetson-agx-orin"), [](Deployment& d) {
              d.tensor_parallel = 2;
          }).message == "`tp 2` is too many: jetson-agx-orin-64gb has no link to another device");
}

TEST_CASE("experts spread over the GPUs of an instance and add none") {
    Deployment d = deployment("deepseek-r1", "b200", 8);
    d.expert_parallel = 8;
    CHECK(complete(d).gpus == 8);
    CHECK(complete(d).tensor_parallel == 8);
    CHECK(fault_after(d, [](Deployment& x) { x.expert_parallel = 3; }).code ==
          ErrorCode::does_not_divide);
    CHECK(fault_after(deployment("llama-3.1-8b", "h100", 2), [](Deployment& x) {
              x.expert_parallel = 2;
          }).message == "`ep 2`: llama-3.1-8b has no experts to spread");
}

TEST_CASE("lengths beyond what the model was made for are refused") {
    CHECK(fault_after(deployment("llama-3.1-8b", "h100"), [](Deployment& d) { d.context = 200000; })
              .message ==
          "`context 200000` is beyond the 131072 tokens that llama-3.1-8b was made for");
    CHECK(fault_after(deployment("llama-2-7b", "h100"),
                      [](Deployment& d) {
                          d.isl = 4000;
                          d.osl = 200;
                      })
              .message ==
          "a prompt of 4000 tokens with an answer of 200 is beyond the 4096 tokens that "
          "llama-2-7b was made for");
}

TEST_CASE("what is refused says what to write instead, and that is taken") {
    const auto hint = [](std::string_view model, const auto& change) {
        return fault_after(deployment(model, "h100"), change).hint;
    };
    CHECK(hint("llama-3.1-8b", [](Deployment& d) { d.pipeline_parallel = 33; }) ==
          "write `pp 32` or less");
    CHECK(hint("llama-3.1-8b", [](Deployment& d) { d.replicas = 2e6; }) ==
          "name fewer: `hw`, or the product of `tp`, `pp`, `dp` and `replicas`");
    CHECK(hint("mixtral-8x7b", [](Deployment& d) {
              d.data_parallel = 16;
              d.expert_parallel = 16;
          }) == "write `ep 8` or less");
    const auto lengths = [](double isl, double osl) {
        return [=](Deployment& d) {
            d.isl = isl;
            d.osl = osl;
        };
    };
    CHECK(hint("llama-2-7b", lengths(100, 5000)) == "write `osl 3997` or less");
    CHECK(hint("llama-2-7b", lengths(4000, 200)) ==
          "write `osl 97` or less, or `isl 3897` or less");
    for (const auto& [isl, osl] :
         {std::pair(100, 3997), std::pair(4000, 97), std::pair(3897, 200)}) {
        Deployment d = deployment("llama-2-7b", "h100");
        lengths(isl, osl)(d);
        CHECK(complete(d).osl == osl);
    }
}

TEST_CASE("arithmetic that a device lacks is refused, weights are widened to what it has") {
    const Fault fault = fault_after(deployment("llama-3.1-8b", "h100"),
                                    [](Deployment& d) { d.compute = Precision::fp4; });
    CHECK(fault.code == ErrorCode::unsupported_precision);
    CHECK(exit_status(fault.code) == Exit::infeasible);
    CHECK(fault.message == "h100-sxm has no fp4 arithmetic");
    Catalog catalog;
    const auto used = [&](std::string_view device, WeightFormat format) {
        return compute_precision(*catalog.device(device), {.format = format}, {});
    };
    CHECK(used("h100", WeightFormat::nvfp4) == Precision::bf16);
    CHECK(used("b200", WeightFormat::nvfp4) == Precision::fp4);
    CHECK(used("b200", WeightFormat::mxfp4) == Precision::fp8);  // FP4 units fed with FP8
    CHECK(used("h100", WeightFormat::mxfp4) == Precision::bf16);
    CHECK(used("h100", WeightFormat::fp8) == Precision::fp8);
    CHECK(used("a100", WeightFormat::fp8) == Precision::bf16);
    CHECK(used("b200", WeightFormat::int4) == Precision::bf16);
    CHECK(used("t4", WeightFormat::bf16) == Precision::fp16);
    CHECK(used("apple-m1", WeightFormat::bf16) == Precision::fp16);
    CHECK(used("gb300", WeightFormat::int8) == Precision::bf16);  // its int8 rate is the slower one
    CHECK(used("rtx-4090", WeightFormat::q4_k_m) == Precision::int8);
    CHECK(used("apple-m1", WeightFormat::q4_k_m) == Precision::fp16);
}

TEST_CASE("--dtype narrower than the weights needs narrower weights") {
    const Fault fault = fault_after(deployment("llama-3.1-8b", "h100"),
                                    [](Deployment& d) { d.compute = Precision::fp8; });
    CHECK(fault.message == "`dtype fp8` cannot multiply weights stored as bf16");
    CHECK(exit_status(fault.code) == Exit::usage);
}

TEST_CASE("weights go into arithmetic that holds them, caches into formats that are stored") {
    const auto message = [](WeightFormat weights, Precision compute) {
        return fault_after(deployment("llama-3.1-8b", "h100"),
                           [&](Deployment& d) {
                               d.weights = weights;
                               d.compute = compute;
                           })
            .message;
    };
    CHECK(message(WeightFormat::fp8, Precision::int8) ==
          "`dtype int8` cannot multiply weights stored as fp8");
    CHECK(message(WeightFormat::int8, Precision::fp8) ==
          "`dtype fp8` cannot multiply weights stored as int8");
    Deployment four = deployment("llama-3.1-8b", "h100");
    four.weights = WeightFormat::int4;
    four.compute = Precision::fp8;
    CHECK(complete(four).compute == Precision::fp8);  // -8 to 7 are fp8 numbers
    CHECK(fault_after(deployment("llama-3.1-8b", "h100"), [](Deployment& d) {
              d.kv_cache = Precision::tf32;
          }).message == "`kv-dtype`: no cache is stored in tf32");
}

TEST_CASE("an encoder has no answer, no cache and no price per token") {
    CHECK(fault_after(deployment("siglip-so400m", "h100"), [](Deployment& d) { d.osl = 5; })
              .message ==
          "`osl`: siglip-so400m-patch14-384 is an encoder, it writes nothing and keeps no cache");
}

}  // namespace deployment_test
