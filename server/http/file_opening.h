// A file is opened at once where the kernel need not ask the disk for it, and else by the thread pool: the disk may take its
// time. Loop thread only.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "mixer/file_descriptor.h"

namespace roundelay {

struct OpenedFile {
  std::shared_ptr<const FileDescriptor> file;
  int64_t bytes = 0;
  std::string etag;  // of its content, by its size and the time of its last change
};

// Called once: before open_file() returns, which is null then, or later; not any more when what it returned was destroyed.
// Nothing: there is no such file, or it cannot be read. Links are not followed, and only a regular file is one.
using OnOpenedFile = std::function<void(std::optional<OpenedFile>)>;
[[nodiscard]] std::shared_ptr<void> open_file(uv_loop_t* loop, std::string path, OnOpenedFile done);

}  // namespace roundelay
