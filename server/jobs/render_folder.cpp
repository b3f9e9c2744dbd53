#include "server/jobs/render_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

namespace roundelay {
namespace {

constexpr char kTemporary[] = ".tmp";
constexpr char kScratch[] = "scratch.tmp";
constexpr char kLate[] = ".late";
constexpr int kFirstDescriptor = 5;  // the ones below are the worker's own
constexpr size_t kMostJsonBytes = 16'000'000;

tl::unexpected<std::string> refused() {
  return tl::unexpected<std::string>(std::strerror(errno));
}

}  // namespace

tl::expected<RenderFolder, std::string> RenderFolder::open(const std::string& path) {
  FileDescriptor folder(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() < 0) return refused();
  return RenderFolder(std::move(folder));
}

std::vector<std::string> RenderFolder::names_ending(const std::string& end) const {
  std::vector<std::string> names;
  const int fd = openat(folder_.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const std::unique_ptr<DIR, int (*)(DIR*)> folder(fd < 0 ? nullptr : fdopendir(fd), &closedir);
  if (!folder) return names;
  while (const dirent* entry = readdir(folder.get())) {
    const std::string name = entry->d_name;
    if (name.ends_with(end)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> RenderFolder::logs() const {
  return names_ending(".log");
}

tl::expected<int, std::string> RenderFolder::opened(int fd) {
  if (fd < 0) return refused();
  const FileDescriptor low(fd);
  const int high = fcntl(fd, F_DUPFD_CLOEXEC, kFirstDescriptor);
  if (high < 0) return refused();
  open_.emplace_back(high);
  return high;
}

tl::expected<int, std::string> RenderFolder::open_to_read(const std::string& name) {
  return opened(openat(folder_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

tl::expected<int, std::string> RenderFolder::create(const std::string& name) {
  const std::string temporary = name + kTemporary;
  auto fd = opened(openat(folder_.get(), temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (fd) created_.push_back({name, *fd});
  return fd;
}

tl::expected<int, std::string> RenderFolder::scratch() {
  auto fd = opened(openat(folder_.get(), kScratch, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  unlinkat(folder_.get(), kScratch, 0);
  return fd;
}

std::optional<nlohmann::json> RenderFolder::read_json(const std::string& name) const {
  const FileDescriptor file(openat(folder_.get(), name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0 || status.st_size > static_cast<off_t>(kMostJsonBytes))
    return std::nullopt;
  std::string text(static_cast<size_t>(status.st_size), '\0');
  if (read(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) return std::nullopt;
  auto json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

tl::expected<void, std::string> RenderFolder::keep_all() {
  for (const Created& file : created_) {
    if (fsync(file.fd) != 0) return refused();
  }
  for (const Created& file : created_) {
    const std::string temporary = file.name + kTemporary;
    if (renameat(folder_.get(), temporary.c_str(), folder_.get(), file.name.c_str()) != 0) return refused();
  }
  created_.clear();
  return fsync(folder_.get()) == 0 ? tl::expected<void, std::string>() : refused();
}

void RenderFolder::drop_all() {
  for (const Created& file : created_) unlinkat(folder_.get(), (file.name + kTemporary).c_str(), 0);
  created_.clear();
}

void RenderFolder::sweep() {
  remove(names_ending(kTemporary));
}

void RenderFolder::remove(const std::vector<std::string>& names) {
  for (const std::string& name : names) unlinkat(folder_.get(), name.c_str(), 0);
  (void)fsync(folder_.get());
}

tl::expected<void, std::string> RenderFolder::set_aside(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (renameat(folder_.get(), name.c_str(), folder_.get(), (name + kLate).c_str()) != 0) return refused();
  }
  return fsync(folder_.get()) == 0 ? tl::expected<void, std::string>() : refused();
}

std::vector<int> RenderFolder::descriptors() const {
  std::vector<int> all;
  for (const FileDescriptor& file : open_) all.push_back(file.get());
  return all;
}

}  // namespace roundelay
