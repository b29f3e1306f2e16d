#include "interrupt.hpp"

#include <atomic>
#include <csignal>

namespace roofline::cli {
namespace {

// Threads read what the handler writes.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free);

extern "C" void remember(int signal) { received = signal; }

}  // namespace

void remember_interrupts() {
    struct sigaction action = {};
    action.sa_handler = remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

int interrupted() {
    constexpr int by_signal = 128;
    const int signal = received;
    return signal == 0 ? 0 : by_signal + signal;
}

}  // namespace roofline::cli
