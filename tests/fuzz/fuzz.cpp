// One program for all targets: ROOFLINE_FUZZ names the one that runs, `list` writes their names.
#include "rules.hpp"
#include "target.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <vector>

namespace fuzz {
namespace {

std::vector<Target> all_targets() {
    std::vector<Target> all;
    for (const auto& family :
         {text_targets(), output_targets(), file_targets(), catalog_targets(), gate_targets(),
          measure_targets(), question_targets(), picture_targets()})
        all.insert(all.end(), family.begin(), family.end());
    return all;
}

Target chosen() {
    const char* name = std::getenv("ROOFLINE_FUZZ");
    for (const Target& target : all_targets()) {
        if (name != nullptr && target.name == name) return target;
        std::printf("%.*s\n", static_cast<int>(target.name.size()), target.name.data());
    }
    const bool listed = name != nullptr && std::string_view(name) == "list";
    if (!listed) std::fputs("ROOFLINE_FUZZ names one of these\n", stderr);
    std::exit(listed ? 0 : 2);
}

const Target& target() {
    static const Target only = chosen();
    return only;
}

}  // namespace
}  // namespace fuzz

extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
    fuzz::target();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);  // NOLINT: bytes
    try {
        fuzz::target().run(input);
    } catch (const roofline::UserError& error) {
        fuzz::hold_fault(error.fault());
    } catch (const std::bad_alloc&) {
    }
    return 0;
}
