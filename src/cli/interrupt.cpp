#include "interrupt.hpp"

#include <csignal>

namespace roofline::cli {
namespace {

volatile std::sig_atomic_t received = 0;

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
    return received == 0 ? 0 : by_signal + received;
}

}  // namespace roofline::cli
