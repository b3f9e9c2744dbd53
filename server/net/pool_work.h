// Work that takes a disk's time, on a thread of libuv's pool. Called on the loop.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace roundelay {

// `work` runs on the pool, `done` afterwards on the loop: once, later, and not any more when what this returned was destroyed;
// the work itself goes on. Null if there is no memory for it.
template <typename Result>
[[nodiscard]] std::shared_ptr<void> on_the_pool(uv_loop_t* loop, std::function<Result()> work, std::function<void(Result)> done) {
  struct Running {
    uv_work_t request{};
    std::function<Result()> work;
    std::weak_ptr<std::function<void(Result)>> done;
    std::optional<Result> result = {};
  };
  auto waits = std::make_shared<std::function<void(Result)>>(std::move(done));
  auto running = std::make_unique<Running>();
  running->work = std::move(work);
  running->done = waits;
  running->request.data = running.get();
  const int queued = uv_queue_work(
      loop, &running->request,
      [](uv_work_t* request) {
        auto* self = static_cast<Running*>(request->data);
        self->result.emplace(self->work());
      },
      [](uv_work_t* request, int) {
        const std::unique_ptr<Running> ended(static_cast<Running*>(request->data));
        if (const auto called = ended->done.lock(); called && ended->result) (*called)(*std::move(ended->result));
      });
  if (queued != 0) return nullptr;
  (void)running.release();  // freed when the work is done
  return waits;
}

}  // namespace roundelay
