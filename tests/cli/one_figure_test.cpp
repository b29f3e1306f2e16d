// One question has one figure, whoever asks: every command that knows a deployment's tokens per
// second, time per token and price says the same to the last bit, or refuses for the same reason.
#include "catch.hpp"
#include "draw.hpp"
#include "error/dialect.hpp"
#include "input/json.hpp"
#include "process.hpp"
#include "text/formatted.hpp"

#include <filesystem>
#include <map>

namespace one_figure_test {

using namespace roofline;

namespace {

/// A deployment as its fields are typed, model and device first.
struct Question {
    std::string model;
    std::string hw;
    std::vector<std::pair<std::string, std::string>> fields;
    bool served = false;

    std::string flags() const {
        std::string text = formatted(" {} --hw {}", model, hw);
        for (const auto& [name, value] : fields) text += formatted(" --{} '{}'", name, value);
        return text + " --json";
    }
    std::string scenario() const {
        std::string text = formatted("{}@{}", model, hw);
        for (const auto& [name, value] : fields) text += formatted(" {}={}", name, value);
        return "'" + text + "'";
    }
    std::string target(std::size_t number) const {
        std::string text = formatted(R"({{"name": "t{}", "model": "{}", "hw": "{}", "basis": "{}")",
                                     number, model, hw, basis());
        for (const auto& [name, value] : fields) {
            const bool bare = value.find_first_not_of("0123456789.") == std::string::npos;
            text += formatted(R"(, "{}": {})", name, bare ? value : "\"" + value + "\"");
        }
        return text + R"(, "limits": {"tpot": {"max": "1e9s"}, "tokens_per_s": {"min": 1e-9},
            "usd_per_1m_output": {"max": 1e12}}})";
    }
    std::string_view basis() const { return served ? "expected" : "bound"; }
};

/// What a command says: a code where it refuses, else tokens/s, time per token and price.
struct Said {
    std::string code;
    std::string message;
    std::map<std::string, double> figures;

    void take(std::string name, const JsonValue* value) {
        if (value != nullptr && value->number() != nullptr)
            figures.emplace(std::move(name), *value->number());
    }
    void take_metrics(const JsonValue& record) {
        take("tokens_per_s", record.find("tokens_per_s"));
        take("tpot", record.find("tpot_s"));
        take("price", record.find("usd_per_1m_output_tokens"));
    }
};

const JsonValue& at(const JsonValue& value, std::initializer_list<std::string_view> path) {
    const JsonValue* inside = &value;
    for (const std::string_view key : path) {
        inside = inside->find(key);
        REQUIRE(inside != nullptr);
    }
    return *inside;
}

JsonDocument answer_to(const std::string& command, const std::string& folder) {
    INFO(command);
    const Run now = run(command, folder);
    REQUIRE_FALSE(now.out.empty());
    return parse_json({.name = "out", .text = now.out}, JsonDialect::strict);
}

// Code and message of an error, if it is one.
bool refused(const JsonValue& root, Said& said) {
    const JsonValue* error = root.find("error");
    if (error == nullptr) return false;
    said.code = *at(*error, {"code"}).text();
    said.message = *at(*error, {"message"}).text();
    return true;
}

// Whether the answer is that it does not fit.
bool misfits(const JsonValue& result) {
    const JsonValue* memory = result.find("memory");
    const JsonValue* fits = memory == nullptr ? nullptr : memory->find("fits");
    return fits != nullptr && fits->boolean() != nullptr && !*fits->boolean();
}

std::string standing_code(std::string_view standing) {
    if (standing == "does_not_fit") return "E402";
    return standing == "overloaded" ? "E403" : "";
}

// `analyze` of a step, `estimate` of a served deployment.
Said from_page(const Question& question, const std::string& folder) {
    Said said;
    const JsonDocument page = answer_to(
        (question.served ? "roofline estimate" : "roofline analyze") + question.flags(), folder);
    if (refused(page.root, said)) return said;
    const JsonValue& result = at(page.root, {"result"});
    if (misfits(result)) said.code = "E402";
    const JsonValue* open = result.find("open_loop");
    if (open != nullptr && result.find("replicas_for_80_percent") != nullptr) said.code = "E403";
    if (!said.code.empty()) return said;
    if (!question.served) {
        said.take_metrics(at(result, {"metrics"}));
        return said;
    }
    said.take("tokens_per_s", result.find("tokens_per_s"));
    said.take("tpot", result.find("tpot_s"));
    said.take("price", at(result, {"cost"}).find("usd_per_1m_output_tokens"));
    return said;
}

Said from_cost(const Question& question, const std::string& folder) {
    Said said;
    const JsonDocument page = answer_to("roofline cost" + question.flags(), folder);
    if (refused(page.root, said)) return said;
    const JsonValue& result = at(page.root, {"result"});
    if (misfits(result)) {
        said.code = "E402";
        return said;
    }
    if (!question.served) {  // its cost block counts the time of prompts in
        said.take_metrics(at(result, {"metrics"}));
        return said;
    }
    said.take("price", at(result, {"cost"}).find("usd_per_1m_output_tokens"));
    said.take("tokens_per_s", at(result, {"cost"}).find("delivered_tokens_per_s"));
    return said;
}

Said from_compare(const Question& question, const std::string& folder) {
    Said said;
    const JsonDocument page = answer_to(formatted("roofline compare {0} {0} --basis {1} --json",
                                                  question.scenario(), question.basis()),
                                        folder);
    if (refused(page.root, said)) return said;
    const JsonValue& one = (*at(page.root, {"result", "scenarios"}).array())[0];
    said.code = standing_code(*at(one, {"standing"}).text());
    if (said.code.empty()) said.take_metrics(at(one, {"figures"}));
    return said;
}

Said from_sweep(const Question& question, const std::string& folder) {
    Said said;
    const JsonDocument page = answer_to(
        formatted("roofline sweep{} --basis {}", question.flags(), question.basis()), folder);
    if (refused(page.root, said)) return said;
    const JsonValue& point = (*at(page.root, {"result", "points"}).array())[0];
    if (const std::string* reason = at(point, {"reason"}).text()) {
        said.message = *reason;
        for (const std::string_view misfit : {"cannot fit", "does not start", "does not fit"})
            if (reason->starts_with(misfit)) said.code = "E402";
        if (reason->starts_with("cannot keep up")) said.code = "E403";
    } else
        said.take_metrics(point);
    return said;
}

Said from_plot(const Question& question, const std::string& folder) {
    Said said;
    const auto picture = [&](std::string_view x, std::string_view y) {
        return answer_to(formatted("roofline plot {} --basis {} --x {} --y {} --json",
                                   question.scenario(), question.basis(), x, y),
                         folder);
    };
    const JsonDocument rates = picture("tpot", "tokens_per_s");
    if (refused(rates.root, said)) return said;
    const auto point_of = [](const JsonDocument& page) -> const JsonValue& {
        return (*at((*at(page.root, {"result", "series"}).array())[0], {"points"}).array())[0];
    };
    said.take("tpot", point_of(rates).find("x"));
    said.take("tokens_per_s", point_of(rates).find("y"));
    const JsonDocument prices = picture("tpot", "usd_per_1m_output");
    if (!refused(prices.root, said)) said.take("price", point_of(prices).find("y"));
    return said;
}

// All of them in one budget, by number.
std::vector<Said> from_check(const std::vector<Question>& questions, const std::string& folder) {
    std::string budget = R"({"version": 1, "targets": [)";
    for (std::size_t i = 0; i < questions.size(); ++i)
        budget += (i > 0 ? ",\n" : "\n") + questions[i].target(i);
    write_file(folder + "/budget.json", budget + "]}");
    std::vector<Said> all(questions.size());
    const JsonDocument page = answer_to("roofline check budget.json --json", folder);
    for (const JsonValue& check : *at(page.root, {"result", "checks"}).array()) {
        Said& said = all[std::stoul(at(check, {"target"}).text()->substr(1))];
        if (const std::string* code = at(check, {"error"}).text()) said.code = *code;
        const std::string& metric = *at(check, {"metric"}).text();
        said.take(metric == "usd_per_1m_output" ? "price" : metric, check.find("value"));
    }
    return all;
}

Question drawn(Draw& draw) {
    const Deployment d = draw.deployment();
    const auto count = [&](double from, double to) {
        return formatted("{}", draw.number(from, to));
    };
    Question question{.model = d.model->id, .hw = d.device->id, .fields = {}};
    if (draw.flip()) question.hw += "x" + draw.pick(std::vector<std::string>{"1", "2", "3", "8"});
    const auto add = [&](std::string name, std::string value) {
        question.fields.emplace_back(std::move(name), std::move(value));
    };
    if (d.tensor_parallel && draw.flip()) add("tp", formatted("{}", *d.tensor_parallel));
    if (d.data_parallel) add("dp", formatted("{}", *d.data_parallel));
    if (draw.flip())
        add("quant", draw.pick(std::vector<std::string>{"fp8", "int4", "nvfp4", "bf16"}));
    add("isl", count(16, 4000));
    add("osl", count(2, 1000));
    add("price", formatted("${}/h", draw.number(1, 900) / 100));
    question.served = draw.flip();
    if (!question.served)
        add("batch", count(1, 200));
    else if (draw.flip())
        add("rate", formatted("{}", draw.number(1, 400) / 100));
    else
        add("concurrency", count(1, 200));
    if (question.served && draw.flip()) add("prefix-hit", count(1, 99) + "%");
    return question;
}

}  // namespace

TEST_CASE("200 deployments: every command gives the same figures to the last bit, or one fault") {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / "roofline-one-figure";
    std::filesystem::create_directories(folder);
    Draw draw;
    std::vector<Question> questions;
    for (int i = 0; i < 200; ++i) questions.push_back(drawn(draw));
    const std::vector<Said> checked = from_check(questions, folder.string());
    int answered = 0;
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const Question& question = questions[i];
        INFO(question.scenario());
        const Said page = from_page(question, folder.string());
        if (page.code.empty()) ++answered;
        const bool usage = page.code.starts_with("E1");  // which a budget is not: E352
        CHECK(checked[i].code == (usage ? "E352" : page.code));
        CHECK(checked[i].figures == page.figures);
        for (const auto ask : {from_cost, from_compare, from_sweep, from_plot}) {
            const Said other = ask(question, folder.string());
            if (other.code.empty() && !page.code.empty())
                CHECK(other.message == page.message);
            else
                CHECK(other.code == page.code);
            for (const auto& [name, figure] : other.figures) {
                INFO(name);
                CHECK(page.figures.at(name) == figure);
            }
            CHECK((page.code.empty() || other.figures.empty()));
        }
    }
    CHECK(answered > 50);  // much does not fit the small cards of the catalog
    CHECK(answered < 190);
}

}  // namespace one_figure_test
