#include "server/net/multipart.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"
#include "server/net/http_head.h"

namespace roundelay {
namespace {

constexpr size_t kMostBoundary = 70;  // RFC 2046

// One parameter of a header such as: form-data; name="title"; filename="a.mp3". Takes it away from `rest`.
std::pair<std::string, std::string> take_parameter(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of("; \t"), rest.size()));
  const size_t name_end = std::min(rest.find_first_of("=;"), rest.size());
  std::string name = in_small_letters(trimmed_field(rest.substr(0, name_end)));
  rest.remove_prefix(name_end);
  if (!rest.starts_with('=')) return {name, {}};
  rest.remove_prefix(1);
  std::string value;
  if (!rest.starts_with('"')) {
    const size_t end = std::min(rest.find(';'), rest.size());
    value = trimmed_field(rest.substr(0, end));
    rest.remove_prefix(end);
    return {std::move(name), std::move(value)};
  }
  size_t at = 1;
  for (; at < rest.size() && rest[at] != '"'; ++at) {
    // Some put a backslash before a quotation mark; others have backslashes in their paths.
    if (rest[at] == '\\' && at + 1 < rest.size() && rest[at + 1] == '"') ++at;
    value += rest[at];
  }
  rest.remove_prefix(std::min(at + 1, rest.size()));
  return {std::move(name), std::move(value)};
}

bool may_stand_in_boundary(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  const size_t kind_end = std::min(content_type.find(';'), content_type.size());
  if (in_small_letters(trimmed_field(content_type.substr(0, kind_end))) != "multipart/form-data") return std::nullopt;
  std::string_view rest = content_type.substr(kind_end);
  while (!rest.empty()) {
    auto [name, value] = take_parameter(rest);
    if (name != "boundary") continue;
    const bool good = !value.empty() && value.size() <= kMostBoundary && !value.ends_with(' ') &&
                      std::all_of(value.begin(), value.end(), may_stand_in_boundary);
    return good ? std::optional(std::move(value)) : std::nullopt;
  }
  return std::nullopt;
}

MultipartReader::MultipartReader(const std::string& boundary, FileBytes file_bytes)
    : delimiter_("\r\n--" + boundary), file_bytes_(std::move(file_bytes)) {}

bool MultipartReader::bad() {
  state_ = State::kBad;
  held_.clear();
  return false;
}

bool MultipartReader::feed(std::span<const uint8_t> bytes) {
  if (state_ == State::kBad) return false;
  if (state_ == State::kEnd) return true;  // what follows the last boundary is nobody's
  held_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  while (step()) {
  }
  return state_ != State::kBad;
}

bool MultipartReader::step() {
  switch (state_) {
    case State::kBefore:
    case State::kField:
    case State::kFile:
      return step_content();
    case State::kBehindBoundary:
      return step_behind_boundary();
    case State::kHead:
      return step_head();
    default:
      held_.clear();
      return false;
  }
}

bool MultipartReader::step_content() {
  const size_t end = held_.find(delimiter_);
  // Without the delimiter: what may be its beginning waits.
  const size_t sure = end != std::string::npos ? end : held_.size() - std::min(held_.size(), delimiter_.size() - 1);
  take_content(std::string_view(held_).substr(0, sure));
  if (state_ == State::kBad) return false;
  held_.erase(0, end == std::string::npos ? sure : sure + delimiter_.size());
  if (end == std::string::npos) return false;
  state_ = State::kBehindBoundary;
  return true;
}

void MultipartReader::take_content(std::string_view content) {
  if (content.empty()) return;
  if (state_ == State::kFile) return file_bytes_({reinterpret_cast<const uint8_t*>(content.data()), content.size()});
  if (state_ != State::kField) return;
  field_bytes_ += content.size();
  if (field_bytes_ > kMostFieldBytes) return static_cast<void>(bad());
  fields_[field_].append(content);
}

bool MultipartReader::step_behind_boundary() {
  const size_t begin = held_.find_first_not_of(" \t");
  if (std::min(begin, held_.size()) > kMostHeadBytes) return bad();
  if (begin == std::string::npos) return false;
  if (held_.size() < begin + 2) return false;
  const std::string_view mark = std::string_view(held_).substr(begin, 2);
  if (mark == "--") {
    state_ = State::kEnd;
    held_.clear();
    return false;
  }
  if (mark != "\r\n") return bad();
  held_.erase(0, begin);  // the line's end stays: a head may have no lines
  state_ = State::kHead;
  return true;
}

bool MultipartReader::step_head() {
  const size_t end = held_.find("\r\n\r\n");
  // What is found later must not be judged otherwise.
  if (end == std::string::npos ? held_.size() > kMostHeadBytes + 4 : end > kMostHeadBytes) return bad();
  if (end == std::string::npos) return false;
  const std::string head = held_.substr(0, end);
  held_.erase(0, end + 4);
  begin_part(head);
  return state_ != State::kBad;
}

void MultipartReader::begin_part(std::string_view head) {
  std::optional<std::string> name;
  std::optional<std::string> file;
  while (!head.empty()) {
    const size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const size_t colon = std::min(line.find(':'), line.size());
    if (in_small_letters(trimmed_field(line.substr(0, colon))) != "content-disposition") continue;
    std::string_view rest = line.substr(std::min(colon + 1, line.size()));
    while (!rest.empty()) {
      auto [key, value] = take_parameter(rest);
      if (key == "name") {
        name = std::move(value);
      } else if (key == "filename") {
        file = std::move(value);
      }
    }
  }
  if (!name || !is_utf8(*name)) return static_cast<void>(bad());
  if (file) {
    if (file_name_) return static_cast<void>(bad());
    file_name_ = is_utf8(*file) ? std::move(file) : std::string();
    state_ = State::kFile;
    return;
  }
  field_bytes_ += name->size();
  if (fields_.size() >= kMostFields || fields_.contains(*name) || field_bytes_ > kMostFieldBytes) return static_cast<void>(bad());
  field_ = *std::move(name);
  fields_[field_];
  state_ = State::kField;
}

}  // namespace roundelay
