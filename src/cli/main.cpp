#include "roofline/version.hpp"

#include "cli/run/interrupt.hpp"
#include "cli/run/run.hpp"
#include "text/formatted.hpp"

#include <exception>

int main(int argc, char** argv) {
    using namespace roofline;
    const std::vector<std::string> words(argv + 1, argv + argc);
    try {
        return cli::run(words);
    } catch (const UserError& error) {
        return cli::fail_run(error.fault(), words);
    } catch (const cli::Interrupted&) {
        return cli::interrupted();
    } catch (const std::exception& error) {
        return cli::fail_run(
            {.code = ErrorCode::internal,
             .message = formatted("roofline {} has a bug: {}", version, error.what()),
             .hint = "please report it with the command line that shows it"},
            words);
    }
}
