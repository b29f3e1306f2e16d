// Rates of the engine and of whole runs, each beside a fixed loop of arithmetic that is timed at
// the same moment: on a slow day both are slow, and their ratio stays.
#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/evaluation.hpp"
#include "roofline/workload/fields.hpp"

#include <benchmark/benchmark.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <spawn.h>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <vector>

extern char** environ;

namespace {

using namespace roofline;

// A hundred steps that wait for each other: a multiplication, an addition, a division and a root.
double fixed_loop(double x) {
    for (int i = 0; i < 100; ++i) x = std::sqrt((x * 1.25 + 1) / 1.125);
    return x;
}

double seconds_of_loop() {
    constexpr int rounds = 2000;
    const auto start = std::chrono::steady_clock::now();
    double x = 1;
    for (int i = 0; i < rounds; ++i) x = fixed_loop(x);
    benchmark::DoNotOptimize(x);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return took.count() / rounds;
}

// `each` is how many a turn of the benchmark answers; its rate, and how many fit into a fixed loop.
class Rate {
  public:
    Rate(benchmark::State& state, double each) : state_(state), each_(each) {
        before_ = seconds_of_loop();
        start_ = std::chrono::steady_clock::now();
    }
    ~Rate() {
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start_;
        const double loop = (before_ + seconds_of_loop()) / 2;
        const double done = each_ * static_cast<double>(state_.iterations());
        state_.counters["per_s"] = done / took.count();
        state_.counters["per_fixed_loop"] = done / took.count() * loop;
    }
    Rate(const Rate&) = delete;
    Rate& operator=(const Rate&) = delete;

  private:
    benchmark::State& state_;
    double each_;
    double before_ = 0;
    std::chrono::steady_clock::time_point start_;
};

Deployment deployment(const char* model, double gpus) {
    Catalog catalog;
    Deployment d{.model = catalog.model(model), .device = catalog.device("b200")};
    d.gpus = gpus;
    d.price = PriceRequest{.provider = {}, .amount = 6 * dollar / hour};
    resolve_price(d, catalog);
    return d;
}

void fixed_arithmetic(benchmark::State& state) {
    const Rate rate(state, 1);
    double x = 1;
    for ([[maybe_unused]] auto turn : state) benchmark::DoNotOptimize(x = fixed_loop(x));
}

// A steady state with its bound, its band and its bill.
void served_estimates(benchmark::State& state, const char* model) {
    Deployment d = deployment(model, 8);
    d.concurrency = 64;
    const FittedEfficiency& fitted = fitted_efficiency();
    const PreparedService service = prepare_service(d, fitted.values, &fitted);
    const Rate rate(state, 1);
    double concurrency = 0;
    for ([[maybe_unused]] auto turn : state) {
        concurrency = concurrency == 512 ? 1 : concurrency + 1;
        benchmark::DoNotOptimize(serve(service, concurrency));
    }
}

void decode_steps(benchmark::State& state, const char* model) {
    const Prepared prepared = prepare(deployment(model, 8));
    const Phase& decode = *prepared.workload.phase(Pass::next_token);
    const Rate rate(state, 1);
    double batch = 0;
    for ([[maybe_unused]] auto turn : state) {
        batch = batch == 512 ? 1 : batch + 1;
        benchmark::DoNotOptimize(time_of(decode, {.sequences = batch, .tokens = 1, .before = 4095},
                                         prepared.workload.layout, prepared.machine));
    }
}

struct Child {
    double seconds = 0;
    double peak_bytes = 0;
};

// A run of the program with its answer thrown away.
Child run(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    std::string program = ROOFLINE_BINARY;
    arguments.push_back(program.data());
    std::vector<std::string> own = words;
    for (std::string& word : own) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&files, stream, "/dev/null", O_WRONLY, 0);
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawn(&child, program.c_str(), &files, nullptr, arguments.data(), environ) != 0)
        std::abort();
    int status = 0;
    struct rusage usage = {};
    wait4(child, &status, 0, &usage);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    posix_spawn_file_actions_destroy(&files);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) std::abort();
    constexpr double kibibyte = 1024;
    return {took.count(), static_cast<double>(usage.ru_maxrss) * kibibyte};
}

// From the start of the program to its last row of CSV.
void sweep_rows(benchmark::State& state) {
    const auto points = state.range(0);
    const std::string threads = std::to_string(state.range(1));
    const std::string contexts = "513.." + std::to_string(512 + points / 64) + ":+1";
    double peak = 0;
    {
        const Rate rate(state, static_cast<double>(points / 64 * 64));
        for ([[maybe_unused]] auto turn : state)
            peak = run({"sweep", "llama-3.1-8b", "--hw", "b200-sxm", "--context", contexts,
                        "--batch", "1..64:+1", "--format", "csv", "--threads", threads})
                       .peak_bytes;
    }
    state.counters["peak_MB"] = peak / 1e6;
}

void plans(benchmark::State& state) {
    const Rate rate(state, 1);
    for ([[maybe_unused]] auto turn : state)
        run({"plan", "llama-3.1-70b", "--slo", "ttft=1s,tpot=25ms", "--concurrency", "64", "--isl",
             "4k", "--osl", "512", "--objective", "gpus"});
}

void starts(benchmark::State& state, const std::vector<std::string>& words) {
    const Rate rate(state, 1);
    for ([[maybe_unused]] auto turn : state) run(words);
}

}  // namespace

BENCHMARK(fixed_arithmetic);
BENCHMARK_CAPTURE(served_estimates, llama_70b, "llama-3.1-70b");
BENCHMARK_CAPTURE(served_estimates, deepseek_r1, "deepseek-r1");
BENCHMARK_CAPTURE(decode_steps, llama_70b, "llama-3.1-70b");
BENCHMARK_CAPTURE(decode_steps, deepseek_r1, "deepseek-r1");
BENCHMARK(sweep_rows)
    ->ArgNames({"points", "threads"})
    ->ArgsProduct({{1'000, 100'000, 1'000'000}, {1}})
    ->Args({100'000, 2})
    ->Args({100'000, 4})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK(sweep_rows)  // a minute or so
    ->Name("sweep_rows_endless")
    ->ArgNames({"points", "threads"})
    ->Args({10'000'000, 1})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kSecond);
BENCHMARK(plans)->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(starts, version, {"--version"})->UseRealTime()->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(starts, ridge, {"ridge", "--hw", "h100"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(starts, analyze, {"analyze", "llama-3.1-8b", "--hw", "h100"})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
