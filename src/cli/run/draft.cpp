#include "draft.hpp"

#include "roofline/error/user_error.hpp"

#include "interrupt.hpp"
#include "text/formatted.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <random>
#include <sys/stat.h>
#include <unistd.h>

namespace roofline::cli {
namespace {

namespace fs = std::filesystem;

// The name is short, whatever the length of the other's, and nobody can have put a link there.
int open_beside(const fs::path& target, mode_t mode, std::string& path) {
    constexpr int most_tries = 100;
    std::random_device random;
    for (int tries = 0; tries < most_tries; ++tries) {
        path = (target.parent_path() / formatted(".roofline-{:08x}", random())).string();
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

// Who could not read the old file cannot read the new one: a group that is lost takes its rights.
void take_after(int file, const struct stat& old) {
    constexpr mode_t rights = 0777;
    mode_t mode = old.st_mode & rights;
    const bool owned = fchown(file, old.st_uid, old.st_gid) == 0;
    constexpr auto same_owner = static_cast<uid_t>(-1);
    if (!owned && fchown(file, same_owner, old.st_gid) != 0) mode &= ~static_cast<mode_t>(S_IRWXG);
    fchmod(file, mode);  // a file system without modes refuses, and has nothing to keep
}

bool is_one_of(int error, std::initializer_list<int> errors) {
    return std::ranges::find(errors, error) != errors.end();
}

// A file can be written where its folder cannot: a mount point, another's file, a full path.
bool folder_refuses(int error) { return is_one_of(error, {EACCES, EPERM, EROFS, ENAMETOOLONG}); }
bool rename_refuses(int error) { return is_one_of(error, {EBUSY, EXDEV, EACCES, EPERM, EROFS}); }

// A full disk is found out before the old file has lost anything.
bool has_room(int file, off_t size) {
    struct stat old = {};
    if (size == 0 || fstat(file, &old) != 0) return true;
    const int error = posix_fallocate(file, 0, size);
    if (!is_one_of(error, {ENOSPC, EDQUOT, EFBIG})) return true;
    errno = ftruncate(file, old.st_size) == 0 ? error : errno;
    return false;
}

}  // namespace

void write_failed(const std::string& shown) {
    const std::string why = std::strerror(errno);
    throw UserError(
        {.code = ErrorCode::write_failed, .message = formatted("cannot write {}: {}", shown, why)});
}

std::string end_of_links(const std::string& path, const std::string& shown) {
    constexpr int most_hops = 40;
    std::error_code error;
    fs::path target = path;
    for (int hops = 0; fs::is_symlink(target, error); ++hops) {
        errno = ELOOP;
        if (hops == most_hops) write_failed(shown);
        target = target.parent_path() / fs::read_symlink(target, error);
    }
    return target.string();
}

Draft::Draft(std::string target, std::string shown)
    : target_(std::move(target)), shown_(std::move(shown)) {
    struct stat old = {};
    const bool replaces = ::stat(target_.c_str(), &old) == 0;
    constexpr mode_t by_umask = 0666;
    const int file = open_beside(target_, replaces ? old.st_mode & by_umask : by_umask, path_);
    if (file >= 0) {
        remove_on_signal(path_);
        if (replaces) take_after(file, old);
        file_.reset(fdopen(file, "w+b"));
    } else {
        path_.clear();
        if (replaces && folder_refuses(errno)) file_.reset(std::tmpfile());
    }
    if (!file_) write_failed(shown_);
    in_place_ = path_.empty() || (replaces && old.st_nlink > 1);
}

Draft::~Draft() {
    file_.reset();
    if (path_.empty()) return;
    std::remove(path_.c_str());
    remove_on_signal({});
}

void Draft::close() {
    if (std::fclose(file_.release()) != 0) write_failed(shown_);
}

void Draft::put_in_place() {
    if (std::fflush(file_.get()) != 0) write_failed(shown_);
    if (in_place_) return copy_into_target();
    close();  // a file system far away may say only now that it is full
    if (std::rename(path_.c_str(), target_.c_str()) == 0) {
        path_.clear();
        return remove_on_signal({});
    }
    if (!rename_refuses(errno)) write_failed(shown_);
    file_.reset(std::fopen(path_.c_str(), "rb"));
    if (!file_) write_failed(shown_);
    copy_into_target();
}

void Draft::copy_into_target() {
    struct stat draft = {};
    if (fstat(fileno(file_.get()), &draft) != 0) write_failed(shown_);
    const int opened = ::open(target_.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (opened < 0) write_failed(shown_);
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> target(fdopen(opened, "wb"), &std::fclose);
    if (!target || !has_room(opened, draft.st_size)) write_failed(shown_);
    std::rewind(file_.get());
    std::array<char, 65536> block{};
    while (const std::size_t count = std::fread(block.data(), 1, block.size(), file_.get()))
        if (std::fwrite(block.data(), 1, count, target.get()) != count) write_failed(shown_);
    if (std::ferror(file_.get()) != 0) write_failed(shown_);
    if (std::fflush(target.get()) != 0 || ftruncate(opened, draft.st_size) != 0)
        write_failed(shown_);
    if (std::fclose(target.release()) != 0) write_failed(shown_);
}

}  // namespace roofline::cli
