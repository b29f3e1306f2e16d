// Real configurations, where the folder with them is at hand (ROOFLINE_SAMPLES, or beside the
// checkout); otherwise the test says aloud that it did nothing.
#include "roofline/catalog/catalog.hpp"
#include "roofline/error/user_error.hpp"
#include "roofline/workload/parameters.hpp"
#include "roofline/workload/workload.hpp"

#include "catch.hpp"
#include "cli/process.hpp"
#include "import/hugging_face.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

namespace samples_test {

using namespace roofline;
namespace fs = std::filesystem;

namespace {

fs::path samples_root() {
    const char* given = std::getenv("ROOFLINE_SAMPLES");
    return given != nullptr ? fs::path(given)
                            : fs::path(ROOFLINE_SOURCE_DIR) / ".." / "shared" / "samples";
}

fs::path samples_folder() { return samples_root() / "hf_config"; }

/// A row of tests/data/configurations.csv: what is right, empty where nobody says.
struct Right {
    std::string folder, name, parameters, active, kv, state, refusal, source;
    fs::path path() const { return samples_root() / folder / name / "config.json"; }
};

std::vector<Right> right_values() {
    std::istringstream text(read_file(ROOFLINE_SOURCE_DIR "/tests/data/configurations.csv"));
    std::vector<Right> rows;
    std::string line;
    std::getline(text, line);
    while (std::getline(text, line)) {
        std::istringstream cells(line);
        Right row;
        for (std::string* cell : {&row.folder, &row.name, &row.parameters, &row.active, &row.kv,
                                  &row.state, &row.refusal})
            std::getline(cells, *cell, ',');
        std::getline(cells, row.source);
        std::erase(row.source, '"');
        if (fs::exists(row.path())) rows.push_back(row);
    }
    if (rows.empty()) std::cout << "SKIPPED: no families and cases at " << samples_root() << "\n";
    return rows;
}

std::string family_row(const Right& row) {
    const std::string source = row.source + " |\n";
    try {
        const Model model = read_hugging_face(row.path().string());
        const CachePerToken kept = cache_per_token(model, Precision::bf16);
        char line[400];
        std::snprintf(line, sizeof line, "| %s | %.4f | %.4f | %.0f | %.0f | ", row.name.c_str(),
                      parameters(model).total() / 1e9, active_parameters(model) / 1e9,
                      kept.least.in(byte), kept.state.in(byte));
        return line + std::string(row.parameters.empty() ? "–" : "right") + " | " + source;
    } catch (const UserError& error) {
        return "| " + row.name + " | – | – | – | – | refused: " + error.fault().message + " | " +
               source;
    }
}

std::vector<fs::path> configs() {
    std::vector<fs::path> paths;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(samples_folder(), error)) {
        const std::string name = entry.path().filename().string();
        const bool side = name.find("hf_quant_config") != std::string::npos ||
                          name.find("quantize_config") != std::string::npos;
        if (!side && name.ends_with(".json")) paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    if (paths.empty())
        std::cout << "SKIPPED: no sample configurations at " << samples_folder() << "\n";
    return paths;
}

// "…-70b-…" in a file's name; 0 when none is stated. "8x7b" and "a22b" state something else.
double stated_billions(const std::string& name) {
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool starts = std::isdigit(static_cast<unsigned char>(name[i])) != 0 &&
                            (i == 0 || std::string("-_").find(name[i - 1]) != std::string::npos);
        if (!starts) continue;
        std::size_t end = 0;
        const double number = std::stod(name.substr(i), &end);
        const char unit = i + end < name.size() ? name[i + end] : '\0';
        const char after = i + end + 1 < name.size() ? name[i + end + 1] : '\0';
        if ((unit == 'b' || unit == 'B') && std::isalnum(static_cast<unsigned char>(after)) == 0)
            return number;
    }
    return 0;
}

// Names that do not say the size of the file's model, and why.
const std::map<std::string, std::string> explained{
    {"gemma-7b_config.json", "the file holds the shape of Gemma 2B"},
    {"Wizard-Vicuna-30B-Uncensored-GPTQ_config.json", "LLaMA 30B has 32.5 B parameters"},
    {"XiaomiMiMo--MiMo-7B-Base_config.json", "published as 7B with 7.6 B, embeddings included"},
    {"granite-3.1-1b-a400m_config.json", "published as 1B with 1.3 B"},
    {"meta-llama--Llama-4-Maverick-17B-128E-Instruct_config.json", "17B are the active ones"},
    {"meta-llama--Llama-4-Scout-17B-16E-Instruct_config.json", "17B are the active ones"},
    {"llama-4-scout-17b-16e-instruct-fp8-dynamic_config.json", "17B are the active ones"},
    {"mistralai--Mixtral-8x7B-v0.1_config.json", "the 8 experts share everything but their width"},
    {"mixtral-8x7b-v0.1_config.json", "the 8 experts share everything but their width"},
    {"wizardlm2-8x22b_mixtral_config.json", "the 8 experts share everything but their width"},
    {"molmo-7b-nf4_config.json", "Qwen2 7B has 7.6 B parameters"},
    {"qwen1-7b-chat_config.json", "Qwen 7B has 7.7 B parameters"},
    {"qwen2.5-7b-instruct_config.json", "Qwen2.5 7B has 7.6 B parameters"},
};

std::string table_row(const fs::path& path) {
    const std::string name = path.filename().string();
    const std::string reason = explained.contains(name) ? explained.at(name) : std::string();
    char line[400];
    try {
        const Model model = read_hugging_face(path.string());
        std::snprintf(line, sizeof line, "| %s | %.2f | %.2f | %s | %s |\n", name.c_str(),
                      parameters(model).total() / 1e9, active_parameters(model) / 1e9,
                      std::string(name_of(model.published.name)).c_str(), reason.c_str());
    } catch (const UserError& error) {
        std::snprintf(line, sizeof line, "| %s | – | – | – | refused: %s |\n", name.c_str(),
                      error.fault().message.c_str());
    }
    return line;
}

}  // namespace

TEST_CASE("of the sample configurations nearly all load, and the others are refused in words") {
    const auto paths = configs();
    std::size_t loaded = 0;
    for (const fs::path& path : paths) {
        INFO(path.filename());
        try {
            const Model model = read_hugging_face(path.string());
            CHECK(parameters(model).total() > 1e8);
            ++loaded;
        } catch (const UserError& error) {
            CHECK(error.fault().message.find('\'') != std::string::npos);  // names a key
        }
    }
    CHECK(loaded + 1 >= paths.size());
}

TEST_CASE("docs/configurations.md lists every sample as it is read now") {
    const auto paths = configs();
    if (paths.empty()) return;
    std::string table =
        "# Configurations tried\n\n"
        "Published configurations, as `roofline models show` reads them. Where the name states a "
        "size, the\nparameters are within 6 % of it, or the remark says why not.\n\n"
        "| configuration | parameters, B | active, B | format | remark |\n|---|--:|--:|---|---|\n";
    for (const fs::path& path : paths) table += table_row(path);
    table +=
        "\n## Families\n\nOne of each, and spellings that were misread once. Bytes of cache are a "
        "token's in 16 bits, before a\nwindow is full; those of state a sequence's: recurrences in "
        "fp32, convolutions in 16 bits. Right is\nwithin 0.5 % of the count in the source.\n\n"
        "| configuration | parameters, B | active, B | cache, B | state, B | verdict | source |\n"
        "|---|--:|--:|--:|--:|---|---|\n";
    for (const Right& row : right_values()) table += family_row(row);
    const std::string page = ROOFLINE_SOURCE_DIR "/docs/configurations.md";
    const char* wish = std::getenv("ROOFLINE_GOLDEN");
    if (wish != nullptr && std::string(wish) == "rewrite") write_file(page, table);
    CHECK(read_file(page) == table);
}

TEST_CASE("a name that is explained away does miss its size") {
    for (const fs::path& path : configs()) {
        const std::string name = path.filename().string();
        if (!explained.contains(name)) continue;
        INFO(name);
        const double count = parameters(read_hugging_face(path.string())).total() / 1e9;
        CHECK(std::abs(count / stated_billions(name) - 1) > 0.06);
    }
}

TEST_CASE("where a sample's name states a size the parameters are within 6 % of it") {
    for (const fs::path& path : configs()) {
        const std::string name = path.filename().string();
        const double stated = stated_billions(name);
        if (stated == 0 || explained.contains(name)) continue;
        INFO(name);
        CHECK_THAT(parameters(read_hugging_face(path.string())).total() / 1e9,
                   WithinRel(stated, 0.06));
    }
}

TEST_CASE("a catalog model and the configuration it came from are the same model") {
    Catalog catalog;
    const std::map<std::string, std::string> pairs{
        {"llama-3.1-8b", "meta-llama--Meta-Llama-3.1-8B_config.json"},
        {"deepseek-v3", "deepseek-ai--DeepSeek-V3_config.json"},
        {"gpt-oss-120b", "openai--gpt-oss-120b_config.json"},
        {"qwen3.5-397b-a17b", "Qwen--Qwen3.5-397B-A17B_config.json"},
        {"glm-5.2", "zai-org--GLM-5.2_config.json"},
        {"kimi-k2.5", "moonshotai--Kimi-K2.5_config.json"},
        {"nemotron-h-56b", "nvidia--Nemotron-H-56B-Base-8K_config.json"},
        {"gemma-4-26b-a4b", "google--gemma-4-26B-A4B_config.json"},
    };
    if (configs().empty()) return;
    for (const auto& [id, file] : pairs) {
        INFO(id);
        const auto known = catalog.model(id);
        const Model read = read_hugging_face((samples_folder() / file).string());
        CHECK(read.hidden == known->hidden);
        CHECK(read.vocabulary == known->vocabulary);
        CHECK(read.published.name == known->published.name);
        REQUIRE(read.layers.size() == known->layers.size());
        for (std::size_t i = 0; i < read.layers.size(); ++i) {
            CHECK(read.layers[i].count == known->layers[i].count);
            CHECK(read.layers[i].mixers == known->layers[i].mixers);
            CHECK(read.layers[i].feed_forward == known->layers[i].feed_forward);
        }
    }
}

TEST_CASE("one of every family is right to 0.5 % in parameters, and exact in what it keeps") {
    for (const Right& row : right_values()) {
        INFO(row.name);
        if (!row.refusal.empty()) {
            std::string said;
            try {
                read_hugging_face(row.path().string());
            } catch (const UserError& error) {
                said = error.fault().message;
            }
            CHECK(said.find(row.refusal) != std::string::npos);
            continue;
        }
        const Model model = read_hugging_face(row.path().string());
        const CachePerToken kept = cache_per_token(model, Precision::bf16);
        CHECK(model.unread.empty());
        CHECK(model.unread_format.empty());
        if (!row.parameters.empty())
            CHECK_THAT(parameters(model).total(), WithinRel(std::stod(row.parameters), 0.005));
        if (!row.active.empty())
            CHECK_THAT(active_parameters(model), WithinRel(std::stod(row.active), 0.005));
        if (!row.kv.empty()) CHECK(kept.least.in(byte) == std::stod(row.kv));
        if (!row.state.empty()) CHECK(kept.state.in(byte) == std::stod(row.state));
    }
}

TEST_CASE("of the sample configurations at most two hold keys that are left out") {
    std::size_t warned = 0;
    for (const fs::path& path : configs()) {
        const Model model = read_hugging_face(path.string());
        warned += model.unread.empty() ? 0 : 1;
    }
    CHECK(warned <= 2);
}

TEST_CASE("compressed caches: 284.33 and 1,573.0 B, 6,880 and 9,848 bytes a token beyond windows") {
    const auto beyond_windows = [](const Model& model) {
        const CacheShape shape = cache_on_one_gpu(model, Precision::bf16, {});
        return shape.held(2e6).in(byte) / 1e6 - shape.held(1e6).in(byte) / 1e6;
    };
    if (configs().empty()) return;
    const Model flash = read_hugging_face(
        (samples_folder() / "deepseek-ai--DeepSeek-V4-Flash_config.json").string());
    CHECK_THAT(parameters(flash).total(), WithinRel(284'332'230'231.0, 1e-4));
    CHECK_THAT(active_parameters(flash), WithinRel(13.270e9, 1e-3));
    CHECK_THAT(beyond_windows(flash), WithinRel(6880.0, 1e-9));
    const Model pro =
        read_hugging_face((samples_folder() / "deepseek-ai--DeepSeek-V4-Pro_config.json").string());
    CHECK_THAT(parameters(pro).total(), WithinRel(1'572'997'179'491.0, 1e-4));
    CHECK_THAT(active_parameters(pro), WithinRel(48.852e9, 1e-3));
    CHECK_THAT(beyond_windows(pro), WithinRel(9848.0, 1e-9));
}

}  // namespace samples_test
