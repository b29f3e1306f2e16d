// Runs a shell command in a folder with a fixed environment and collects what it says.
#pragma once

#include <string>

struct Run {
    int status = 0;
    std::string out;
    std::string err;
};

/// `roofline` is on the PATH; the locale is UTF-8, nothing is a terminal.
Run run(const std::string& command, const std::string& folder);

std::string read_file(const std::string& path);
void write_file(const std::string& path, const std::string& text);
