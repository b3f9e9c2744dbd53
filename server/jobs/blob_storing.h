// Puts a file that is finished in its place, under the name that its content deserves: hashed, synced, renamed, on libuv's
// threads. What another said of its hash is not believed. Made and destroyed on the loop.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <string>

#include "mixer/file_descriptor.h"

namespace roundelay {

class BlobStoring {
 public:
  enum class Outcome {
    kStored,     // the blob is there, synced; or was there before
    kWrongHash,  // its content is another
    kFailed,     // the disk refused
  };
  struct File {
    FileDescriptor descriptor;  // of the file, readable
    std::string path;           // where it lies now, on the same disk as the folder; removed by nobody here
    std::string folder;         // of the blobs
    std::string sha256;         // hex: what it should be, and its name in the folder
  };
  using Done = std::function<void(Outcome)>;

  // `done` is called once, later. Null if there is no memory for it.
  [[nodiscard]] static std::unique_ptr<BlobStoring> start(uv_loop_t* loop, File file, Done done);
  // Nobody is called any more; what is under way goes on.
  ~BlobStoring();
  BlobStoring(const BlobStoring&) = delete;
  BlobStoring& operator=(const BlobStoring&) = delete;

 private:
  struct Work;
  BlobStoring() = default;

  Work* work_ = nullptr;  // owned by libuv's callback; null when it is done
  Done done_;
};

}  // namespace roundelay
