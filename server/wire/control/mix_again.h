// `mix_again`, from a client: a recording's tracks, mixed anew (PROTOCOL.md 3.1).
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct MixAgain {
  static constexpr const char* kType = "mix_again";
  static constexpr size_t kMostTracks = 300;
  static constexpr double kLeastGainDb = -60, kMostGainDb = 12;
  struct Track {
    std::string track;  // as `recordings` names it
    double gain_db = 0;
    double balance = 0;  // -1: left, to 1: right
    bool muted = false;

    [[nodiscard]] nlohmann::json to_json() const {
      return {{"track", track}, {"gain_db", gain_db}, {"balance", balance}, {"muted", muted}};
    }
  };
  std::string recording;      // its id
  std::vector<Track> tracks;  // those that are not named stay as they were sung

  [[nodiscard]] nlohmann::json to_json() const {
    return {{"type", kType}, {"recording", recording}, {"tracks", list_json(tracks)}};
  }
  [[nodiscard]] static Asked<MixAgain> read(const nlohmann::json& in) {
    const auto recording = text_field(in, "recording");
    if (!recording.given()) return refuse("bad_message", "recording must be a recording's id.");
    const nlohmann::json* tracks = find_field(in, "tracks");
    if (tracks == nullptr || !tracks->is_array() || tracks->size() > kMostTracks)
      return refuse("bad_message", "tracks must be a list of at most 300.");
    MixAgain out{.recording = recording.value, .tracks = {}};
    for (const nlohmann::json& each : *tracks) {
      const auto track = text_field(each, "track");
      const auto gain_db = number_field(each, "gain_db", kLeastGainDb, kMostGainDb);
      const auto balance = number_field(each, "balance", -1, 1);
      const auto muted = bool_field(each, "muted");
      if (!track.given() || !gain_db.valid || !balance.valid || !muted.valid)
        return refuse(
            "bad_message",
            "Each of tracks must have a track, and may have a gain_db from -60 to 12, a balance from -1 to 1, and muted.");
      out.tracks.push_back({track.value, gain_db.value, balance.value, muted.value});
    }
    return out;
  }
};

}  // namespace roundelay::control
