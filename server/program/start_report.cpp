#include "server/program/start_report.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace roundelay {
namespace {

constexpr const char* kVariable = "ROUNDELAY_START_REPORT";
constexpr size_t kMostBytes = 1'000;  // of a sentence; less than a pipe takes at once

int report_descriptor = -1;  // of this process, if it is a child

}  // namespace

StartReport::StartReport() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) return;
  read_.emplace(ends[0]);
  write_.emplace(ends[1]);
}

void StartReport::hand_to_child() const {
  if (!write_) return;
  fcntl(write_->get(), F_SETFD, 0);
  std::array<char, 16> number{};
  std::snprintf(number.data(), number.size(), "%d", write_->get());
  setenv(kVariable, number.data(), 1);
}

void StartReport::forget_childs_end() {
  write_.reset();
}

std::string StartReport::take() const {
  std::string sentence(kMostBytes, '\0');
  const ssize_t count = !read_ ? 0 : read(read_->get(), sentence.data(), sentence.size());
  sentence.resize(count > 0 ? static_cast<size_t>(count) : 0);
  return sentence;
}

void keep_start_report() {
  const char* number = std::getenv(kVariable);
  if (number == nullptr) return;
  report_descriptor = std::atoi(number);
  unsetenv(kVariable);
  fcntl(report_descriptor, F_SETFD, FD_CLOEXEC);
}

void report_failed_start(const std::string& sentence) {
  if (report_descriptor < 0) return;
  const std::string told = sentence.substr(0, kMostBytes);
  (void)!write(report_descriptor, told.data(), told.size());
}

}  // namespace roundelay
