// Writes a ZIP by libzip, whose files' bytes come from functions, as they are wanted: memory does not grow with them. Nothing is
// compressed; files above 4 GB become ZIP64. Blocks: for the worker.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <tl/expected.hpp>

struct zip;

namespace roundelay::render {

class ZipWriter {
 public:
  // Fills the bytes with what comes next of the file. False: it cannot be read.
  using Next = std::function<bool(std::span<uint8_t>)>;

  // `fd`: an empty file, to read and write, the caller's.
  explicit ZipWriter(int fd);
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  // `name`: UTF-8, with "/" between folders; each once. `bytes` come from `next`, in order, when finish() wants them. `unix_s`:
  // its date, which is written in UTC.
  void add(const std::string& name, int64_t bytes, int64_t unix_s, Next next);
  // Writes all of it. `progress` gets 0 to 1. The error is the library's word for it.
  [[nodiscard]] tl::expected<void, std::string> finish(const std::function<void(double)>& progress);

 private:
  struct Target;
  struct Entry;
  std::unique_ptr<Target> target_;
  std::vector<std::unique_ptr<Entry>> entries_;
  zip* zip_ = nullptr;
  std::string failure_;
};

}  // namespace roundelay::render
