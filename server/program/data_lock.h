// Who may use a data directory: one server at a time, and no new one while children of an old one live.
#pragma once

#include "mixer/file_descriptor.h"
#include "server/base/config.h"

namespace roundelay {

// The supervisor's, held for as long as it lives.
class DataLock {
 public:
  // Waits some seconds for children of a predecessor that was killed. Throws std::runtime_error with a sentence.
  explicit DataLock(const Config& config);
  // That another supervisor left (take_over.h).
  explicit DataLock(int descriptor) : lock_(descriptor) {}
  [[nodiscard]] int descriptor() const { return lock_.get(); }

 private:
  FileDescriptor lock_;
};

// In a child, for the rest of its life. Throws std::runtime_error.
void hold_childrens_lock(const Config& config);

}  // namespace roundelay
