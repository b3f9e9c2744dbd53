// A song as clients see it, and `song`: one was chosen to start, ended, or got its end (PROTOCOL.md 3.2).
#pragma once

#include <string_view>

#include "server/wire/control/plan.h"
#include "server/wire/control/track.h"

namespace roundelay::control {

// What those in a bucket sing in a round by parts.
struct SongPart {
  int part = 1;        // from 1
  int64_t enters = 0;  // position at which it comes in

  [[nodiscard]] nlohmann::json to_json() const { return {{"part", part}, {"enters", enters}}; }
  [[nodiscard]] static Read<SongPart> read(const nlohmann::json& in) {
    const auto part = integer_field(in, "part", 1, Round::kMostParts);
    const auto enters = integer_field(in, "enters", 0, kMaxNumber);
    if (!part.given()) return wrong("A song's part must be a whole number from 1 to 8.");
    if (!enters.given()) return wrong("A part must enter at a position.");
    return SongPart{static_cast<int>(part.value), enters.value};
  }
};

struct Song {
  static constexpr std::string_view kPlaying = "playing", kNone = "none";
  uint32_t number = 0;
  int64_t start = 0;           // position
  int64_t music = 0;           // position where the music begins, behind the count-in
  std::optional<int64_t> end;  // position; none before the first song and while it is open
  std::optional<Track> track;
  Plan plan;                         // with which it was started
  std::vector<SongPart> parts = {};  // of each bucket, in a round by parts
  bool playing = false;
  bool recording = false;          // it is recorded
  bool record_next = false;        // the next one will be
  bool recording_trouble = false;  // the disk takes nothing of it at the moment

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {{"number", number},
                          {"start", start},
                          {"music", music},
                          {"end", end ? nlohmann::json(*end) : nlohmann::json(nullptr)},
                          {"track", track ? track->to_json() : nlohmann::json(nullptr)},
                          {"plan", plan.to_json()},
                          {"state", playing ? kPlaying : kNone}};
    if (!parts.empty()) out["parts"] = list_json(parts);
    if (recording) out["recording"] = true;
    if (record_next) out["record_next"] = true;
    if (recording_trouble) out["recording_trouble"] = true;
    return out;
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
              .parts = {},
              .playing = state.value == kPlaying};
    if (const nlohmann::json* plan = find_field(in, "plan")) {
      auto read = Plan::read(*plan);
      if (!read) return wrong(std::move(read.error()));
      song.plan = *std::move(read);
    }
    if (find_field(in, "parts") != nullptr) {
      auto parts = read_list<SongPart>(in, "parts");
      if (!parts) return wrong(std::move(parts.error()));
      song.parts = *std::move(parts);
    }
    if (!read_flags(
            in,
            {{"recording", &song.recording}, {"record_next", &song.record_next}, {"recording_trouble", &song.recording_trouble}}))
      return wrong("A song's recording, record_next and recording_trouble must be true or false.");
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
