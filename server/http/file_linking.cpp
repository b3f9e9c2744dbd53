#include "server/http/file_linking.h"

#include <unistd.h>

#include <filesystem>
#include <system_error>
#include <utility>

#include "server/http/file_disposal.h"

namespace roundelay {
namespace {

struct FileLinking {
  uv_work_t work{};
  std::string from;
  std::string to;
  std::weak_ptr<OnLinkedFile> done;
  bool there = false;

  // On the thread pool.
  void run() {
    there = ::link(from.c_str(), to.c_str()) == 0;
    if (there) return;
    std::error_code none;
    there = std::filesystem::copy_file(from, to, none);
    if (!there) unlink(to.c_str());
  }
};

}  // namespace

std::shared_ptr<void> link_file(uv_loop_t* loop, std::string from, std::string to, OnLinkedFile done) {
  auto waits = std::make_shared<OnLinkedFile>(std::move(done));
  auto* linking = new FileLinking{.from = std::move(from), .to = std::move(to), .done = waits};
  linking->work.data = linking;
  uv_queue_work(
      loop, &linking->work, [](uv_work_t* work) { static_cast<FileLinking*>(work->data)->run(); },
      [](uv_work_t* work, int) {
        const std::unique_ptr<FileLinking> ended(static_cast<FileLinking*>(work->data));
        if (const auto called = ended->done.lock()) return (*called)(ended->there);
        if (ended->there) dispose_of_file(work->loop, -1, ended->to);
      });
  return waits;
}

}  // namespace roundelay
