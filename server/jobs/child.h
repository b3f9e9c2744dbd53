// A child process on the conductor's loop.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "server/net/make_uv.h"

namespace roundelay {

class Child {
 public:
  // `signal` is what ended it, or 0. Called once, from the loop; the Child may be destroyed in it.
  using OnExit = std::function<void(int64_t status, int signal)>;

  // `stdio[i]` becomes the child's descriptor i; `environment` ("NAME=value") is added to ours. The error is the system's word
  // for it.
  [[nodiscard]] static tl::expected<std::unique_ptr<Child>, std::string> spawn(uv_loop_t* loop,
                                                                               const std::vector<std::string>& command,
                                                                               std::span<uv_stdio_container_t> stdio,
                                                                               OnExit on_exit,
                                                                               const std::vector<std::string>& environment = {});
  // Kills (SIGKILL) what has not ended.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number);
  // It may go on without us: the destructor leaves it alone.
  void release() { running_ = false; }
  [[nodiscard]] int pid() const { return process_->pid; }

 private:
  Child() = default;
  UvHandle<uv_process_t> process_;
  OnExit on_exit_;
  bool running_ = false;
};

}  // namespace roundelay
