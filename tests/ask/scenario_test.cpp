#include "ask/scenario.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace scenario_test {

using namespace roofline;

namespace {

const std::string path =
    (std::filesystem::temp_directory_path() / "roofline_scenario.json").string();

Scenario read(const std::string& text) {
    Catalog catalog;
    std::vector<WarningNote> notes;
    return read_scenario(text, {catalog, notes});
}

struct File {
    ~File() { std::filesystem::remove(path); }
};

Scenario saved(std::string_view inputs) {
    const File file;
    std::ofstream(path) << "{\"command\": \"estimate\", \"inputs\": " << inputs << "}";
    return read(path);
}

Fault fault_in(const std::string& scenario) {
    return fault_of([&] { read(scenario); });
}

std::string why_no_answer(std::string_view inputs) {
    const Fault fault = fault_of([&] { saved(inputs); });
    CHECK(fault.code == ErrorCode::bad_record);
    CHECK(fault.hint == "save one, for example with:");
    CHECK(fault.next == "estimate llama-3.1-8b `hw h100-sxm` `concurrency 64` `json` -o " + path);
    const std::string begin = path + " is no answer that can be asked again: ";
    REQUIRE(fault.message.starts_with(begin));
    return fault.message.substr(begin.size());
}

}  // namespace

TEST_CASE("a model, a device and inputs in one word of the command line") {
    const Scenario scenario =
        read("llama-3.1-8b@h100-sxmx4  quant=fp8 tp=4 kv_dtype=fp8 price=$2/h");
    CHECK(scenario.name == "llama-3.1-8b@h100-sxmx4  quant=fp8 tp=4 kv_dtype=fp8 price=$2/h");
    const Deployment& d = scenario.deployment;
    CHECK(d.model->id == "llama-3.1-8b");
    CHECK(d.device->id == "h100-sxm");
    CHECK(d.gpus == 4.0);
    CHECK(d.weights == WeightFormat::fp8);
    CHECK(d.tensor_parallel == 4.0);
    CHECK(d.kv_cache == Precision::fp8);
    REQUIRE(d.rental);
    CHECK_THAT(d.rental->rate.in(dollar / hour), WithinRel(2.0, 1e-12));
    CHECK_FALSE(scenario.saved);
}

TEST_CASE("a device of a scenario may be in a mode, and counted") {
    const Deployment d = read("llama-3.1-8b@apple-m4-max:64gbx2 batch=4").deployment;
    CHECK(d.device->id == "apple-m4-max:64gb");
    CHECK(d.gpus == 2.0);
    CHECK(d.batch == 4.0);
}

TEST_CASE("files end in .json or are there, scenarios have an @") {
    CHECK(names_file("-"));
    CHECK(names_file("missing.json"));
    CHECK(names_file(std::filesystem::temp_directory_path().string()));
    CHECK_FALSE(names_file("m@h.json"));
    CHECK(is_inline("m@h.json"));
    CHECK(is_inline("m@h"));
    CHECK_FALSE(is_inline("llama-3.1-8b"));
    CHECK(has_range("m@h batch=1..8"));
    CHECK(has_range("m@h,l40s"));
    CHECK_FALSE(has_range("m@h batch=8"));
    CHECK_FALSE(has_range("m.json"));
}

TEST_CASE("what is no scenario says how one is written") {
    const Fault fault = fault_in("llama-3.1-8b");
    CHECK(fault.code == ErrorCode::missing_argument);
    CHECK(fault.message == "'llama-3.1-8b' is neither a file nor a scenario");
    CHECK(fault.hint ==
          "write 'MODEL@HW name=value ...', for example 'llama-3.1-70b@h100x4 quant=fp8', or the "
          "path of an answer saved with `json`");
    for (const std::string text : {"@h100", "llama-3.1-8b@", "llama-3.1-8b quant=a@b", " "})
        CHECK(fault_in(text).code == ErrorCode::missing_argument);
}

TEST_CASE("words of a scenario set inputs, each once") {
    const Fault fault = fault_in("m@h fast");
    CHECK(fault.code == ErrorCode::bad_choice);
    CHECK(fault.message == "'m@h fast': 'fast' sets no input of a deployment");
    CHECK(fault.hint == "write inputs as name=value: quant=fp8 concurrency=64");
    CHECK(fault_in("m@h quants=fp8").message ==
          "'m@h quants=fp8': 'quants=fp8' sets no input of a deployment");
    CHECK(fault_in("m@h quants=fp8").hint == "did you mean quant?");
    const Fault twice = fault_in("m@h tp=2 tp=4");
    CHECK(twice.code == ErrorCode::conflicting_arguments);
    CHECK(twice.message == "'m@h tp=2 tp=4': tp is given twice");
    CHECK(twice.hint == "give it once");
    CHECK(fault_in("m@h hw=l40s").message == "'m@h hw=l40s': hw is given twice");
    CHECK(fault_in("llama-3.1-8b@h100 batch=8 rate=2").code == ErrorCode::conflicting_arguments);
}

TEST_CASE("a saved answer is asked again, its count of GPUs with its device") {
    const Scenario scenario = saved(
        R"({"model": "llama-3.1-8b", "hw": "h100-sxm", "gpus": 4, "tp": 4, "kv_dtype": "fp8",
            "concurrency": 8, "batch": 1, "context": 1024})");
    CHECK(scenario.name == path);
    CHECK(scenario.deployment.gpus == 4.0);
    CHECK(scenario.deployment.tensor_parallel == 4.0);
    CHECK(scenario.deployment.kv_cache == Precision::fp8);
    CHECK_FALSE(scenario.deployment.batch);  // a step's, which old answers had too
    CHECK_FALSE(scenario.deployment.context);
    REQUIRE(scenario.saved);
    CHECK(scenario.saved->root.find("command") != nullptr);
    CHECK(saved(R"({"model": "llama-3.1-8b", "hw": "l40s", "batch": 3})").deployment.batch == 3.0);
    const Scenario mode = saved(R"({"model": "llama-3.1-8b", "hw": "apple-m4:16gb", "gpus": 2})");
    CHECK(mode.deployment.device->id == "apple-m4:16gb");
    CHECK(mode.deployment.gpus == 2.0);
}

TEST_CASE("a file that is no answer says what it lacks") {
    CHECK(why_no_answer("7") == "it has no inputs");
    CHECK(why_no_answer(R"({"hw": "h100"})") == "its inputs name no model");
    CHECK(why_no_answer(R"({"model": "llama-3.1-8b"})") == "its inputs name no hw");
    CHECK(why_no_answer(R"({"model": "llama-3.1-8b", "hw": "l40s", "colour": "red"})") ==
          "inputs.colour is no input of a deployment");
    CHECK(why_no_answer(R"({"model": "llama-3.1-8b", "hw": "l40s", "batch": [1]})") ==
          "inputs.batch is an array");
    CHECK(why_no_answer(R"({"model": null, "hw": "l40s"})") == "inputs.model is null");
}

}  // namespace scenario_test
