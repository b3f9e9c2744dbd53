// The person whom a client's command is about.
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

[[nodiscard]] inline Asked<uint64_t> whom(const nlohmann::json& in) {
  const auto person = person_of(text_field(in, "person").value);
  if (!person) return refuse("bad_message", "person must be the id of somebody in the room.");
  return *person;
}

// She whom a command is about has gone.
[[nodiscard]] inline tl::unexpected<Refusal> nobody() {
  return refuse("no_person", phrase("person_is_not_here"));
}

}  // namespace roundelay::control
