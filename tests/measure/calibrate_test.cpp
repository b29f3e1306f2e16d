#include "roofline/measure/calibrate.hpp"

#include "roofline/error/user_error.hpp"

#include "catch.hpp"
#include "measure/sources.hpp"

namespace calibrate_test {

using namespace roofline;

namespace {

constexpr std::string_view header =
    "hardware,engine,model,concurrency,input_tokens,output_tokens,ttft_ms,tpot_ms\n";

std::string run_of(double concurrency, double slower, double later) {
    static Catalog catalog;
    Deployment d{.model = catalog.model("llama-3.1-8b"), .device = catalog.device("h100")};
    d.concurrency = concurrency;
    d.isl = 1000;
    d.osl = 200;
    const Prediction predicted = predict(d, fitted_efficiency());
    return "h100,vllm,llama-3.1-8b," + std::to_string(concurrency) + ",1000,200," +
           std::to_string(later * predicted.time_to_first_token.in(millisecond)) + "," +
           std::to_string(slower * predicted.time_per_token.in(millisecond)) + "\n";
}

CalibrationResult calibrated(const std::string& rows) {
    Catalog catalog;
    return calibrate({.name = "runs.csv", .text = std::string(header) + rows}, catalog,
                     fitted_efficiency());
}

}  // namespace

TEST_CASE("measured as expected, nothing is scaled") {
    const CalibrationScales scales =
        calibrated(run_of(4, 1, 1) + run_of(64, 1, 1)).calibration.scales;
    CHECK_THAT(scales.decode_step, WithinAbs(1, 1e-3));
    CHECK_THAT(scales.interference, WithinAbs(1, 1e-3));
    CHECK_THAT(scales.first_token, WithinAbs(1, 1e-3));
}

TEST_CASE(
    "a deployment slower by 30 %: rows that were left out come closer, one row moves it less") {
    const std::string rows = run_of(4, 1.3, 1.5) + run_of(16, 1.3, 1.5) + run_of(64, 1.3, 1.5);
    const CalibrationResult three = calibrated(rows);
    CHECK(three.calibration.rows == 3);
    CHECK(three.calibration.device == "h100-sxm");
    CHECK(three.before.median > 0.22);
    CHECK(three.held_out.median < 0.5 * three.before.median);
    CHECK(three.first_token_held_out.median < three.first_token_before.median);
    const CalibrationResult one = calibrated(run_of(16, 1.3, 1.5));
    CHECK(one.calibration.scales.interference == 1);
    CHECK(one.calibration.scales.decode_step > 1.05);
    CHECK(one.calibration.scales.decode_step < three.calibration.scales.decode_step);
    CHECK(one.held_out.n == 0);
}

TEST_CASE("too few rows, and rows of two deployments, are refused") {
    const auto code = [](const std::string& rows) {
        try {
            calibrated(rows);
        } catch (const UserError& error) {
            return error.fault().code;
        }
        return ErrorCode::internal;
    };
    CHECK(code("") == ErrorCode::not_enough_rows);
    CHECK(code("h100,vllm,llama-3.1-8b,4,1000,200,50,\n") == ErrorCode::not_enough_rows);
    CHECK(code(run_of(4, 1, 1) + "h100,sglang,llama-3.1-8b,4,1000,200,50,9\n") ==
          ErrorCode::not_enough_rows);
}

TEST_CASE("rows of static batches say nothing of a server") {
    Catalog catalog;
    const std::string text =
        "hardware,model,concurrency,batch,input_tokens,output_tokens,tpot_ms\n"
        "h100,llama-3.1-8b,,4,512,128,10\n";
    try {
        calibrate({.name = "runs.csv", .text = text}, catalog, fitted_efficiency());
        FAIL("calibrated");
    } catch (const UserError& error) {
        CHECK(message_text(error.fault()) ==
              "no row can be used: a static batch says nothing of a server");
    }
}

TEST_CASE("the work of leaving rows out grows with the rows, not with their square") {
    const auto of_rows = [](int count) {
        std::string rows;
        for (int i = 0; i < count; ++i)
            rows += run_of(i % 2 == 0 ? 4 : 32, 1.2 + 0.001 * (i % 7), 1.3);
        return calibrated(rows);
    };
    const CalibrationResult few = of_rows(100);
    const CalibrationResult many = of_rows(400);
    CHECK(many.held_out.n == 400);
    CHECK(few.held_out.n == 100);
    CHECK(many.predictions < 5 * few.predictions);
    CHECK(many.predictions < 400 * 50 * 20);
    CHECK_THAT(many.held_out.median, WithinAbs(few.held_out.median, 0.01));
}

}  // namespace calibrate_test
