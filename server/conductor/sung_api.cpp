#include "server/conductor/sung_api.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "server/conductor/insider.h"

namespace roundelay {
namespace {

constexpr int64_t kEveningMs = 86'400'000;  // what is told where nobody said since when

nlohmann::json shown_sung(const SungSong& sung) {
  nlohmann::json out = {{"song", sung.song}, {"at", sung.at_ms}, {"title", sung.title}};
  if (!sung.credits.empty()) out["credits"] = sung.credits.to_json();
  if (sung.library_song != 0) out["library_song"] = sung.library_song;
  return out;
}

}  // namespace

SungApi::SungApi(Rooms& rooms, Store& store, const Tokens& tokens, ApiClock clock)
    : rooms_(rooms), store_(store), tokens_(tokens), clock_(std::move(clock)) {}

ApiAnswer SungApi::answer(const link::Sung& asked) {
  const auto [open, person] = insider(rooms_, tokens_, asked.asker.room, asked.asker.token);
  if (!person) return api_error(401, "bad_token", phrase("sung_is_for_people_inside"));
  const int64_t since_ms = asked.since_ms ? static_cast<int64_t>(*asked.since_ms) : clock_.unix_now() * 1'000 - kEveningMs;
  const int64_t until_ms = asked.until_ms ? static_cast<int64_t>(*asked.until_ms) : kMaxNumber;
  const auto sung = store_.sung(open->room.id(), since_ms, until_ms, kMostTold + 1);
  if (!sung) {
    spdlog::error("what was sung cannot be read: {}", store_.error());
    return api_error(503, "busy", phrase("sung_unread"));
  }
  // One more than is told was asked for: the first one then.
  const bool more = sung->size() > static_cast<size_t>(kMostTold);
  nlohmann::json songs = nlohmann::json::array();
  for (size_t i = more ? 1 : 0; i < sung->size(); ++i) songs.push_back(shown_sung((*sung)[i]));
  return {200, {{"name", open->room.name()}, {"sung", std::move(songs)}, {"more", more}}};
}

}  // namespace roundelay
