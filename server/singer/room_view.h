// What a client knows of its room: the server's control messages, applied one after the other. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace roundelay {

struct RoomPerson {
  std::string id;
  std::string name;
  int bucket = 1;
  bool listener = false;
  bool muted = false;
  bool connected = true;
  bool robot = false;
};

struct RoomTrack {
  std::string id;
  std::string name;
  int channels = 1;
};

struct RoomSong {
  uint32_t number = 0;
  int64_t start = 0;           // position
  std::optional<int64_t> end;  // position; none while it is open
  bool playing = false;
  std::optional<RoomTrack> track;
};

struct RoomView {
  std::string me;  // person id; empty before the welcome
  std::string token;
  std::string room;
  bool organiser = false;
  std::map<std::string, RoomPerson> people;  // without the listeners (but oneself) where they are not named
  bool listeners_named = true;
  int listeners = 0;   // connected, where they are not named
  std::string leader;  // person id; empty: nobody
  RoomSong song;
  std::vector<RoomTrack> tracks;
  std::string track;  // id of the one chosen; empty: none
  int buckets = 0;
  int64_t interval_blocks = 0;
  bool automatic_interval = false;
  int mix_delay = 0;  // samples
  double backing_gain = 0;

  [[nodiscard]] bool leading() const { return !me.empty() && leader == me; }
  [[nodiscard]] const RoomPerson* myself() const;
  [[nodiscard]] int present() const;  // people connected
};

// Applies `welcome`, `person`, `people`, `gone`, `listeners`, `leader`, `song`, `settings`, `tracks`; others change nothing.
// False, and `view` as it was, if a field is missing or of the wrong kind.
[[nodiscard]] bool apply_message(RoomView& view, const nlohmann::json& message);

// True if this is a `person` or `people` message with news of her.
[[nodiscard]] bool tells_of(const nlohmann::json& message, const std::string& person);

// A field of a message if it is there and of this kind, otherwise `otherwise`.
[[nodiscard]] std::string text_field(const nlohmann::json& message, const char* name, const std::string& otherwise = "");
[[nodiscard]] double number_field(const nlohmann::json& message, const char* name, double otherwise);

}  // namespace roundelay
