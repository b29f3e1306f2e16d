// How a file comes to hold an answer as a whole or not at all.
#pragma once

#include <cstdio>
#include <memory>
#include <string>

namespace roofline::cli {

/// Throws E740 for what `errno` says of the file that is shown as `shown`.
[[noreturn]] void write_failed(const std::string& shown);

/// Where the links of `path` end; the file itself need not be there. Throws E740 for a loop.
std::string end_of_links(const std::string& path, const std::string& shown);

/// A file that takes the place of another once it is whole. It is made exclusively, beside its
/// place, with the other's mode and, where that is allowed, owner; unless it is put in place it
/// goes again, by a signal too. All throw UserError (E740) in the name of `shown`.
class Draft {
  public:
    /// `target` is no link, and a regular file where there is one.
    Draft(std::string target, std::string shown);
    ~Draft();
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    std::FILE* file() const { return file_.get(); }

    /// By a rename; into the old file where that has other names, or cannot be renamed over.
    void put_in_place();

  private:
    void close();
    void copy_into_target();

    std::string target_;
    std::string shown_;
    std::string path_;  ///< empty where the folder takes no draft, and once it is gone
    bool in_place_ = false;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_{nullptr, &std::fclose};
};

}  // namespace roofline::cli
