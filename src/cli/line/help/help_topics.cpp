#include "help_topics.hpp"

#include "roofline/evaluate/metric.hpp"
#include "roofline/workload/fields.hpp"

#include "error/dialect.hpp"
#include "gate/budget_keys.hpp"
#include "report/format.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>

namespace roofline::cli {
namespace {

constexpr std::size_t column = 24;

constexpr std::string_view exit_status_text =
    "0\tanswered, and nothing that was asked for is broken\n"
    "1\tthe answer is no: check found a broken limit, compare --fail-over a worse figure, plan "
    "nothing that keeps the objectives, hw validate a fault\n"
    "2\tthe command line: an unknown command or flag, a number that cannot be read, words that "
    "contradict each other\n"
    "3\tthe input: a file that cannot be read or understood, a device, model or price that is not "
    "known\n"
    "4\tit cannot be: the deployment does not fit its memory, or cannot keep up with its load\n"
    "70\ta bug of roofline\n"
    "74\tthe answer could not be written\n"
    "130, 143\tinterrupted: Ctrl-C, or asked to end\n"
    "\n"
    "Errors go to stderr as error[E201]: what is wrong, and a hint to type next. With --json, "
    "stdout holds the same as an object: error.code, error.message, error.hint.\n"
    "check --exit-zero turns 1 into 0.";

constexpr std::string_view units_text =
    "# Written\n"
    "counts\t32, 2M, 1B: powers of 1000; Ki and Mi of 1024\n"
    "tokens\t4k, 128k, 1M: k is 1024, the habit of model names; a plain number is exact\n"
    "bytes\t80GB, 16GiB: GB is 1000^3, GiB 1024^3; b is a bit and B a byte\n"
    "rates\t3.35TB/s, 400Gb/s (bits: 50 GB/s), 989TFLOPS\n"
    "times\t25ms, 1.5s, 30min, 90d: the unit is never left out\n"
    "shares\t85% or 0.85\n"
    "money\t'$2.50/h' of a device and hour, '$30000', '$0.12/kWh', '$0.60/M' tokens; euros and "
    "pounds "
    "too, by symbol or code, never converted\n"
    "ranges\t1..256 doubles, 8..64:+8 adds, h100-sxm,h200-sxm lists: in sweep\n"
    "devices\th100-sxmx8 is eight of them; a mode stands before the count: apple-m4-max:64gb\n"
    "\n"
    "Quote what a shell reads: '$2.50/h', 'tpot<30ms'.\n"
    "# Printed\n"
    "people\tthree significant digits, thousands parted, a unit with each number\n"
    "programs\tJSON and CSV hold base units in full (seconds, bytes, FLOP/s, dollars), and the "
    "key names them: tpot_s, memory_bytes, usd_per_1m_output_tokens";

constexpr std::string_view formats_text =
    "--format NAME, or the extension of -o FILE, picks how an answer is written; --json is short "
    "for --format json.\n"
    "$ roofline analyze llama-3.1-8b --hw h100-sxm --get result.decode.bound_s\n"
    "$ roofline sweep llama-3.1-8b --hw h100-sxm --batch 1..256 -o sweep.csv\n"
    "\n"
    "--get prints one value of the JSON answer, bare, for scripts. Keys of JSON and columns of "
    "CSV stay as they are from release to release; the words for people may change.\n";

constexpr std::string_view environment_text =
    "ROOFLINE_CATALOG\tfiles of devices, models or prices, parted by ':' and laid over the "
    "built-in ones before those of --catalog\n"
    "NO_COLOR\tno colour, whatever it is set to\n"
    "CLICOLOR_FORCE, FORCE_COLOR\tcolour also in a pipe, unless 0\n"
    "CLICOLOR\t0: no colour\n"
    "TERM\tdumb: no colour and nothing beyond ASCII\n"
    "COLUMNS\tthe width of a terminal, where --width is not given; a pipe has 100 columns\n"
    "LC_ALL, LC_CTYPE, LANG\twithout UTF-8 in the first that is set: ASCII only\n"
    "SOURCE_DATE_EPOCH\tseconds since 1970 that stand for today, so that old runs can be "
    "repeated\n"
    "GITHUB_ACTIONS\ttrue: check annotates lines, and nothing printed is taken for a command\n"
    "GITHUB_STEP_SUMMARY\tthe file that check adds its page to\n"
    "\n"
    "Flags come before the environment. roofline reads and writes files alone: no network, no "
    "telemetry, no file of settings.";

constexpr std::string_view budgets_text =
    "A budget says what deployments may take and cost; roofline check judges it, and its exit "
    "status is 1 where a limit is broken.\n"
    "$ roofline check --init --model llama-3.1-8b --hw h100-sxm > roofline.budget.json\n"
    "$ roofline check\n"
    "$ roofline check --report junit=junit.xml,md=comment.md\n"
    "\n"
    "It is JSON in which comments may stand. Any field of a deployment is a key of a target, with "
    "_ for -; roofline check --schema prints the JSON Schema that editors complete from.\n";

constexpr std::string_view scenarios_text =
    "compare and plot take whole deployments as words: MODEL@DEVICE, and name=value for every "
    "other field, in one pair of quotes.\n"
    "$ roofline compare 'llama-3.1-70b@h100-sxmx4 quant=fp8' 'llama-3.1-70b@b200-sxmx2 quant=fp8'\n"
    "$ roofline plot 'llama-3.1-8b@h100-sxm batch=1..256'\n"
    "\n"
    "A path of a JSON answer of analyze, estimate or cost is a scenario too. sweep reads a file "
    "of them, one a line: .jsonl with the keys of JSON, .csv with a column for each, or - for "
    "stdin.\n"
    "$ roofline estimate llama-3.1-8b --hw h100-sxm --concurrency 32 -o base.json\n"
    "$ roofline sweep scenarios.jsonl --format csv\n"
    "# Fields\n";

void format_rows(HelpPage& page) {
    page.heading("Formats");
    for (const Format& format : formats())
        page.row(formatted("  {} ({})", format.name, format.extension), format.help, column);
}

template <typename Keys>
void key_rows(HelpPage& page, std::string_view title, const Keys& keys) {
    page.heading(title);
    for (const auto& key : keys) page.row(formatted("  {}", key.text), key.help, column);
}

void budget_rows(HelpPage& page) {
    key_rows(page, "Keys of the file", gate::budget_keys);
    key_rows(page, "Keys of a target, besides fields", gate::target_keys);
    key_rows(page, "Keys of a limit", gate::limit_keys);
    page.heading("Metrics");
    for (const Metric& metric : metrics())
        page.row(formatted("  {}", metric.id), metric.help, column);
}

void field_rows(HelpPage& page) {
    for (const Field& field : deployment_fields())
        page.row(formatted("  {}", field.name), in_dialect(field.help, Dialect::scenario), column);
}

constexpr std::array topics{
    HelpTopic{"exit-status", "what the shell is told, and how errors read", exit_status_text},
    HelpTopic{"units", "how numbers are written, and printed", units_text},
    HelpTopic{"formats", "tables, JSON, CSV, Markdown, pictures", formats_text, format_rows},
    HelpTopic{"environment", "variables that are read", environment_text},
    HelpTopic{"budgets", "files of limits for roofline check", budgets_text, budget_rows},
    HelpTopic{"scenarios", "'MODEL@HW name=value', and files of them", scenarios_text, field_rows},
};

void write_line(std::string_view line, HelpPage& page) {
    if (line.empty()) return page.blank();
    if (line.starts_with("$ ")) return page.command(line.substr(2));
    if (line.starts_with("# ")) return page.heading(line.substr(2));
    const auto tab = line.find('\t');
    if (tab == std::string_view::npos) return page.paragraph(line);
    page.row(formatted("  {}", line.substr(0, tab)), line.substr(tab + 1), column);
}

}  // namespace

std::span<const HelpTopic> help_topics() { return topics; }

const HelpTopic* find_topic(std::string_view name) {
    const auto found = std::ranges::find(topics, name, &HelpTopic::name);
    return found == topics.end() ? nullptr : &*found;
}

void write_topic(const HelpTopic& topic, HelpPage& page) {
    page.paragraph(formatted("{}: {}", topic.name, topic.summary), 2);
    page.blank();
    std::string_view rest = topic.text;
    while (!rest.empty()) {
        const std::size_t stop = std::min(rest.find('\n'), rest.size());
        write_line(rest.substr(0, stop), page);
        rest.remove_prefix(std::min(stop + 1, rest.size()));
    }
    if (topic.rows != nullptr) topic.rows(page);
}

}  // namespace roofline::cli
