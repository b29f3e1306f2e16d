// Flags of what a server is told of memory, from the command line and back.
#include "catch.hpp"
#include "process.hpp"

#include <filesystem>

namespace server_flags_test {

namespace {

const std::string folder =
    (std::filesystem::temp_directory_path() / "roofline_server_flags").string();

struct Folder {
    Folder() { std::filesystem::create_directories(folder); }
    ~Folder() { std::filesystem::remove_all(folder); }
};

bool says(const std::string& text, const std::string& words) {
    return text.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("--eager is a switch: no graphs are in the budget, and the answer can be asked again") {
    const Folder made;
    const std::string asked = "roofline analyze llama-3.1-8b --hw h100-sxm --engine vllm@0.25 ";
    CHECK(says(run(asked + "--json", folder).out, R"("graphs_bytes": 1073741824,)"));
    const Run eager = run(asked + "--eager --json -o eager.json", folder);
    CHECK(eager.status == 0);
    const std::string saved = read_file(folder + "/eager.json");
    CHECK(says(saved, R"("graphs_bytes": 0,)"));
    CHECK(says(saved, R"("eager": )"));
    const Run again = run(
        "roofline compare eager.json 'llama-3.1-8b@h100-sxm eager=true engine=vllm@0.25'", folder);
    CHECK(again.status == 0);
    CHECK(says(again.out, "throughput is the same"));
}

TEST_CASE("a server that may not start passes as expected and fails as pessimistic") {
    const Folder made;
    // 17.67 GB less 16.06 of weights and 1.10 of its own leave 0.51 for 0.17, known to 0.64.
    const auto budget = [](const std::string& basis) {
        write_file(folder + "/b.json",
                   R"({"version": 1, "targets": [{"name": "chat", "model": "llama-3.1-8b",)"
                   R"( "hw": "h100-sxm", "engine": "vllm@0.11", "mem_share": "20.8%",)"
                   R"( "max_num_seqs": 64, "basis": ")" +
                       basis + R"(", "limits": {"gpus": {"max": 1}}}]})");
        return run("roofline check b.json --width 200", folder);
    };
    const auto starts = [] {
        return run("roofline analyze llama-3.1-8b --hw h100-sxm --engine vllm@0.11 --mem-share "
                   "20.8% "
                   "--max-num-seqs 64 --json",
                   folder)
            .out;
    };
    CHECK(says(starts(), R"("starts": "marginal")"));
    CHECK(budget("expected").status == 0);
    const Run failed = budget("pessimistic");
    CHECK(failed.status == 4);
    CHECK(says(failed.out, "may not start with vllm@0.11"));
}

}  // namespace server_flags_test
