// A song as clients see it, and `song`: one was chosen to start, ended, or got its end (PROTOCOL.md 3.2).
#pragma once

#include <string_view>

#include "server/wire/control/plan.h"
#include "server/wire/control/track.h"

namespace roundelay::control {

struct Song {
  static constexpr std::string_view kPlaying = "playing", kNone = "none";
  uint32_t number = 0;
  int64_t start = 0;           // position
  int64_t music = 0;           // position where the music begins, behind the count-in
  std::optional<int64_t> end;  // position; none before the first song and while it is open
  std::optional<Track> track;
  Plan plan;  // with which it was started
  bool playing = false;

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"number", number},
            {"start", start},
            {"music", music},
            {"end", end ? nlohmann::json(*end) : nlohmann::json(nullptr)},
            {"track", track ? track->to_json() : nlohmann::json(nullptr)},
            {"plan", plan.to_json()},
            {"state", playing ? kPlaying : kNone}};
  }

  [[nodiscard]] static Read<Song> read(const nlohmann::json& in) {
    const auto number = integer_field(in, "number", 0, UINT32_MAX);
    const auto start = integer_field(in, "start", 0, kMaxNumber);
    const auto music = integer_field(in, "music", 0, kMaxNumber);  // earlier servers have neither it nor a plan
    const auto end = integer_field(in, "end", 0, kMaxNumber);
    const auto state = text_field(in, "state");
    if (!number.given()) return wrong("A song's number must be a whole number from 0 to 4294967295.");
    if (!start.given()) return wrong("A song's start must be a position.");
    if (!music.valid) return wrong("A song's music must be a position.");
    if (!end.valid) return wrong("A song's end must be a position or null.");
    if (state.value != kPlaying && state.value != kNone) return wrong("A song's state must be \"none\" or \"playing\".");
    Song song{.number = static_cast<uint32_t>(number.value),
              .start = start.value,
              .music = music.present ? music.value : start.value,
              .end = {},
              .track = {},
              .plan = {},
              .playing = state.value == kPlaying};
    if (const nlohmann::json* plan = find_field(in, "plan")) {
      auto read = Plan::read(*plan);
      if (!read) return wrong(std::move(read.error()));
      song.plan = *std::move(read);
    }
    if (end.present) song.end = end.value;
    if (const nlohmann::json* track = find_field(in, "track")) {
      auto read = Track::read(*track);
      if (!read) return wrong(std::move(read.error()));
      song.track = *std::move(read);
    }
    return song;
  }
};

struct SongNews {
  static constexpr const char* kType = "song";
  Song song;

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"song", song.to_json()}}; }
  [[nodiscard]] static Read<SongNews> read(const nlohmann::json& in) {
    auto song = Song::read(part(in, "song"));
    if (!song) return wrong(std::move(song.error()));
    return SongNews{*std::move(song)};
  }
};

}  // namespace roundelay::control
