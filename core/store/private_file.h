#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

/// Files that hold secrets: nobody but their owner can read them, and a save leaves the old or the new content, never
/// a mix, whatever happens meanwhile.
namespace castdeck::store {

struct PrivateText {
    std::string text;
    bool wasOpenToOthers = false; ///< It was readable by others; the mode has been set to 0600.
};

/// Fails with NotFound, TooLarge (nothing is read then), Forbidden (others can read it, and that cannot be changed) or
/// Io.
Result<PrivateText> readPrivateFile(const std::filesystem::path& path, std::size_t maxBytes);

/// Writes a temporary file of mode 0600 beside `path`, syncs it, renames it and syncs the folder. A symbolic link is
/// followed. Fails with Io; the old file is untouched then.
Result<void> replacePrivateFile(const std::filesystem::path& path, std::string_view content);

/// The same for a file that must not be there, not as a link to nowhere either: of several that do so at once, one
/// succeeds. Fails with InvalidInput when it is.
Result<void> createPrivateFile(const std::filesystem::path& path, std::string_view content);

/// Creates the folder and its parents, mode 0700 for those that are created. Fails with Io.
Result<void> createPrivateFolder(const std::filesystem::path& folder);

} // namespace castdeck::store
