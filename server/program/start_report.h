// How a child tells the supervisor why it could not start: a sentence through a pipe, beside its exit status.
#pragma once

#include <optional>
#include <string>

#include "mixer/file_descriptor.h"

namespace roundelay {

// The supervisor's end; one per start of a child. Without a pipe (no descriptors left) the sentence is missing, nothing else.
class StartReport {
 public:
  // Opens the pipe; before fork().
  StartReport();
  // In the child, between fork() and exec: its end stays open, and an environment variable says where. Changes nothing else.
  void hand_to_child() const;
  // In the supervisor, after fork(): the child's end is the child's alone.
  void forget_childs_end();
  // What the child said, once it has ended; empty if nothing. Does not block.
  [[nodiscard]] std::string take() const;

 private:
  std::optional<FileDescriptor> read_;
  std::optional<FileDescriptor> write_;
};

// In the child, first of all: its own children do not inherit the pipe.
void keep_start_report();
// In the child, when it cannot start.
void report_failed_start(const std::string& sentence);

}  // namespace roundelay
