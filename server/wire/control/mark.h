// A mark: something that happens at a position of the song, in each client when that position is heard there; `mark` from a
// client and to all, and `marks` for those who come later (PROTOCOL.md 3.2).
#pragma once

#include <string_view>

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct Mark {
  static constexpr size_t kMostIdBytes = 40, kMostKindBytes = 40, kMostPayloadBytes = 1'024;
  // Of this project: the payload is the line of the words, or the page of the score, from 0.
  static constexpr std::string_view kLine = "line", kPage = "page";
  std::string id;
  int64_t position = 0;
  std::string kind;
  std::string payload = {};

  bool operator==(const Mark&) const = default;
  [[nodiscard]] size_t bytes() const { return id.size() + kind.size() + payload.size(); }
  [[nodiscard]] nlohmann::json to_json() const {
    return {{"id", id}, {"position", position}, {"kind", kind}, {"payload", payload}};
  }
  [[nodiscard]] static Read<Mark> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto position = integer_field(in, "position", 0, kMaxNumber);
    const auto kind = text_field(in, "kind");
    const auto payload = text_field(in, "payload");
    if (!id.given() || id.value.empty() || id.value.size() > kMostIdBytes) return wrong("A mark's id must have 1 to 40 bytes.");
    if (!position.given()) return wrong("A mark's position must be a position.");
    if (!kind.given() || kind.value.empty() || kind.value.size() > kMostKindBytes)
      return wrong("A mark's kind must have 1 to 40 bytes.");
    if (!payload.valid || payload.value.size() > kMostPayloadBytes)
      return wrong("A mark's payload must be text of at most 1,024 bytes.");
    return Mark{id.value, position.value, kind.value, payload.value};
  }
};

// From a client, and the same to everybody.
struct MarkNews {
  static constexpr const char* kType = "mark";
  Mark mark;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"mark", mark.to_json()}}; }
  [[nodiscard]] static Read<MarkNews> read(const nlohmann::json& in) {
    auto mark = Mark::read(part(in, "mark"));
    if (!mark) return wrong(std::move(mark.error()));
    return MarkNews{*std::move(mark)};
  }
};

struct SetMark {
  static constexpr const char* kType = MarkNews::kType;
  Mark mark;

  [[nodiscard]] nlohmann::json to_json() const { return MarkNews{mark}.to_json(); }
  [[nodiscard]] static Asked<SetMark> read(const nlohmann::json& in) {
    auto mark = Mark::read(part(in, "mark"));
    if (!mark) return refuse("bad_mark", std::move(mark.error()));
    return SetMark{*std::move(mark)};
  }
};

// The marks of the song that lasts; a long list comes in several.
struct Marks {
  static constexpr const char* kType = "marks";
  static constexpr size_t kMost = 100;  // in one message
  std::vector<Mark> marks;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"marks", list_json(marks)}}; }
  [[nodiscard]] static Read<Marks> read(const nlohmann::json& in) {
    auto marks = read_list<Mark>(in, "marks");
    if (!marks) return wrong(std::move(marks.error()));
    return Marks{*std::move(marks)};
  }
};

}  // namespace roundelay::control
