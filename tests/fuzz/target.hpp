// A reader or writer, and what must hold of it whatever it is given.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fuzz {

/// `run` takes one input. UserError and std::bad_alloc are answers; anything else that is thrown,
/// what a sanitizer finds, and a rule that does not hold are findings.
struct Target {
    std::string_view name;
    void (*run)(std::string_view input);
};

/// One for each family of sources.
std::span<const Target> text_targets();
std::span<const Target> output_targets();
std::span<const Target> file_targets();
std::span<const Target> catalog_targets();
std::span<const Target> gate_targets();
std::span<const Target> measure_targets();
std::span<const Target> question_targets();
std::span<const Target> picture_targets();

/// Ends the process with the rule that does not hold, and what it does not hold of.
void hold(bool holds, std::string_view rule, std::string_view text = {});

}  // namespace fuzz
