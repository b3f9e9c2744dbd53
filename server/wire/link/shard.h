// `shard`, the first message of a shard over a connection: which one it is, and who is there; and `sessions`, directly after it:
// who else is.
#pragma once

#include <vector>

#include "mixer/segment.h"
#include "server/wire/link/envelope.h"
#include "server/wire/link/session_facts.h"

namespace roundelay::link {

// A session that is there already.
struct Present {
  uint64_t session = 0;
  std::optional<SessionFacts> facts;  // nothing: they cannot be read

  [[nodiscard]] nlohmann::json to_json() const { return facts_json(session, facts.value_or(SessionFacts{})); }
  [[nodiscard]] static std::optional<Present> read(const nlohmann::json& in) {
    const auto session = natural_field(in, "session");
    return session ? std::optional(Present{*session, read_facts(in)}) : std::nullopt;
  }
};

// Of the list in a message; who has no number is left out.
[[nodiscard]] inline std::vector<Present> read_present(const nlohmann::json& in) {
  std::vector<Present> out;
  const nlohmann::json* list = find_field(in, "sessions");
  if (list == nullptr || !list->is_array()) return out;
  out.reserve(list->size());
  for (const nlohmann::json& each : *list) {
    if (auto present = Present::read(each)) out.push_back(*std::move(present));
  }
  return out;
}

[[nodiscard]] inline nlohmann::json present_json(const std::vector<Present>& sessions) {
  nlohmann::json out = nlohmann::json::array();
  for (const Present& each : sessions) out.push_back(each.to_json());
  return out;
}

struct Shard {
  static constexpr const char* kOp = "shard";
  int index = 0;
  std::optional<int64_t> pid;  // of its process
  std::vector<Present> sessions;
  uint64_t version = kLinkVersion;  // of the messages that it understands and says

  [[nodiscard]] nlohmann::json to_json() const {
    nlohmann::json out{{"op", kOp}, {"index", index}, {"version", version}, {"sessions", present_json(sessions)}};
    if (pid) out["pid"] = *pid;
    return out;
  }
  [[nodiscard]] static std::optional<Shard> read(const nlohmann::json& in) {
    const auto index = natural_field(in, "index", kMaxShards - 1);
    const auto pid = integer_field(in, "pid", 1, kMaxNumber);
    const auto version = natural_field(in, "version");
    if (!index || !version) return std::nullopt;
    return Shard{static_cast<int>(*index), pid.given() ? std::optional(pid.value) : std::nullopt, read_present(in), *version};
  }
};

struct Sessions {
  static constexpr const char* kOp = "sessions";
  std::vector<Present> sessions;

  [[nodiscard]] nlohmann::json to_json() const { return {{"op", kOp}, {"sessions", present_json(sessions)}}; }
  [[nodiscard]] static std::optional<Sessions> read(const nlohmann::json& in) { return Sessions{read_present(in)}; }
};

}  // namespace roundelay::link
