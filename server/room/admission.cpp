#include "server/room/admission.h"

#include <nlohmann/json.hpp>

#include "mixer/room_state.h"
#include "server/base/text.h"
#include "server/wire/control/request_id.h"

namespace roundelay {
tl::expected<Greeting, Refusal> parse_greeting(const nlohmann::json& message) {
  if (text_field(message, "type").value != "hello") return refuse("bad_message", "The first message must be hello.");
  const auto version = integer_field(message, "version", 1, 1);
  if (!version.given()) {
    return refuse("bad_version", "This server speaks version 1 of the protocol. Please reload the page.");
  }
  Greeting greeting;
  const auto request = request_id(message);
  if (!request.valid) return refuse("bad_message", kBadRequestId);
  if (request.present) greeting.request = request.value;
  const auto room = text_field(message, "room");
  if (!room.given()) return refuse("bad_message", "room must be the id of a room.");
  greeting.room = room.value;

  const auto name = text_field(message, "name");
  if (!name.given()) return refuse("bad_name", "name must be a text of 1 to 40 characters.");
  auto checked = checked_name(name.value);
  if (!checked) return refuse("bad_name", checked.error());
  greeting.name = *std::move(checked);

  const auto role = role_from(text_field(message, "role").value);
  if (!role) return refuse("bad_message", "role must be singer or listener.");
  greeting.role = *role;

  const auto token = text_field(message, "token");
  if (!token.valid) return refuse("bad_token", "token must be a text.");
  if (token.present) greeting.token = token.value;

  const auto key = text_field(message, "key");
  if (!key.valid) return refuse("bad_message", "key must be a text.");
  if (key.present) greeting.key = key.value;

  const auto bucket = integer_field(message, "bucket", 1, kMaxBuckets);
  if (!bucket.valid) return refuse("bad_bucket", "bucket must be from 1 to " + std::to_string(kMaxBuckets) + ".");
  if (bucket.present) greeting.bucket = static_cast<int>(bucket.value);

  const auto robot = bool_field(message, "robot");
  if (!robot.valid) return refuse("bad_message", "robot must be true or false.");
  greeting.robot = robot.value;
  return greeting;
}

bool ends_the_connection(const Refusal& refusal) {
  return refusal.code == "bad_version" || refusal.code == "no_room" || refusal.code == "room_full" ||
         refusal.code == "room_full_singers" || refusal.code == "server_full" || refusal.code == "server_full_singers";
}

}  // namespace roundelay
