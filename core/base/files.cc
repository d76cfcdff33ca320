#include "core/base/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "core/base/error.h"
#include "core/base/folder_entries.h"

namespace quoin {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view what, const fs::path& path, int number) {
  std::string advice;
  if (number == ENOENT) advice = "check the path";
  if (number == EACCES || number == EPERM) advice = "check the permissions of the file and of its folder";
  if (number == ELOOP) advice = "make the link lead to a file, or remove it";
  if (number == ENOSPC || number == EDQUOT) advice = "make room on the disk";
  throw Error(Code::input, concat(what, " ", path.string(), ": ", std::strerror(number)), {path.string()}, advice);
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int operator*() const { return number_; }
  int close() { return ::close(std::exchange(number_, -1)); }

 private:
  int number_;
};

int write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t count = ::write(descriptor, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    content.remove_prefix(static_cast<std::size_t>(count));
  }
  return 0;
}

/// A file beside `path` with the content, gone again unless it is renamed.
class Draft {
 public:
  Draft(const fs::path& path, std::string_view content) : target_(path) {
    draft_ = path.parent_path() / concat(".", path.filename().string(), ".", std::to_string(::getpid()), ".draft");
    struct stat old {};
    const bool exists = ::stat(path.c_str(), &old) == 0;
    ::unlink(draft_.c_str());
    Descriptor file(::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (*file < 0) fail("cannot write", path, errno);
    int number = write_all(*file, content);
    // Rights and owner stay those of the file that is replaced; who may not give a file away keeps it as their own.
    if (number == 0 && exists && ::fchown(*file, old.st_uid, old.st_gid) != 0 && errno != EPERM) number = errno;
    if (number == 0 && exists && ::fchmod(*file, old.st_mode & 07777) != 0 && errno != EPERM) number = errno;
    if (number == 0 && ::fsync(*file) != 0 && errno != EINVAL) number = errno;
    if (file.close() != 0 && number == 0) number = errno;
    if (number != 0) {
      ::unlink(draft_.c_str());
      fail("cannot write", path, number);
    }
  }
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (!draft_.empty()) ::unlink(draft_.c_str());
  }

  void replace() {
    if (::rename(draft_.c_str(), target_.c_str()) != 0) fail("cannot write", target_, errno);
    draft_.clear();
  }

  void place_new() {
    if (::link(draft_.c_str(), target_.c_str()) == 0) return;
    if (errno != EEXIST && ::access(target_.c_str(), F_OK) != 0) return replace();  // a file system without links
    throw Error(Code::refused, concat(target_.string(), " is there already"), {target_.string()},
                "choose another name, or remove the file first");
  }

 private:
  fs::path target_, draft_;
};

/// What a path is that is no file; empty: it is one.
std::string_view other_than_file(mode_t mode) {
  if (S_ISREG(mode)) return {};
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISFIFO(mode)) return "a pipe";
  return S_ISSOCK(mode) ? "a socket" : "a device";
}

[[noreturn]] void refuse_other(std::string_view what, const fs::path& path, std::string_view other) {
  throw Error(Code::input, concat(what, " ", path.string(), ": it is ", other, ", no file"), {path.string()},
              "name a file");
}

/// A pipe that nobody reads is an error at once.
void write_through(const fs::path& path, std::string_view content) {
  Descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (*file < 0 && errno == ENXIO) refuse_other("cannot write", path, "a pipe or socket that nobody reads");
  if (*file < 0) fail("cannot write", path, errno);
  ::fcntl(*file, F_SETFL, ::fcntl(*file, F_GETFL) & ~O_NONBLOCK);
  if (const int number = write_all(*file, content); number != 0) fail("cannot write", path, number);
}

/// The encoding that the first bytes show, where it is not UTF-8.
std::string_view encoding_of(std::string_view content) {
  using namespace std::string_view_literals;
  if (content.starts_with("\xFF\xFE\0\0"sv) || content.starts_with("\0\0\xFE\xFF"sv)) return "UTF-32";
  const bool marked = content.starts_with("\xFF\xFE") || content.starts_with("\xFE\xFF");
  const bool every_other =
      content.size() > 3 && ((content[0] == 0 && content[2] == 0) || (content[1] == 0 && content[3] == 0));
  return marked || every_other ? "UTF-16" : "";
}

/// What a path names in the end: links are followed, also where the last one leads to nothing yet.
fs::path followed(fs::path path) {
  constexpr int most = 40;  // as the kernel
  std::error_code other;
  for (int links = 0; fs::is_symlink(fs::symlink_status(path, other)); ++links) {
    if (links == most) fail("cannot write", path, ELOOP);
    const fs::path to = fs::read_symlink(path, other);
    if (other) fail("cannot write", path, other.value());
    path = path.parent_path() / to;  // which is `to` alone where that begins at the root
  }
  return path;
}

}  // namespace

Text read_file(const fs::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (*file < 0 && errno == ENXIO) refuse_other("cannot read", path, "a socket");
  if (*file < 0) fail("cannot read", path, errno);
  struct stat status {};
  if (::fstat(*file, &status) != 0) fail("cannot read", path, errno);
  if (const auto other = other_than_file(status.st_mode); !other.empty()) refuse_other("cannot read", path, other);
  Text content;
  const auto size = static_cast<std::size_t>(status.st_size);
  content.reserve(size + 1);
  char buffer[65536];
  for (;;) {
    const ssize_t count = ::read(*file, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("cannot read", path, errno);
    content.append(buffer, static_cast<std::size_t>(count));
    // Asking once more would tell of nothing but the end. Where the system makes a file up as it is read, its size is
    // 0.
    if (count == 0 || (size > 0 && content.size() == size)) return content;
  }
}

Text read_text(const fs::path& path) {
  Text text = read_file(path);
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const std::size_t sound = utf8_length(text);
  if (sound == text.size()) return text;
  const std::string_view encoding = encoding_of(text);
  const LineColumn at = encoding.empty() ? line_column(text, sound) : LineColumn{1, 1};
  const bool nul = encoding.empty() && text[sound] == '\0';
  throw Error(Code::input,
              !encoding.empty() ? concat("this file is ", encoding, ", and quoin reads UTF-8")
              : nul             ? Text("this file holds a NUL byte")
                                : Text("this file is not valid UTF-8"),
              {path.string(), at.line, at.column}, nul ? "remove the byte" : "save it as UTF-8");
}

namespace {
bool is_folder(const fs::path& folder, const dirent& entry) {
  if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
  std::error_code gone;  // not every file system tells
  return fs::is_directory(fs::symlink_status(folder / entry.d_name, gone));
}
}  // namespace

std::vector<FolderEntry> entries_in(const fs::path& folder) {
  const auto close = [](DIR* open) { ::closedir(open); };
  const std::unique_ptr<DIR, decltype(close)> open(::opendir(folder.c_str()), close);
  if (!open) fail("cannot read the folder", folder, errno);
  std::vector<FolderEntry> entries;
  const auto next = [&] {
    errno = 0;  // what tells an error from the end
    return ::readdir(open.get());
  };
  while (const dirent* entry = next()) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") entries.push_back({Text(name), is_folder(folder, *entry)});
  }
  if (errno != 0) fail("cannot read the folder", folder, errno);
  std::ranges::sort(entries, {}, &FolderEntry::name);
  return entries;
}

List names_in(const fs::path& folder) {
  List names;
  for (FolderEntry& entry : entries_in(folder)) names.push_back(std::move(entry.name));
  return names;
}

void write_file(const fs::path& path, std::string_view content) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && (S_ISFIFO(status.st_mode) || S_ISCHR(status.st_mode))) return write_through(path, content);
  if (const auto other = other_than_file(status.st_mode); exists && !other.empty())
    refuse_other("cannot write", path, other);
  Draft(followed(path), content).replace();  // a link stays a link, what it names is written
}

void write_new_file(const fs::path& path, std::string_view content) { Draft(path, content).place_new(); }

}  // namespace quoin
