// A stretch of an open file, as the body of an answer.
#pragma once

#include <cstdint>
#include <memory>

#include "mixer/file_descriptor.h"

namespace roundelay {

struct FileBody {
  std::shared_ptr<const FileDescriptor> file;
  int64_t first = 0;  // byte
  int64_t bytes = 0;
};

}  // namespace roundelay
