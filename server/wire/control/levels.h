// `levels`, to those who have the console open: how loud the singers are (PROTOCOL.md 3.2).
#pragma once

#include "server/wire/control/message.h"

namespace roundelay::control {

// Decibels below full scale.
struct SingerLevels {
  std::string id;
  double peak_db = 0;
  double level_db = 0;
  double after_db = 0;             // as she is heard
  std::optional<double> noise_db;  // while she does not sing
  int64_t clips = 0;               // blocks at full scale
  std::optional<double> loop_ms;   // if it is known
  double late_percent = 0;

  // A list, because many are told five times a second.
  [[nodiscard]] nlohmann::json to_json() const {
    return {id, peak_db, level_db, after_db, number_or_null(noise_db), clips, number_or_null(loop_ms), late_percent};
  }
  [[nodiscard]] static Read<SingerLevels> read(const nlohmann::json& in) {
    if (!in.is_array() || in.size() < 8 || !in[0].is_string() || !in[5].is_number_integer() || in[5].get<int64_t>() < 0)
      return wrong("A singer's levels must be a list of her id and seven numbers.");
    SingerLevels out;
    out.id = in[0].get<std::string>();
    for (const auto& [at, to] : {std::pair{1, &out.peak_db}, {2, &out.level_db}, {3, &out.after_db}, {7, &out.late_percent}}) {
      if (!in[at].is_number()) return wrong("A singer's levels must be numbers.");
      *to = in[at].get<double>();
    }
    out.clips = in[5].get<int64_t>();
    for (const auto& [at, to] : {std::pair{4, &out.noise_db}, {6, &out.loop_ms}}) {
      if (!in[at].is_number() && !in[at].is_null()) return wrong("A singer's noise and loop time must be numbers or null.");
      if (in[at].is_number()) *to = in[at].get<double>();
    }
    return out;
  }

 private:
  [[nodiscard]] static nlohmann::json number_or_null(const std::optional<double>& number) {
    return number ? nlohmann::json(*number) : nlohmann::json(nullptr);
  }
};

struct Levels {
  static constexpr const char* kType = "levels";
  std::vector<SingerLevels> people;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"people", list_json(people)}}; }
  [[nodiscard]] static Read<Levels> read(const nlohmann::json& in) {
    auto people = read_list<SingerLevels>(in, "people");
    if (!people) return wrong(std::move(people.error()));
    return Levels{*std::move(people)};
  }
};

}  // namespace roundelay::control
