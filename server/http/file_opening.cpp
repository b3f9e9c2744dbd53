#include "server/http/file_opening.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <utility>

namespace roundelay {
namespace {

// A pipe in its place must not hold up the thread.
constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

// Where the kernel knows the whole path by heart, and else nothing: it does not ask the disk (openat2(2), RESOLVE_CACHED).
FileDescriptor open_from_memory(const std::string& path) {
  const open_how how{.flags = static_cast<uint64_t>(kFlags), .mode = 0, .resolve = RESOLVE_CACHED};
  return FileDescriptor(static_cast<int>(syscall(SYS_openat2, AT_FDCWD, path.c_str(), &how, sizeof how)));
}

std::optional<OpenedFile> opened_file(FileDescriptor file) {
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  std::array<char, 64> tag{};
  std::snprintf(tag.data(), tag.size(), "\"%llx-%llx-%lx\"", static_cast<unsigned long long>(status.st_size),
                static_cast<unsigned long long>(status.st_mtim.tv_sec), static_cast<unsigned long>(status.st_mtim.tv_nsec));
  return OpenedFile{std::make_shared<const FileDescriptor>(std::move(file)), status.st_size, tag.data()};
}

struct FileOpening {
  uv_work_t work{};
  std::string path;
  std::weak_ptr<OnOpenedFile> done;
  std::optional<OpenedFile> opened = {};

  // On the thread pool.
  void run() {
    if (auto file = opened_file(FileDescriptor(open(path.c_str(), kFlags)))) opened.emplace(std::move(*file));
  }
};

}  // namespace

std::shared_ptr<void> open_file(uv_loop_t* loop, std::string path, OnOpenedFile done) {
  if (auto opened = opened_file(open_from_memory(path))) {
    done(std::move(opened));
    return nullptr;
  }
  auto waits = std::make_shared<OnOpenedFile>(std::move(done));
  auto* opening = new FileOpening{.path = std::move(path), .done = waits};
  opening->work.data = opening;
  uv_queue_work(
      loop, &opening->work, [](uv_work_t* work) { static_cast<FileOpening*>(work->data)->run(); },
      [](uv_work_t* work, int) {
        const std::unique_ptr<FileOpening> ended(static_cast<FileOpening*>(work->data));
        if (const auto called = ended->done.lock()) (*called)(std::move(ended->opened));
      });
  return waits;
}

}  // namespace roundelay
