#include "server/jobs/child.h"

#include <unistd.h>

#include <csignal>
#include <utility>

namespace roundelay {

tl::expected<std::unique_ptr<Child>, std::string> Child::spawn(uv_loop_t* loop, const std::vector<std::string>& command,
                                                               std::span<uv_stdio_container_t> stdio, OnExit on_exit,
                                                               const std::vector<std::string>& environment) {
  std::vector<std::string> words = command;
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  std::vector<std::string> added = environment;
  std::vector<char*> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) variables.push_back(*variable);
  for (std::string& variable : added) variables.push_back(variable.data());
  variables.push_back(nullptr);

  std::unique_ptr<Child> child(new Child);  // private constructor
  child->on_exit_ = std::move(on_exit);
  child->process_.reset(new uv_process_t{});  // libuv registers the handle even when the spawn fails: always closed
  child->process_->data = child.get();

  uv_process_options_t options{};
  options.file = arguments.front();
  options.args = arguments.data();
  options.env = variables.data();
  options.flags = UV_PROCESS_DETACHED;  // out of the reach of Ctrl-C, which libuv lets nobody ignore from the start
  options.stdio = stdio.data();
  options.stdio_count = static_cast<int>(stdio.size());
  options.exit_cb = [](uv_process_t* process, int64_t status, int signal) {
    auto* ended = static_cast<Child*>(process->data);
    ended->running_ = false;
    const OnExit callback = std::move(ended->on_exit_);
    callback(status, signal);
  };
  if (const int result = uv_spawn(loop, child->process_.get(), &options); result != 0) {
    return tl::unexpected(std::string(uv_strerror(result)));
  }
  child->running_ = true;
  return child;
}

Child::~Child() {
  if (running_) signal(SIGKILL);
}

void Child::signal(int number) {
  if (running_) uv_process_kill(process_.get(), number);
}

}  // namespace roundelay
