// Reading the first message of a client. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

#include "server/room/person.h"
#include "server/wire/control/refusal.h"

namespace roundelay {

// A `hello` whose fields make sense by themselves; whether token and key fit is for the room to say.
struct Greeting {
  std::string room;
  std::string name;
  Role role = Role::kSinger;
  std::optional<std::string> token;
  std::optional<std::string> key;
  std::optional<int> bucket;
  bool robot = false;
  std::optional<int64_t> request;  // the number by which she wants it answered
};

[[nodiscard]] tl::expected<Greeting, Refusal> parse_greeting(const nlohmann::json& message);

// True if the socket is closed (4003) after this error; otherwise the client may say hello again.
[[nodiscard]] bool ends_the_connection(const Refusal& refusal);

}  // namespace roundelay
