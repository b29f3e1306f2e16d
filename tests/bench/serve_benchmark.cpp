// How many estimates of a served deployment one core makes in a second, and that none allocates.
#include "roofline/catalog/catalog.hpp"
#include "roofline/evaluate/served.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <new>

namespace {
std::size_t allocations = 0;
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t /*size*/) noexcept { std::free(memory); }

int main() {
    using namespace roofline;
    Catalog catalog;
    const FittedEfficiency& fitted = fitted_efficiency();
    for (const char* model : {"llama-3.1-70b", "deepseek-r1"}) {
        Deployment d{.model = catalog.model(model), .device = catalog.device("b200")};
        d.gpus = 8;
        d.concurrency = 64;
        const PreparedService service = prepare_service(d, fitted.values, &fitted);
        constexpr int rounds = 200'000;
        double sum = 0;
        const std::size_t before = allocations;
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < rounds; ++i)
            sum += serve(service, 1 + i % 512).expected.time_per_token.in(second);
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
        std::printf("%-14s %8.0f estimates/s, %zu allocations (mean %.2f ms per token)\n", model,
                    rounds / took.count(), allocations - before, 1e3 * sum / rounds);
    }
}
