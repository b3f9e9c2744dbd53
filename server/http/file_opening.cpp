#include "server/http/file_opening.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <utility>

namespace roundelay {
namespace {

struct FileOpening {
  uv_work_t work{};
  std::string path;
  std::weak_ptr<OnOpenedFile> done;
  std::optional<OpenedFile> opened = {};

  // On the thread pool.
  void run() {
    // A pipe in its place must not hold up the thread.
    FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat status {};
    if (file.get() < 0 || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    std::array<char, 64> tag{};
    std::snprintf(tag.data(), tag.size(), "\"%llx-%llx-%lx\"", static_cast<unsigned long long>(status.st_size),
                  static_cast<unsigned long long>(status.st_mtim.tv_sec), static_cast<unsigned long>(status.st_mtim.tv_nsec));
    opened.emplace(OpenedFile{std::move(file), status.st_size, tag.data()});
  }
};

}  // namespace

std::shared_ptr<void> open_file(uv_loop_t* loop, std::string path, OnOpenedFile done) {
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
