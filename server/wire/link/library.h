// `library`, from a shard to the librarian: a request under /api/library, or one of a music player under /rest. Answered by
// `reply` with a LibraryReply as its body; with 100 and the same where a file may come. What is said of a file on its way
// (`begun`, `gone`) is not answered.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/wire/link/enclosed.h"
#include "server/wire/link/envelope.h"

namespace roundelay::link {

using TextPairs = std::vector<std::pair<std::string, std::string>>;

[[nodiscard]] inline nlohmann::json to_json(const TextPairs& pairs) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& [name, value] : pairs) out.push_back({name, value});
  return out;
}
// The same, written at the end of `line`.
inline void append_pairs(const TextPairs& pairs, std::string& line) {
  char before = '[';
  for (const auto& [name, value] : pairs) {
    line.append(1, before).append(1, '[');
    append_quoted(name, line);
    line += ',';
    append_quoted(value, line);
    line += ']';
    before = ',';
  }
  line += pairs.empty() ? "[]" : "]";
}
// Behind a field of an object, the next one's key.
inline std::string& begin_field(const char* key, std::string& line) {
  return line.append(",\"").append(key).append("\":");
}
// What is no pair of texts is left out.
[[nodiscard]] inline TextPairs read_text_pairs(const nlohmann::json& in) {
  TextPairs out;
  if (!in.is_array()) return out;
  for (const auto& each : in) {
    if (each.is_array() && each.size() == 2 && each[0].is_string() && each[1].is_string())
      out.emplace_back(each[0].get<std::string>(), each[1].get<std::string>());
  }
  return out;
}

struct Library {
  static constexpr const char* kOp = "library";
  uint64_t request = 0;
  bool check = false;     // a file is about to come with it: may it?
  bool begun = false;     // its first bytes have come; `body` has the fields so far
  bool gone = false;      // it broke off
  bool encloses = false;  // whoever asks passes a text on as it is: it may be enclosed
  std::string method;
  bool player = false;    // under /rest: the body is the text of a form, or null
  std::string path;       // behind /api/library; behind /rest with the query as it came
  TextPairs query = {};   // decoded
  TextPairs fields = {};  // headers that matter: names in small letters
  std::string address = {};
  bool secure = false;
  nlohmann::json body = nullptr;
  int64_t bytes = 0;           // of a form with a file, as it was announced
  std::string file = {};       // where the file lies that came; empty: none
  std::string file_name = {};  // as its sender calls it

  // A line of a link. It is written here and not by way of a json object: every search asks this while somebody types. What is
  // not given, false or null is left out.
  [[nodiscard]] std::string to_line() const {
    std::string out = "{\"op\":\"";
    out.append(kOp).append("\",\"request\":").append(std::to_string(request));
    const std::pair<const char*, const std::string&> texts[] = {
        {"method", method}, {"path", path}, {"address", address}, {"file", file}, {"file_name", file_name}};
    for (const auto& [key, text] : texts) {
      if (!text.empty()) append_quoted(text, begin_field(key, out));
    }
    const std::pair<const char*, const TextPairs&> lists[] = {{"query", query}, {"fields", fields}};
    for (const auto& [key, pairs] : lists) {
      if (!pairs.empty()) append_pairs(pairs, begin_field(key, out));
    }
    const std::pair<const char*, bool> flags[] = {{"check", check},   {"begun", begun},   {"gone", gone},
                                                  {"player", player}, {"secure", secure}, {"encloses", encloses}};
    for (const auto& [key, is_true] : flags) {
      if (is_true) begin_field(key, out) += "true";
    }
    if (bytes > 0) begin_field("bytes", out) += std::to_string(bytes);
    if (!body.is_null()) begin_field("body", out) += line_of(body);
    return out += '}';
  }
  [[nodiscard]] static std::optional<Library> read(nlohmann::json in) {
    const auto request = natural_field(in, "request");
    if (!request) return std::nullopt;
    const auto is_true = [&](const char* key) { return take_field(in, key) == nlohmann::json(true); };
    return Library{.request = *request,
                   .check = is_true("check"),
                   .begun = is_true("begun"),
                   .gone = is_true("gone"),
                   .encloses = is_true("encloses"),
                   .method = take_text(in, "method"),
                   .player = is_true("player"),
                   .path = take_text(in, "path"),
                   .query = read_text_pairs(take_field(in, "query")),
                   .fields = read_text_pairs(take_field(in, "fields")),
                   .address = take_text(in, "address"),
                   .secure = is_true("secure"),
                   .body = take_field(in, "body"),
                   .bytes = static_cast<int64_t>(natural_field(in, "bytes").value_or(0)),
                   .file = take_text(in, "file"),
                   .file_name = take_text(in, "file_name")};
  }
};

// The body of the `reply` to it: JSON, a text, or a file of the disk that the shard sends.
struct LibraryReply {
  nlohmann::json body = nullptr;
  std::string text = {};  // instead of the body, of `type` or else JSON; as it is sent it stands behind the message (enclosed.h)
  TextPairs headers = {};
  std::string file = {};  // its path; empty: none
  std::string type = {};  // of its content; given without a file: the body is a text of this type
  std::string name = {};  // under which it is kept; empty: nothing is said of that
  bool download = false;
  int64_t first = 0;         // of a stretch of it
  int64_t bytes = 0;         // likewise; 0: the whole file
  bool immutable = false;    // of a stretch: the same path and query give the same for ever
  std::string content = {};  // names the file's content, for its ETag; empty: the shard looks at the file alone
  uint64_t version = 0;  // of a file: while LibraryCount::kLentVersion is this, the same asker may have it again without asking

  [[nodiscard]] nlohmann::json to_json() && {
    nlohmann::json out = nlohmann::json::object();
    if (!body.is_null()) out["body"] = std::move(body);
    if (!headers.empty()) out["headers"] = link::to_json(headers);
    if (!type.empty()) out["type"] = std::move(type);
    if (!file.empty()) {
      out["file"] = std::move(file);
      out["name"] = std::move(name);
      out["download"] = download;
      if (!content.empty()) out["content"] = std::move(content);
      if (version > 0) out["version"] = version;
    }
    if (bytes > 0) {
      out["first"] = first;
      out["bytes"] = bytes;
      out["immutable"] = immutable;
    }
    return out;
  }
  [[nodiscard]] static LibraryReply read(nlohmann::json in) {
    LibraryReply out{.body = take_field(in, "body"),
                     .text = take_text(in, kEnclosed),
                     .headers = read_text_pairs(take_field(in, "headers")),
                     .file = take_text(in, "file"),
                     .type = take_text(in, "type"),
                     .name = take_text(in, "name"),
                     .download = take_field(in, "download") == nlohmann::json(true),
                     .first = static_cast<int64_t>(natural_field(in, "first").value_or(0)),
                     .bytes = static_cast<int64_t>(natural_field(in, "bytes").value_or(0)),
                     .immutable = take_field(in, "immutable") == nlohmann::json(true),
                     .content = take_text(in, "content"),
                     .version = natural_field(in, "version").value_or(0)};
    const bool is_of_text = out.file.empty() && !out.type.empty() && out.body.is_string();
    if (is_of_text && out.text.empty()) out.text = std::move(out.body.get_ref<std::string&>());
    return out;
  }
};

}  // namespace roundelay::link
