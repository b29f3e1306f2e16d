// Words of other tools, and words that are missing: what to type, to be pasted.
#include "catch.hpp"
#include "process.hpp"

#include <sstream>

namespace unknown_words_test {

namespace {

std::string message_of(const std::string& command) {
    const Run now = run("roofline " + command, "/");
    INFO(command);
    CHECK(now.status == 2);
    if (command != "--json") CHECK(now.out.empty());  // programs read the error there
    return now.err;
}

// The command that a message ends with, or has a line of its own for.
std::string command_in(const std::string& message) {
    std::istringstream lines(message);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with("  roofline ")) return line.substr(2);
    return {};
}

std::string hint_for(const std::string& flags) {
    const std::string message = message_of("estimate llama-3.1-8b --hw h100-sxm " + flags);
    const auto start = message.find("hint: here ");
    if (start == std::string::npos) return message;
    const std::string rest = message.substr(start + 11);
    return rest.substr(0, rest.find_first_of(":\n;"));
}

}  // namespace

TEST_CASE("a command line in the words of another tool is said in ours, whole") {
    const std::string message = message_of(
        "estimate --model llama-3.1-8b --gpu h100-sxm --num-gpus 4 --tensor-parallel-size=4 "
        "--input-len 4096 --max-concurrency 32 --gpu-memory-utilization 0.9 --enforce-eager "
        "--trust-remote-code --kv_cache_dtype fp8_e5m2");
    CHECK(message.starts_with("error[E101]: unknown flag '--model' for 'estimate'\n"));
    CHECK(message.find("--gpu h100-sxm is --hw h100-sxm") != std::string::npos);
    CHECK(message.find("--trust-remote-code changes no answer") != std::string::npos);
    const std::string command = command_in(message);
    CHECK(command ==
          "roofline estimate llama-3.1-8b --hw h100-sxmx4 --tp 4 --isl 4096 --concurrency 32 "
          "--mem-share 90% --eager --kv-dtype fp8");
    CHECK(run(command, "/").status == 0);
}

TEST_CASE("flags of servers, clients and calculators each have a counterpart") {
    for (const auto& [theirs, ours] : std::vector<std::pair<std::string, std::string>>{
             {"--tensor-parallel-size 4", "--tp 4"},
             {"--tp_size 4", "--tp 4"},
             {"--pipeline-parallel-size 2", "--pp 2"},
             {"--data-parallel-size 2", "--dp 2"},
             {"--enable-expert-parallel", "--ep N"},
             {"--quantization awq", "--quant int4"},
             {"--quantization modelopt_fp4", "--quant nvfp4"},
             {"--kv-cache-dtype fp8_e4m3", "--kv-dtype fp8"},
             {"--max-num-batched-tokens 8192", "--prefill-chunk 8192"},
             {"--mem-fraction-static 0.85", "--mem-share 85%"},
             {"--chunked-prefill-size 4096", "--prefill-chunk 4096"},
             {"--context-length 8192", "--max-model-len 8192"},
             {"--max-running-requests 64", "--max-num-seqs 64"},
             {"--disable-cuda-graph", "--eager"},
             {"--random-output-len 512", "--osl 512"},
             {"--request-rate 5", "--rate 5"},
             {"--num-speculative-tokens 3", "--draft-tokens 3"},
             {"--max_batch_size 64", "--max-num-seqs 64"},
             {"--kv_cache_free_gpu_memory_fraction 0.9", "--mem-share 90%"},
             {"--gpu-price '$2/h'", "--price '$2/h'"},
             {"--backend sglang", "--engine sglang"},
             {"-ub 512", "--prefill-chunk 512"},
             {"-n 128", "--osl 128"},
             {"--cache-type-k f16", "--kv-dtype fp16"}}) {
        INFO(theirs);
        CHECK(hint_for(theirs) == theirs + " is " + ours);
    }
    CHECK(hint_for("-ngl 99") == "-ngl 99 changes no answer");
}

TEST_CASE("a counterpart that the command does not take names those that do") {
    const std::string message = message_of("analyze llama-3.1-8b --hw h100-sxm --request-rate 5");
    CHECK(
        message.find("here --request-rate 5 is --rate 5; --rate is a flag of roofline estimate") !=
        std::string::npos);
}

TEST_CASE("misspelt flags are still misspelt, and flags of other commands theirs") {
    CHECK(
        message_of("analyze llama-3.1-8b --hw h100-sxm --bacth 4").find("did you mean --batch?") !=
        std::string::npos);
    CHECK(message_of("analyze llama-3.1-8b --hw h100-sxm --pareto tpot")
              .find("it is a flag of roofline sweep and roofline plot") != std::string::npos);
}

TEST_CASE("fields given as flags to a command of scenarios come back as scenarios") {
    const std::string command = command_in(
        message_of("compare llama-3.1-8b --hw h100-sxm,b200-sxm --batch 4 --eager --metric tpot"));
    CHECK(command ==
          "roofline compare 'llama-3.1-8b@h100-sxm batch=4 eager=true' 'llama-3.1-8b@b200-sxm "
          "batch=4 eager=true' --metric tpot");
    CHECK(run(command, "/").status == 0);
    const std::string plot =
        command_in(message_of("plot llama-3.1-8b --hw h100-sxm --concurrency 1..8"));
    CHECK(plot == "roofline plot 'llama-3.1-8b@h100-sxm concurrency=1..8'");
    CHECK(run(plot, "/").status == 0);
    CHECK(
        command_in(message_of("compare --hw h100-sxm,b200-sxm")).starts_with("roofline compare '"));
}

TEST_CASE("what is missing is said with a command that runs") {
    for (const std::string asked :
         {"analyze", "analyze --hw h100-sxm --batch 4", "ridge", "compare", "kernel gemm",
          "kernel gemm 4096", "hw show", "models show", "llama-3.1-8b", "llama-3.1-8b --hw l40s",
          "llama-3.1-8b@h100-sxm", "--json"}) {
        INFO(asked);
        const std::string command = command_in(message_of(asked));
        if (asked == "ridge") continue;  // its hint is a flag
        REQUIRE(command.starts_with("roofline "));
        CHECK(run(command, "/").status == 0);
    }
    CHECK(command_in(message_of("analyze --hw l40s --batch 4")) ==
          "roofline analyze llama-3.1-8b --hw l40s --batch 4");
    CHECK(command_in(message_of("llama-3.1-8b --hw l40s")) ==
          "roofline analyze llama-3.1-8b --hw l40s");
    CHECK(message_of("kernel").find("\n  roofline kernel gemm\n") != std::string::npos);
    CHECK(message_of("sweep llama-3.1-8b --hw h100-sxm --where ''").find("'ttft<500ms,") !=
          std::string::npos);
    CHECK(message_of("estimate llama-3.1-8b --hw h100-sxm --users 50").find("--think 30s") !=
          std::string::npos);
}

TEST_CASE("check without a budget says how to begin one, and the command does it") {
    const std::string folder = "/tmp/roofline_unknown_words_test";
    run("mkdir -p " + folder + " && rm -f " + folder + "/*", "/");
    const Run none = run("roofline check", folder);
    CHECK(none.status == 3);
    const std::string command = command_in(none.err);
    CHECK(command.starts_with("roofline check --init "));
    CHECK(run(command, folder).status == 0);
    CHECK(run("roofline check", folder).status == 0);
    run("rm -r " + folder, "/");
}

TEST_CASE("messages wrap between words on a terminal, and nowhere else") {
    const std::string on_terminal =
        "python3 -c 'import os, pty, sys; os.environ[\"COLUMNS\"] = \"60\"; "
        "pty.spawn([\"roofline\", \"analyze\", \"llama3.1:8b-x\", \"--hw\", \"h100\"])' < "
        "/dev/null";
    std::istringstream lines(run(on_terminal, "/").out);
    std::size_t count = 0;
    std::string whole;
    for (std::string line; std::getline(lines, line); ++count) {
        while (line.ends_with('\r')) line.pop_back();
        whole += line + " ";
        if (line.find('\x1b') == std::string::npos) CHECK(line.size() <= 60);
    }
    CHECK(count > 2);
    CHECK(whole.find("config.json") != std::string::npos);
    const Run piped = run("roofline analyze llama3.1:8b-x --hw h100", "/");
    CHECK(std::count(piped.err.begin(), piped.err.end(), '\n') == 3);  // the command has its own
}

}  // namespace unknown_words_test
