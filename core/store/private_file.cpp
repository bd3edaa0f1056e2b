#include "core/store/private_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace castdeck::store {

namespace {

constexpr mode_t ownerOnly = S_IRUSR | S_IWUSR;
constexpr mode_t othersBits = S_IRWXG | S_IRWXO;

class Descriptor {
public:
    explicit Descriptor(int fd) : m_fd{fd} {}
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    int get() const noexcept { return m_fd; }
    bool isOpen() const noexcept { return m_fd >= 0; }

private:
    int m_fd;
};

Error ioError(std::string_view doing, const std::filesystem::path& path)
{
    const int code = errno;
    return Error{code == ENOENT ? ErrorKind::NotFound : ErrorKind::Io,
                 "cannot " + std::string{doing} + " " + path.string() + ": " + std::strerror(code)};
}

bool writeAll(int fd, std::string_view content)
{
    while (!content.empty()) {
        const ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// The file that a chain of symbolic links leads to, so that a rename replaces that one and not the link.
std::filesystem::path linkTarget(const std::filesystem::path& path)
{
    std::error_code ignored;
    const auto target = std::filesystem::canonical(path, ignored);
    return ignored ? path : target;
}

Result<void> writeSynced(int folder, const std::string& name, std::string_view content,
                         const std::filesystem::path& shownPath)
{
    const Descriptor file{
        ::openat(folder, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownerOnly)};
    if (!file.isOpen())
        return ioError("create", shownPath);
    if (::fchmod(file.get(), ownerOnly) != 0 || !writeAll(file.get(), content) || ::fsync(file.get()) != 0)
        return ioError("write", shownPath);
    return {};
}

Result<void> save(const std::filesystem::path& target, std::string_view content, bool mayExist)
{
    const std::filesystem::path folderPath = target.has_parent_path() ? target.parent_path() : ".";
    const Descriptor folder{::open(folderPath.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
    if (!folder.isOpen())
        return ioError("open the folder", folderPath);
    // One saver at a time, so that the temporary name can be fixed: what a killed saver left is removed by the next.
    // Where folders cannot be locked, a save still is whole or not at all.
    ::flock(folder.get(), LOCK_EX);
    struct stat ignored{};
    if (!mayExist && ::fstatat(folder.get(), target.filename().c_str(), &ignored, AT_SYMLINK_NOFOLLOW) == 0)
        return Error{ErrorKind::InvalidInput, target.string() + " exists already"};
    const std::string temporary = "." + target.filename().string() + ".saving";
    ::unlinkat(folder.get(), temporary.c_str(), 0);
    if (auto written = writeSynced(folder.get(), temporary, content, target); !written) {
        ::unlinkat(folder.get(), temporary.c_str(), 0);
        return written;
    }
    if (::renameat(folder.get(), temporary.c_str(), folder.get(), target.filename().c_str()) != 0) {
        const Error failed = ioError("replace", target);
        ::unlinkat(folder.get(), temporary.c_str(), 0);
        return failed;
    }
    if (::fsync(folder.get()) != 0)
        return ioError("sync the folder of", target);
    return {};
}

} // namespace

Result<PrivateText> readPrivateFile(const std::filesystem::path& path, std::size_t maxBytes)
{
    // Non-blocking, so that a pipe in place of the file cannot hold the program up.
    const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    struct stat status{};
    if (!file.isOpen() || ::fstat(file.get(), &status) != 0)
        return ioError("open", path);
    if (!S_ISREG(status.st_mode))
        return Error{ErrorKind::Io, path.string() + " is not a regular file"};
    if (std::cmp_greater(status.st_size, maxBytes))
        return Error{ErrorKind::TooLarge, path.string() + " has " + std::to_string(status.st_size) +
                                              " bytes, at most " + std::to_string(maxBytes) + " are read"};
    PrivateText result;
    if ((status.st_mode & othersBits) != 0) {
        if (::fchmod(file.get(), ownerOnly) != 0)
            return Error{ErrorKind::Forbidden, path.string() + " can be read by other users of this machine and its "
                                                               "mode cannot be changed; its secrets are not loaded. "
                                                               "Run chmod 600 on it as its owner"};
        result.wasOpenToOthers = true;
    }
    result.text.resize(static_cast<std::size_t>(status.st_size));
    std::size_t length = 0;
    while (length < result.text.size()) {
        const ssize_t count = ::read(file.get(), result.text.data() + length, result.text.size() - length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return ioError("read", path);
        if (count == 0)
            break;
        length += static_cast<std::size_t>(count);
    }
    result.text.resize(length);
    return result;
}

Result<void> replacePrivateFile(const std::filesystem::path& path, std::string_view content)
{
    return save(linkTarget(path), content, true);
}

Result<void> createPrivateFile(const std::filesystem::path& path, std::string_view content)
{
    return save(path, content, false);
}

Result<void> createPrivateFolder(const std::filesystem::path& folder)
{
    std::error_code ignored;
    if (folder.empty() || std::filesystem::is_directory(folder, ignored))
        return {};
    if (auto parent = createPrivateFolder(folder.parent_path()); !parent)
        return parent;
    if (::mkdir(folder.c_str(), S_IRWXU) != 0 && errno != EEXIST)
        return ioError("create the folder", folder);
    return {};
}

} // namespace castdeck::store
