// What the next song will be, as clients see it, and `plan`: it was changed (PROTOCOL.md 3.2). A plain value.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "mixer/room_state.h"
#include "server/wire/control/message.h"
#include "server/wire/control/part.h"

namespace roundelay::control {

// Each voice is heard again after so many beats, so many times; or there are parts, each of which enters so many beats behind the
// one before.
struct Round {
  static constexpr int kMostBeats = kMostRoundBeats, kMostRepeats = kMostRoundRepeats;
  static constexpr int kMostParts = kMaxBuckets;
  int beats = 16;            // of a repeat, or from one part's entry to the next
  int repeats = 1;           // none of a round by parts
  bool leader_only = false;  // the leader's voice alone is repeated
  int parts = 0;             // 0: a round by repeats
  // Of a round by parts: which of them, from 1, a voice part of the room sings. Who sings none of these sings her bucket's.
  std::map<std::string, int> voices = {};

  bool operator==(const Round&) const = default;

  [[nodiscard]] static Round by_parts(int beats, int parts, std::map<std::string, int> voices = {}) {
    return {beats, 0, false, parts, std::move(voices)};
  }

  [[nodiscard]] nlohmann::json to_json() const {
    if (parts > 0) {
      nlohmann::json out = {{"beats", beats}, {"parts", parts}};
      if (!voices.empty()) out["voices"] = voices;
      return out;
    }
    return {{"beats", beats}, {"repeats", repeats}, {"leader_only", leader_only}};
  }

  [[nodiscard]] static Read<Round> read(const nlohmann::json& in) {
    const auto beats = integer_field(in, "beats", 1, kMostBeats);
    const auto parts = integer_field(in, "parts", 2, kMostParts);
    const auto repeats = integer_field(in, "repeats", 1, kMostRepeats);
    const auto leader_only = bool_field(in, "leader_only");
    if (!beats.given()) return wrong("A repeat of a round must have from 1 to 400 beats.");
    if (!parts.valid) return wrong("A round must have from 2 to 8 parts.");
    if (parts.present) {
      auto voices = read_voices(part(in, "voices"), static_cast<int>(parts.value));
      if (!voices) return wrong(std::move(voices.error()));
      return by_parts(static_cast<int>(beats.value), static_cast<int>(parts.value), *std::move(voices));
    }
    if (!repeats.given()) return wrong("A round must have from 1 to 100 repeats.");
    if (!leader_only.valid) return wrong("leader_only must be true or false.");
    return Round{static_cast<int>(beats.value), static_cast<int>(repeats.value), leader_only.value, 0};
  }

 private:
  [[nodiscard]] static Read<std::map<std::string, int>> read_voices(const nlohmann::json& in, int parts) {
    std::map<std::string, int> out;
    if (in.is_null()) return out;
    if (!in.is_object() || in.size() > control::kMostParts) return wrong("voices must be an object with at most 12 voice parts.");
    for (const auto& [voice, value] : in.items()) {
      const auto checked = checked_part(voice);
      const auto number = integer_field(in, voice.c_str(), 1, parts);
      if (!checked) return wrong(checked.error().message);
      if (!number.given()) return wrong("A voice part must sing one of the round's parts.");
      out[*checked] = static_cast<int>(number.value);
    }
    return out;
  }
};

struct Plan {
  static constexpr int kLeastBpm = kLeastBpmTenths / 10, kMostBpm = kMostBpmTenths / 10, kMostCountInBars = 2;
  std::optional<int> bpm_tenths = {};  // none: without a tempo, and so without click, count-in and round
  int beats_per_bar = 4;
  bool click = false;
  int count_in_bars = 0;
  std::optional<Round> round = {};
  std::optional<std::string> words = {};  // a sheet's id; chosen by `words`
  std::optional<std::string> score = {};  // a score's id; chosen by `score`

  bool operator==(const Plan&) const = default;

  // Beats a minute with one decimal.
  [[nodiscard]] static nlohmann::json bpm_json(int tenths) {
    return tenths % 10 == 0 ? nlohmann::json(tenths / 10) : nlohmann::json(tenths / 10.0);
  }
  // Tenths; rounded to one decimal.
  [[nodiscard]] static Field<int> bpm_field(const nlohmann::json& in) {
    const auto bpm = number_field(in, "bpm", kLeastBpm, kMostBpm);
    return {bpm.present, bpm.valid, bpm.given() ? static_cast<int>(std::lround(bpm.value * 10)) : 0};
  }

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"bpm", bpm_tenths ? bpm_json(*bpm_tenths) : nlohmann::json(nullptr)},
                          {"beats_per_bar", beats_per_bar},
                          {"click", click},
                          {"count_in_bars", count_in_bars},
                          {"round", round ? round->to_json() : nlohmann::json(nullptr)}};
    if (words) out["words"] = *words;
    if (score) out["score"] = *score;
    return out;
  }

  // Without a tempo nothing is left of what needs one.
  [[nodiscard]] static Read<Plan> read(const nlohmann::json& in) {
    if (!in.is_object()) return wrong("A plan must be an object.");
    Plan out;
    const auto bpm = bpm_field(in);
    const auto beats = integer_field(in, "beats_per_bar", 1, kMostBeatsPerBar);
    const auto click = bool_field(in, "click");
    const auto count_in = integer_field(in, "count_in_bars", 0, kMostCountInBars);
    if (!bpm.valid) return wrong("A plan's bpm must be a number from 20 to 300 or null.");
    if (!beats.given()) return wrong("A plan's beats_per_bar must be a whole number from 1 to 12.");
    if (!click.given()) return wrong("A plan's click must be true or false.");
    if (!count_in.given()) return wrong("A plan's count_in_bars must be 0, 1 or 2.");
    auto words = read_text_or_null(in, "words");
    if (!words) return wrong("A plan's words must be the id of words or null.");
    out.words = *std::move(words);
    auto score = read_text_or_null(in, "score");
    if (!score) return wrong("A plan's score must be the id of a score or null.");
    out.score = *std::move(score);
    out.beats_per_bar = static_cast<int>(beats.value);
    if (const nlohmann::json* round = find_field(in, "round")) {
      auto read = Round::read(*round);
      if (!read) return wrong(std::move(read.error()));
      out.round = *read;
    }
    if (!bpm.present) {
      out.round.reset();
      return out;
    }
    out.bpm_tenths = bpm.value;
    out.click = click.value;
    out.count_in_bars = static_cast<int>(count_in.value);
    return out;
  }
};

struct PlanNews {
  static constexpr const char* kType = "plan";
  Plan plan;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"plan", plan.to_json()}}; }
  [[nodiscard]] static Read<PlanNews> read(const nlohmann::json& in) {
    auto plan = Plan::read(part(in, "plan"));
    if (!plan) return wrong(std::move(plan.error()));
    return PlanNews{*std::move(plan)};
  }
};

}  // namespace roundelay::control
