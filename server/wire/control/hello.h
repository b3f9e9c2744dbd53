// `hello`, from a client: its first message, who it is and where it wants to (PROTOCOL.md 3.1).
#pragma once

#include "mixer/room_state.h"
#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/part.h"
#include "server/wire/control/refusal.h"
#include "server/wire/control/request_id.h"
#include "server/wire/control/role.h"
#include "server/wire/control/set_password.h"
#include "server/wire/control/version.h"

namespace roundelay::control {

// Its fields make sense by themselves; whether token and key fit is for the room to say.
struct Hello {
  static constexpr const char* kType = "hello";
  std::string room;  // its id
  std::string name;
  Role role = Role::kSinger;
  std::optional<std::string> token = {};
  std::optional<std::string> key = {};  // the organiser's
  std::optional<int> bucket = {};       // from 1
  bool robot = false;
  std::optional<std::string> part = {};  // the voice part that she sings; none given: as it was
  std::optional<std::string> password = {};
  std::optional<int64_t> id = {};  // the number by which she wants it answered

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out = {
        {"type", kType}, {"version", kProtocolVersion}, {"room", room}, {"name", name}, {"role", role_text(role)}};
    if (token) out["token"] = *token;
    if (key) out["key"] = *key;
    if (bucket) out["bucket"] = *bucket;
    if (robot) out["robot"] = true;
    if (part) out["part"] = *part;
    if (password) out["password"] = *password;
    if (id) out["id"] = *id;
    return out;
  }

  [[nodiscard]] static Asked<Hello> read(const nlohmann::json& in) {
    if (type_of(in) != kType) return refuse("bad_message", "The first message must be hello.");
    if (!integer_field(in, "version", kProtocolVersion, kProtocolVersion).given())
      return refuse("bad_version", phrase("other_version"));
    Hello hello;
    const auto request = request_id(in);
    if (!request.valid) return refuse("bad_message", kBadRequestId);
    if (request.present) hello.id = request.value;
    const auto room = text_field(in, "room");
    if (!room.given()) return refuse("bad_message", "room must be the id of a room.");
    hello.room = room.value;

    const auto name = text_field(in, "name");
    if (!name.given()) return refuse("bad_name", phrase("name_must_be_text"));
    auto checked = checked_name(name.value);
    if (!checked) return refuse("bad_name", checked.error());
    hello.name = *std::move(checked);

    const auto role = role_from(text_field(in, "role").value);
    if (!role) return refuse("bad_message", "role must be singer or listener.");
    hello.role = *role;

    const auto token = text_field(in, "token");
    if (!token.valid) return refuse("bad_token", "token must be a text.");
    if (token.present) hello.token = token.value;

    const auto key = text_field(in, "key");
    if (!key.valid) return refuse("bad_message", "key must be a text.");
    if (key.present) hello.key = key.value;

    const auto bucket = integer_field(in, "bucket", 1, kMaxBuckets);
    if (!bucket.valid) return refuse("bad_bucket", "bucket must be from 1 to " + std::to_string(kMaxBuckets) + ".");
    if (bucket.present) hello.bucket = static_cast<int>(bucket.value);

    const auto robot = bool_field(in, "robot");
    if (!robot.valid) return refuse("bad_message", "robot must be true or false.");
    hello.robot = robot.value;

    const auto part = text_field(in, "part");
    if (!part.valid) return refuse("bad_part", "part must be a text.");
    if (part.present) {
      if (part.value.empty()) {
        hello.part = "";
      } else {
        auto voice = checked_part(part.value);
        if (!voice) return tl::unexpected(voice.error());
        hello.part = *std::move(voice);
      }
    }

    const auto password = text_field(in, "password");
    if (!password.valid || password.value.size() > kMostPasswordBytes)
      return refuse("bad_password", phrase("password_is_too_long"));
    if (password.present) hello.password = password.value;
    return hello;
  }
};

// True if the socket is closed (4003) after a hello was refused so; otherwise the client may say hello again.
[[nodiscard]] inline bool ends_the_connection(const Refusal& refusal) {
  return refusal.code == "bad_version" || refusal.code == "no_room" || refusal.code == "room_full" ||
         refusal.code == "room_full_singers" || refusal.code == "server_full" || refusal.code == "server_full_singers" ||
         refusal.code == "removed";
}

}  // namespace roundelay::control
