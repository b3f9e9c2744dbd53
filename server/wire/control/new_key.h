// `new_key`, from a client: the organiser's link is made anew, the one before ends (PROTOCOL.md 3.1). The new key is in the
// answer.
#pragma once

#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

struct NewKey {
  static constexpr const char* kType = "new_key";

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}}; }
  [[nodiscard]] static Asked<NewKey> read(const nlohmann::json&) { return NewKey{}; }
};

// What its `done` says more.
struct NewKeyDone {
  std::string key;

  [[nodiscard]] nlohmann::json to_json() const { return {{"key", key}}; }
};

}  // namespace roundelay::control
