#include "interrupt.hpp"

#include <array>
#include <atomic>
#include <csignal>
#include <unistd.h>

namespace roofline::cli {
namespace {

// Threads read what the handler writes.
std::atomic<int> received{0};
std::atomic<bool> remembers{false};
static_assert(std::atomic<int>::is_always_lock_free);

// The handler may not allocate. A longer path cannot be opened.
constexpr std::size_t longest_path = 4096;
std::array<char, longest_path> draft{};
std::atomic<bool> has_draft{false};

extern "C" void on_signal(int signal) {
    if (remembers && signal != SIGPIPE && received.exchange(signal) == 0) return;
    if (has_draft) unlink(draft.data());
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

// What the parent had ignored, as nohup does, stays ignored.
void watch(std::initializer_list<int> signals) {
    for (const int signal : signals) {
        struct sigaction action = {};
        if (sigaction(signal, nullptr, &action) != 0 || action.sa_handler == SIG_IGN) continue;
        action = {};
        action.sa_handler = on_signal;
        action.sa_flags = SA_RESTART;
        sigaction(signal, &action, nullptr);
    }
}

}  // namespace

void remember_interrupts() {
    remembers = true;
    watch({SIGINT, SIGTERM, SIGHUP});
}

int interrupted() {
    constexpr int by_signal = 128;
    const int signal = received;
    return signal == 0 ? 0 : by_signal + signal;
}

void remove_on_signal(const std::string& path) {
    has_draft = false;
    if (path.empty() || path.size() >= draft.size()) return;
    draft[path.copy(draft.data(), draft.size() - 1)] = '\0';
    has_draft = true;
    watch({SIGINT, SIGTERM, SIGHUP, SIGPIPE});
}

}  // namespace roofline::cli
