// Where a process that has no row in the shared memory of the songs tells that it lives, and hears how the machine is: a
// small file, mapped by it and by the supervisor.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>

namespace roundelay {

// So many bytes of a file that several processes map, made where it is not; zeros at first. Throws std::runtime_error.
[[nodiscard]] void* map_small_file(const std::string& path, size_t bytes);

class ProcessBeat {
 public:
  struct Row {
    std::atomic<int64_t> pid;           // 0: not running
    std::atomic<int64_t> heartbeat_ns;  // monotonic time of its loop's last turn
    std::atomic<int64_t> strained;      // told by the supervisor: 1 while singing needs the whole machine (mixer/strain.h)
  };

  // Makes the file where there is none. Throws std::runtime_error: start-up only.
  explicit ProcessBeat(const std::string& path);
  ~ProcessBeat();
  ProcessBeat(const ProcessBeat&) = delete;
  ProcessBeat& operator=(const ProcessBeat&) = delete;

  [[nodiscard]] Row& row() const { return *row_; }

 private:
  Row* row_ = nullptr;
};

}  // namespace roundelay
