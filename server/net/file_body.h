// A stretch of an open file, as the body of an answer.
#pragma once

#include <cstdint>

#include "mixer/file_descriptor.h"

namespace roundelay {

struct FileBody {
  FileDescriptor file;
  int64_t first = 0;  // byte
  int64_t bytes = 0;
};

}  // namespace roundelay
