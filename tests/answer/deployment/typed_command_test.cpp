#include "answer/deployment/typed_command.hpp"

#include "roofline/workload/fields.hpp"

#include "catch.hpp"
#include "cli/process.hpp"
#include "deployed.hpp"

#include <sstream>
#include <vector>

namespace typed_command_test {

using namespace roofline;

namespace {

std::string typed(const std::string& scenario) {
    return typed_command("estimate", deployed(scenario));
}

// A served deployment, completed and asked for again.
std::string again(const std::string& scenario) {
    return typed_command("estimate", as_asked(complete_service(deployed(scenario))));
}

// "roofline estimate M --hw H --tp 2 --eager" as a scenario.
std::string scenario_of(const std::string& command) {
    std::istringstream words(command);
    std::string word;
    std::string scenario;
    words >> word >> word >> scenario;
    while (words >> word) {
        if (!word.starts_with("--"))
            scenario += word;
        else if (word == "--hw")
            scenario += "@";
        else
            scenario += " " + word.substr(2) + (word == "--eager" ? "=true" : "=");
    }
    return scenario;
}

std::string text_of(const ShownField& shown) {
    if (const auto* number = std::get_if<double>(&shown)) return std::to_string(*number);
    const auto* words = std::get_if<std::string>(&shown);
    return words == nullptr ? "" : *words;
}

std::vector<std::string> texts_of(const Deployment& d) {
    std::vector<std::string> texts;
    for (const Field& field : deployment_fields())
        texts.push_back(std::string(field.name) + "=" + text_of(shown_field(field.get(d))));
    return texts;
}

// The command line that an answer proposes, up to its end.
std::string proposed(const std::string& page) {
    const std::size_t from = page.find("\"next\": \"") + 9;
    return page.substr(from, page.find('"', from) - from);
}

}  // namespace

TEST_CASE("a deployment as it is typed: how many, degrees beyond one, and what else was said") {
    CHECK(typed("llama-3.1-8b@h100-sxm concurrency=8") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 8");
    CHECK(typed("llama-3.1-8b@h100-sxmx4 tp=2 pp=1 replicas=2 rate=0.5 quant=fp8") ==
          "roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 2 --replicas 2 --quant fp8 "
          "--rate 0.5");
    CHECK(typed("llama-3.1-8b@h100-sxm users=500 think=1500ms") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --users 500 --think 1.5s");
    CHECK(typed("llama-3.1-70b@h100-sxmx16 tp=16 node=4 network=400Gb/s concurrency=2") ==
          "roofline estimate llama-3.1-70b --hw h100-sxmx16 --tp 16 --node 4 --network 50GB/s "
          "--concurrency 2");
}

TEST_CASE("what the shell would take apart is quoted, a switch has no value, and off is unsaid") {
    CHECK(typed("llama-3.1-8b@h100-sxm price=$2/h") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --price '2 USD/h'");
    CHECK(typed("llama-3.1-8b@h100-sxm eager=true") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --eager");
    CHECK(typed("llama-3.1-8b@h100-sxm eager=false") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm");
}

TEST_CASE("GPUs that nobody counted are those of the layout") {
    Deployment d = deployed("llama-3.1-8b@h100-sxm tp=2 replicas=3 concurrency=1");
    CHECK(typed_command("cost", d) ==
          "roofline cost llama-3.1-8b --hw h100-sxmx6 --tp 2 --replicas 3 --concurrency 1");
}

TEST_CASE("as asked, a complete deployment leaves out what follows by itself: step and defaults") {
    CHECK(again("llama-3.1-8b@h100-sxm concurrency=8") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 8");
    CHECK(again("llama-3.1-8b@h100-sxmx16 rate=5") ==
          "roofline estimate llama-3.1-8b --hw h100-sxmx16 --tp 8 --replicas 2 --rate 5");
    CHECK(again("llama-3.1-8b@h100-sxm users=500 think=30s") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --users 500 --think 30s");
}

TEST_CASE("what differs from the default stays, and what was said as the default is left out") {
    CHECK(again("llama-3.1-8b@h100-sxm concurrency=8 isl=2048 osl=64 lengths=equal quant=fp8 "
                "engine=sglang mem-share=80%") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --quant fp8 --isl 2048 --osl 64 "
          "--engine sglang --mem-share 0.8 --concurrency 8 --lengths equal");
    CHECK(again("llama-3.1-8b@h100-sxm concurrency=8 isl=1024 osl=256 lengths=varied quant=bf16") ==
          "roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 8");
}

TEST_CASE("what is typed back is the same deployment, field by field") {
    for (const char* scenario :
         {"llama-3.1-8b@h100x4 concurrency=8 isl=300", "deepseek-v3@h200x16 tp=8 pp=2 rate=2",
          "llama-3.1-70b@h100x8 users=64 think=2s kv-dtype=fp8 draft-tokens=3 acceptance=70%",
          "llama-3.1-70b@h100x8 tp=8 node=1 network=50GB/s rate=1 eager=true",
          "qwen3-30b-a3b@l40sx4 tp=2 engine=sglang concurrency=3 stream-interval=4"}) {
        const Deployment complete = complete_service(deployed(scenario));
        const std::string command = typed_command("estimate", as_asked(complete));
        INFO(scenario << ": " << command);
        CHECK(texts_of(complete_service(deployed(scenario_of(command)))) == texts_of(complete));
    }
}

TEST_CASE("1,000 requests/s are too many for 72 H100: what is proposed, typed back, keeps up") {
    const Run asked = run("roofline estimate llama-3.1-8b --hw h100x72 --rate 1000 --json", "/");
    CHECK(asked.status == 4);
    const std::string next = proposed(asked.out);
    CHECK(next.starts_with("roofline estimate llama-3.1-8b --hw h100-sxmx"));
    CHECK(next.ends_with(" --rate 1000"));
    const Run typed_back = run(next, "/");
    INFO(next << "\n" << typed_back.err);
    CHECK(typed_back.status == 0);
}

TEST_CASE("so does what is proposed with lengths, a format, an engine and stages of its own") {
    for (const char* words :
         {"llama-3.1-8b --hw h100 --rate 300 --isl 4k --osl 512 --quant fp8",
          "llama-3.1-70b --hw h100x8 --tp 4 --pp 2 --rate 90 --engine sglang",
          "deepseek-r1 --hw h100x16 --rate 400", "llama-3.1-8b --hw l40sx3 --rate 400"}) {
        const Run asked = run(std::string("roofline estimate ") + words + " --json", "/");
        INFO(words << ": " << asked.err);
        CHECK(asked.status == 4);
        const std::string next = proposed(asked.out);
        const Run typed_back = run(next, "/");
        INFO(next << "\n" << typed_back.err);
        CHECK(typed_back.status == 0);
    }
}

}  // namespace typed_command_test
