// Makes a room over HTTP (PROTOCOL.md 4). Blocks: to be called before the loop runs.
#pragma once

#include <string>

#include <tl/expected.hpp>

#include "server/singer/server_url.h"

namespace roundelay {

struct NewRoom {
  std::string room;  // id
  std::string key;   // the organiser's
};

struct RoomWish {
  std::string name;     // empty: the server's choice
  bool robots = false;  // with a robot choir in it
};

// Waits for the answer, 10 s at most. The error is a sentence.
[[nodiscard]] tl::expected<NewRoom, std::string> make_room(const ServerUrl& url, bool accept_self_signed, const RoomWish& wish);

}  // namespace roundelay
