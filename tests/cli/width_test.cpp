// Pages hold together at any width: no line is longer than the page, nothing crashes.
#include "catch.hpp"
#include "process.hpp"
#include "report/humanize.hpp"

#include <sstream>

namespace width_test {

TEST_CASE("no line of any command is longer than the page, from 40 columns up") {
    for (const std::string command :
         {"analyze llama-3.1-8b --hw h100 --batch 32 --context 4k --price lambda",
          "analyze deepseek-r1 --hw b200x8 --dp 8 --ep 8 --batch 256 --explain",
          "analyze llama-3.1-70b --hw h100", "analyze siglip-so400m --hw h100",
          "cost llama-3.1-8b --hw h100 --price lambda --explain",
          "cost --tokens-per-s 3000 --price '$2/h'", "ridge --hw h100 --explain",
          "kernel gemm 4096 4096 4096 --hw h100",
          "kernel attention --kv-len 4k --heads 32 --hw h100", "hw list", "hw show h100",
          "plot 'llama-3.1-8b@h100 batch=32' 'deepseek-r1@b200x8 dp=8 ep=8' --points decode,op",
          "plot llama-3.1-70b@h100", "models list",
          "models show deepseek-v3.2 --layers --explain"}) {
        for (const int width : {40, 53, 64, 80, 100, 140, 200}) {
            const Run now = run("roofline " + command + " --width " + std::to_string(width), "/");
            INFO(command << " at " << width);
            CHECK((now.status == 0 || now.status == 4));
            std::istringstream lines(now.out);
            for (std::string line; std::getline(lines, line);) {
                INFO(line);
                CHECK(roofline::shown_width(line) <= width);
            }
        }
    }
}

}  // namespace width_test
