// `plan`, from a client: what the next song will be is changed (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/plan.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

// What is left out stays; null takes away.
struct ChangePlan {
  static constexpr const char* kType = "plan";
  std::optional<std::optional<int>> bpm_tenths = {};
  std::optional<int> beats_per_bar = {};
  std::optional<bool> click = {};
  std::optional<int> count_in_bars = {};
  std::optional<std::optional<Round>> round = {};

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"type", kType}};
    if (bpm_tenths) out["bpm"] = *bpm_tenths ? Plan::bpm_json(**bpm_tenths) : nlohmann::json(nullptr);
    if (beats_per_bar) out["beats_per_bar"] = *beats_per_bar;
    if (click) out["click"] = *click;
    if (count_in_bars) out["count_in_bars"] = *count_in_bars;
    if (round) out["round"] = *round ? (*round)->to_json() : nlohmann::json(nullptr);
    return out;
  }

  [[nodiscard]] static Asked<ChangePlan> read(const nlohmann::json& in) {
    ChangePlan out;
    const auto bpm = Plan::bpm_field(in);
    if (!bpm.valid) return refuse("bad_plan", phrase("tempo_out_of_range"));
    if (in.contains("bpm")) out.bpm_tenths = bpm.present ? std::optional(bpm.value) : std::nullopt;
    const auto beats = integer_field(in, "beats_per_bar", 1, kMostBeatsPerBar);
    if (!beats.valid) return refuse("bad_plan", phrase("beats_out_of_range"));
    if (beats.present) out.beats_per_bar = static_cast<int>(beats.value);
    const auto click = bool_field(in, "click");
    if (!click.valid) return refuse("bad_plan", "click must be true or false.");
    if (click.present) out.click = click.value;
    const auto count_in = integer_field(in, "count_in_bars", 0, Plan::kMostCountInBars);
    if (!count_in.valid) return refuse("bad_plan", phrase("count_in_out_of_range"));
    if (count_in.present) out.count_in_bars = static_cast<int>(count_in.value);
    if (const nlohmann::json* round = find_field(in, "round")) {
      const auto read = Round::read(*round);
      if (!read) return refuse("bad_plan", read.error());
      out.round = *read;
    } else if (in.contains("round")) {
      out.round = std::optional<Round>();
    }
    return out;
  }
};

}  // namespace roundelay::control
