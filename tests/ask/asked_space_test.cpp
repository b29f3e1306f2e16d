#include "ask/asked_space.hpp"

#include "catch.hpp"
#include "fault.hpp"

#include <filesystem>
#include <fstream>

namespace asked_space_test {

using namespace roofline;

namespace {

using Given = std::vector<std::pair<std::string_view, std::string>>;

struct Reader {
    Catalog catalog;
    std::vector<WarningNote> notes;

    static std::vector<FieldText> fields(const Given& given) {
        std::vector<FieldText> result;
        for (const auto& [name, text] : given) result.push_back({find_field(name), text});
        return result;
    }
    Space space(const Given& given) { return space_of(fields(given), {catalog, notes}); }
    Deployment base(const Given& given) {
        return base_of_lines(fields(given), "runs.csv", {catalog, notes});
    }
};

}  // namespace

TEST_CASE("one value is what points have in common, several are an axis, in their order") {
    Reader reader;
    const Space space = reader.space({{"model", "llama-3.1-8b"},
                                      {"tp", "1..4"},
                                      {"hw", "l40s"},
                                      {"quant", "bf16,fp8"},
                                      {"isl", "2k"}});
    CHECK(space.base.model->id == "llama-3.1-8b");
    CHECK(space.base.device->id == "l40s");
    CHECK(space.base.isl == 2048.0);
    REQUIRE(space.axes.size() == 2);
    CHECK(space.axes[0].field().name == "tp");
    CHECK(space.axes[0].size() == 3);
    CHECK(space.axes[1].field().name == "quant");
    CHECK_FALSE(space.base.weights);
    CHECK(reader.notes.empty());
}

TEST_CASE("sizes of one device are an axis") {
    Reader reader;
    const Space space = reader.space({{"hw", "apple-m4-max:48gb,apple-m4-max:64gbx2"}});
    CHECK(space.axes.at(0).size() == 2);
    CHECK(reader.notes.empty());
}

TEST_CASE("each device of a list that may mean others says so") {
    Reader reader;
    const Space space = reader.space({{"hw", "h100x2,l40s,b200-sxm,h100"}});
    CHECK(space.axes.at(0).size() == 4);
    REQUIRE(reader.notes.size() == 2);
    CHECK(reader.notes[0].code == "N201");
    CHECK(reader.notes[0].message.starts_with("'h100' means h100-sxm here"));
}

TEST_CASE("a model file with a comma in its name is one model") {
    const auto path = std::filesystem::temp_directory_path() / "roofline_one,two.json";
    std::ofstream(path) << R"({"model_type": "llama", "hidden_size": 256, "num_hidden_layers": 2,
"num_attention_heads": 4, "intermediate_size": 512, "vocab_size": 1000})";
    Reader reader;
    const Space space = reader.space({{"model", path.string()}});
    std::filesystem::remove(path);
    CHECK(space.axes.empty());
    CHECK(space.base.model->hidden == 256);
    CHECK(reader.space({{"model", "llama-3.1-8b,llama-3.1-70b"}}).axes.at(0).size() == 2);
}

TEST_CASE("a step and a load do not go together, of one value or several") {
    Reader reader;
    const auto fault = [&](const Given& given) { return fault_of([&] { reader.space(given); }); };
    const Fault axes = fault({{"batch", "1..8"}, {"concurrency", "1..8"}});
    CHECK(axes.code == ErrorCode::conflicting_arguments);
    CHECK(axes.message == "`batch` asks for a step and `concurrency` for a served deployment");
    CHECK(axes.hint == "leave one of them out");
    CHECK(fault({{"rate", "1"}, {"context", "1k,2k"}}).message ==
          "`context` asks for a step and `rate` for a served deployment");
    CHECK(fault({{"prefix-hit", "0%,50%"}}).code == ErrorCode::conflicting_arguments);
    CHECK(fault({{"batch", "8..1"}}).message.starts_with("`batch`: '8..1' runs backwards"));
}

TEST_CASE("what looks like a range is told how one is written, what does not is not") {
    const Fault bare{.code = ErrorCode::bad_number, .message = "no number"};
    const auto hint = [&](Fault fault, std::string_view text) {
        return hinting_at_ranges(std::move(fault), text).fault().hint;
    };
    const std::string ranges = "several values are 1..256 (doubled each time), 1..256:+16 or 1,2,4";
    for (const std::string_view text : {"1-256", "1:256", "1...256", "1..256..8", "[1", "{1",
                                        "llama-3.1-8b@h100 concurrency=1-256 quant=fp8"}) {
        INFO(text);
        CHECK(hint(bare, text) == ranges);
    }
    for (const std::string_view text :
         {"-1", "abc", "a-b", "llama-3.1-8b@h100 concurrency=x", ""}) {
        INFO(text);
        CHECK(hint(bare, text).empty());
    }
    Fault other = bare;
    other.hint = "write both ends";
    CHECK(hint(other, "1-256") == "write both ends");
    other = {.code = ErrorCode::unknown_model, .message = "no model"};
    CHECK(hint(other, "1-256").empty());
    Reader reader;
    CHECK(fault_of([&] { reader.space({{"concurrency", "1-256"}}); }).hint == ranges);
}

TEST_CASE("what the lines of a file leave out has one value; their model is their own") {
    Reader reader;
    const Deployment base =
        reader.base({{"model", "runs.csv"}, {"hw", "h100x4"}, {"concurrency", "8"}});
    CHECK_FALSE(base.model);
    CHECK(base.device->id == "h100-sxm");
    CHECK(base.gpus == 4.0);
    CHECK(base.concurrency == 8.0);
    CHECK(reader.notes.size() == 1);
    const Fault fault = fault_of([&] { reader.base({{"batch", "1..8"}}); });
    CHECK(fault.code == ErrorCode::conflicting_arguments);
    CHECK(fault.message == "`batch` has several values, and every line of runs.csv is one point");
    CHECK(fault.hint == "give it one value, for the lines that have none of their own");
}

}  // namespace asked_space_test
