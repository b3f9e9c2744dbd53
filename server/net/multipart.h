// A form with a file, as browsers and programs send it (multipart/form-data, RFC 7578), read as its bytes come: the file's are
// passed on at once, the fields are kept. Pure; any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace roundelay {

// The boundary that the header Content-Type names; nothing if that is of another kind, or names none that can be.
[[nodiscard]] std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartReader {
 public:
  static constexpr size_t kMostHeadBytes = 8'192;    // of a part
  static constexpr size_t kMostFieldBytes = 65'536;  // of all fields together
  static constexpr size_t kMostFields = 50;

  using FileBytes = std::function<void(std::span<const uint8_t> bytes)>;
  // `file_bytes` is called within feed().
  MultipartReader(const std::string& boundary, FileBytes file_bytes);

  // The next bytes of the body. False: this is no such form, or has more than one file, or too much of something; whatever else
  // comes is not looked at.
  [[nodiscard]] bool feed(std::span<const uint8_t> bytes);
  // No more come. False: the form is not whole.
  [[nodiscard]] bool finish() const { return state_ == State::kEnd; }

  [[nodiscard]] const std::map<std::string, std::string>& fields() const { return fields_; }
  // The name that its sender gives the file, without a path; nothing: no file came.
  [[nodiscard]] const std::optional<std::string>& file_name() const { return file_name_; }

 private:
  enum class State { kBefore, kBehindBoundary, kHead, kField, kFile, kEnd, kBad };
  // Each takes what it can from `held_`; false: it needs more bytes, or nothing more is to be done.
  [[nodiscard]] bool step();
  [[nodiscard]] bool step_content();
  [[nodiscard]] bool step_behind_boundary();
  [[nodiscard]] bool step_head();
  void take_content(std::string_view content);
  void begin_part(std::string_view head);
  [[nodiscard]] bool bad();

  std::string delimiter_;  // CR LF, two dashes, the boundary
  FileBytes file_bytes_;
  std::string held_ = "\r\n";  // the first boundary begins a line too
  State state_ = State::kBefore;
  std::string field_;  // whose value comes
  size_t field_bytes_ = 0;
  std::map<std::string, std::string> fields_;
  std::optional<std::string> file_name_;
};

}  // namespace roundelay
