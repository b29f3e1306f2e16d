#include "fingerprint.hpp"

#include "text/formatted.hpp"

#include <cstdint>

namespace roofline::gate {

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
std::string fingerprint_of(const Check& check) {
    constexpr std::uint64_t prime = 0x100000001b3;
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const std::string* part : {&check.file, &check.target, &check.metric, &check.op}) {
        for (const char byte : *part) hash = (hash ^ static_cast<unsigned char>(byte)) * prime;
        hash *= prime;  // a zero byte, so that "ab" and "c" are not "a" and "bc"
    }
    return formatted("{:016x}", hash);
}

}  // namespace roofline::gate
