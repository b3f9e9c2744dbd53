// `timing`: who was steadily early or late in the last song. To organisers and engineers of everybody, to the others of
// themselves alone (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

struct SingerTiming {
  std::string id;
  int64_t late_ms = 0;  // below 0: early

  [[nodiscard]] nlohmann::json to_json() const { return {{"id", id}, {"late_ms", late_ms}}; }
  [[nodiscard]] static Read<SingerTiming> read(const nlohmann::json& in) {
    const auto id = text_field(in, "id");
    const auto late_ms = integer_field(in, "late_ms", -1'000, 1'000);
    if (!id.given() || !late_ms.given()) return wrong("A singer's timing must have an id and late_ms.");
    return SingerTiming{id.value, late_ms.value};
  }
};

struct Timing {
  static constexpr const char* kType = "timing";
  int64_t song = 0;  // its number
  std::vector<SingerTiming> people;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"song", song}, {"people", list_json(people)}}; }
  [[nodiscard]] static Read<Timing> read(const nlohmann::json& in) {
    const auto song = integer_field(in, "song", 0, UINT32_MAX);
    if (!song.given()) return wrong("song must be a whole number.");
    auto people = read_list<SingerTiming>(in, "people");
    if (!people) return wrong(std::move(people.error()));
    return Timing{song.value, *std::move(people)};
  }
};

}  // namespace roundelay::control
