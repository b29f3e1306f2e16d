#include "roofline/search/point_stream.hpp"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>

namespace roofline {
namespace {

constexpr std::uint64_t block_points = 256;

}  // namespace

// Each worker takes the next block that nobody has, works it out and puts it into its place in a
// ring; it waits while the reader is a whole ring behind.
struct PointStream::Workers {
    struct Block {
        std::vector<PointAnswer> answers;
        bool ready = false;
    };

    Workers(const Sweep& asked, const PointRange& points, unsigned threads)
        : sweep(asked), range(points), ring(std::size_t{4} * threads) {
        for (unsigned i = 0; i < threads; ++i) try {
                running.emplace_back([this] { run(); });
            } catch (const std::system_error&) {
                break;  // those that run suffice
            }
    }

    ~Workers() {
        {
            const std::lock_guard lock(mutex);
            stopped = true;
        }
        changed.notify_all();
        for (std::thread& thread : running) thread.join();
    }

    PointRange points_of(std::uint64_t block) const {
        const std::uint64_t first = range.first + block * block_points;
        return {.first = first, .last = std::min(first + block_points, range.last)};
    }
    std::uint64_t blocks() const {
        return (range.last - range.first + block_points - 1) / block_points;
    }

    void run() {
        PointAnswerer answerer(sweep);
        std::vector<PointAnswer> answers;
        while (true) {
            std::uint64_t block = 0;
            {
                std::unique_lock lock(mutex);
                block = next_block++;
                changed.wait(lock, [&] { return stopped || block < read_block + ring.size(); });
                if (stopped || block >= blocks()) return;
            }
            answers.clear();
            const PointRange points = points_of(block);
            std::exception_ptr failure;
            try {
                for (std::uint64_t i = points.first; i < points.last; ++i)
                    answers.push_back(answerer(i));
            } catch (...) {
                failure = std::current_exception();
            }
            const std::lock_guard lock(mutex);
            Block& place = ring[block % ring.size()];
            std::swap(place.answers, answers);
            place.ready = true;
            if (failure) failed = failure;
            changed.notify_all();
        }
    }

    // The answers of the block that is read, when all of it is there.
    std::vector<PointAnswer>& wait_for_block() {
        std::unique_lock lock(mutex);
        Block& place = ring[read_block % ring.size()];
        changed.wait(lock, [&] { return place.ready || failed; });
        if (failed) std::rethrow_exception(failed);
        return place.answers;
    }

    void give_block_back() {
        const std::lock_guard lock(mutex);
        ring[read_block % ring.size()].ready = false;
        ++read_block;
        changed.notify_all();
    }

    const Sweep& sweep;
    PointRange range;
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<Block> ring;
    std::uint64_t next_block = 0;
    std::uint64_t read_block = 0;
    std::vector<PointAnswer>* current = nullptr;
    bool stopped = false;
    std::exception_ptr failed;
    std::vector<std::thread> running;
};

PointRange shard(std::uint64_t points, std::uint64_t part, std::uint64_t parts) {
    const auto bound = [&](std::uint64_t before) {  // points · before / parts, without overflow
        return points / parts * before + points % parts * before / parts;
    };
    return {.first = bound(part - 1), .last = bound(part)};
}

PointStream::PointStream(const Sweep& sweep, const PointRange& range, unsigned threads)
    : answerer_(sweep), range_(range) {
    const std::uint64_t blocks = (range.last - range.first + block_points - 1) / block_points;
    const auto useful = static_cast<unsigned>(std::min<std::uint64_t>(threads, blocks));
    if (useful > 1) workers_ = std::make_unique<Workers>(sweep, range, useful);
    if (workers_ && workers_->running.empty()) workers_.reset();
}

PointStream::~PointStream() = default;

bool PointStream::next(std::uint64_t& point, PointAnswer& answer) {
    if (range_.first == range_.last) return false;
    point = range_.first++;
    if (!workers_) {
        answer = answerer_(point);
        return true;
    }
    const std::uint64_t place = (point - workers_->range.first) % block_points;
    if (place == 0) workers_->current = &workers_->wait_for_block();
    answer = std::move((*workers_->current)[place]);
    if (place + 1 == workers_->current->size()) workers_->give_block_back();
    return true;
}

}  // namespace roofline
