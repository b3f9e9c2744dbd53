// What a client knows of its room: the server's control messages, applied one after the other. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "server/wire/control/person.h"
#include "server/wire/control/song.h"

namespace roundelay {

struct RoomView {
  std::string me;  // person id; empty before the welcome
  std::string token;
  std::string room;
  bool organiser = false;
  std::map<std::string, control::Person> people;  // without the listeners (but oneself) where they are not named
  bool listeners_named = true;
  int listeners = 0;   // connected, where they are not named
  std::string leader;  // person id; empty: nobody
  control::Song song;
  std::vector<control::Track> tracks;
  std::string track;  // id of the one chosen; empty: none
  int buckets = 0;
  int64_t interval_blocks = 0;
  bool automatic_interval = false;
  int mix_delay = 0;  // samples
  double backing_gain = 0;

  [[nodiscard]] bool leading() const { return !me.empty() && leader == me; }
  [[nodiscard]] const control::Person* myself() const;
  [[nodiscard]] int present() const;  // people connected
};

// Applies `welcome`, `person`, `people`, `gone`, `listeners`, `leader`, `song`, `settings`, `tracks`; others change nothing.
// False, and `view` as it was, if the message cannot be read.
[[nodiscard]] bool apply_message(RoomView& view, const nlohmann::json& message);

// True if this is a `person` or `people` message with news of her.
[[nodiscard]] bool tells_of(const nlohmann::json& message, const std::string& person);

}  // namespace roundelay
