// What the conductor counts on the host: the body of the `reply` to `http` with kPath, which only shards ask for.
#pragma once

#include "server/wire/link/envelope.h"

namespace roundelay::link {

struct Counts {
  static constexpr const char* kPath = "/api/internal/counts";
  int64_t rooms = 0;
  int64_t people = 0;
  int64_t singers = 0;

  [[nodiscard]] nlohmann::json to_json() const { return {{"rooms", rooms}, {"people", people}, {"singers", singers}}; }
  // What is missing or cannot be counts as none.
  [[nodiscard]] static std::optional<Counts> read(const nlohmann::json& in) {
    if (!in.is_object()) return std::nullopt;
    const auto count = [&](const char* key) { return static_cast<int64_t>(natural_field(in, key).value_or(0)); };
    return Counts{count("rooms"), count("people"), count("singers")};
  }
};

}  // namespace roundelay::link
