#include "server/conductor/live_passes.h"

namespace roundelay {
namespace {

// As with recordings: a token of this room that is no room.
constexpr std::string_view kLivePassOf = "#live";

bool anybody_may_hear(const RoomRules& rules) {
  return !rules.live.empty() && rules.password_hash.empty() && !rules.locked;
}

}  // namespace

std::string LivePasses::made_for(const std::string& room, const RoomRules& rules) const {
  if (!anybody_may_hear(rules)) return {};
  return tokens_.seal({.person = 0, .room = std::string(room).append(kLivePassOf), .issued = clock_.unix_now()});
}

std::optional<link::LivePlace> LivePasses::place(const std::string& secret_or_pass) const {
  if (const auto known = rooms_.live_place(secret_or_pass)) return known;
  auto pass = tokens_.open(secret_or_pass);
  if (!pass || !pass->room.ends_with(kLivePassOf) || clock_.unix_now() - pass->issued > kGoodForSeconds) return std::nullopt;
  pass->room.resize(pass->room.size() - kLivePassOf.size());
  const OpenRoom* open = rooms_.find(pass->room);
  if (open == nullptr || !anybody_may_hear(open->room.rules())) return std::nullopt;
  return rooms_.live_place(open->room.rules().live);
}

}  // namespace roundelay
