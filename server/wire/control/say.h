// `say`, from a client: a line of the chat (PROTOCOL.md 3.1).
#pragma once

#include "server/base/text.h"
#include "server/wire/control/message.h"
#include "server/wire/control/refusal.h"

namespace roundelay::control {

inline constexpr int kMaxSaidCharacters = 2'000;
inline constexpr size_t kMaxSaidBytes = 8'000;

[[nodiscard]] inline Asked<std::string> read_words(const nlohmann::json& in) {
  const auto text = text_field(in, "text");
  if (!text.given()) return refuse("bad_text", "text must be what is said.");
  auto checked = checked_text(text.value, kMaxSaidCharacters, kMaxSaidBytes);
  if (!checked) return refuse("bad_text", checked.error());
  return *std::move(checked);
}

struct Say {
  static constexpr const char* kType = "say";
  std::string text;  // as others see it: composed, its lines ended by \n

  [[nodiscard]] nlohmann::json to_json() const { return {{"type", kType}, {"text", text}}; }
  [[nodiscard]] static Asked<Say> read(const nlohmann::json& in) {
    auto text = read_words(in);
    if (!text) return tl::unexpected(text.error());
    return Say{*std::move(text)};
  }
};

}  // namespace roundelay::control
