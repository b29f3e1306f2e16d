#include "roofline/version.hpp"

#include "cli/run/interrupt.hpp"
#include "cli/run/run.hpp"
#include "input/source.hpp"
#include "text/formatted.hpp"

#include <exception>
#include <new>

namespace {

// Inputs are bounded, but a machine may have less than they take.
roofline::Fault out_of_memory() {
    const auto files = roofline::files_read();
    return {.code = roofline::ErrorCode::unreadable_file,
            .message = files.empty() ? "not enough memory for what is asked"
                                     : "not enough memory for '" + files.back().path + "'",
            .hint = "a smaller file or question takes less"};
}

}  // namespace

int main(int argc, char** argv) {
    using namespace roofline;
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        return cli::run(words);
    } catch (const UserError& error) {
        return cli::fail_run(error.fault(), words);
    } catch (const cli::Interrupted&) {
        return cli::interrupted();
    } catch (const std::bad_alloc&) {
        return cli::fail_run(out_of_memory(), words);
    } catch (const std::exception& error) {
        return cli::fail_run(
            {.code = ErrorCode::internal,
             .message = formatted("roofline {} has a bug: {}", version, error.what()),
             .hint = "please report it with the command line that shows it"},
            words);
    }
}
