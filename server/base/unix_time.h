// Unix time. Any thread; not in the tick, which counts by the monotonic clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace roundelay {

[[nodiscard]] inline int64_t unix_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace roundelay
