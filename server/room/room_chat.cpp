// What is said in writing, and what is announced.
#include <nlohmann/json.hpp>
#include <utility>

#include "server/base/text.h"
#include "server/room/milliseconds.h"
#include "server/room/room.h"
#include "server/wire/control/announce.h"
#include "server/wire/control/chat_history.h"
#include "server/wire/control/said.h"
#include "server/wire/control/say.h"
#include "server/wire/control/unsaid.h"
#include "server/wire/control/unsay.h"

namespace roundelay {
namespace {}  // namespace

Room::Answer Room::say(const Person& by, const control::Say& wanted, Moment now, Effects& out) {
  if (!rules_.chat) return refuse("chat_off", phrase("chat_is_off"));
  return write_line(by, wanted.text, false, now, out);
}

Room::Answer Room::announce_to_all(const Person& by, const control::Announce& wanted, Moment now, Effects& out) {
  return write_line(by, wanted.text, true, now, out);
}

Room::Answer Room::write_line(const Person& by, const std::string& text, bool announcement, Moment now, Effects& out) {
  switch (chat_.take(by.id, announcement, now.ns)) {
    case Chat::Pace::kFine:
      break;
    case Chat::Pace::kTooFast:
      return refuse("too_much_said", phrase("said_too_quickly"));
    case Chat::Pace::kTooMany:
      return refuse("too_much_said", phrase("too_many_write"));
  }
  std::vector<uint64_t> dropped;
  // The timeline began with Unix time.
  const ChatLine& line = chat_.add({0, by.id, by.name, text, now.position.samples / kSamplesPerMs, announcement}, dropped);
  for (const uint64_t id : dropped) out.push_back(effect::DropLine{id});
  out.push_back(effect::SaveLine{line});
  out.push_back(effect::ToRoom{control::Said{as_shown(line)}.to_json()});
  return {};
}

Room::Answer Room::unsay(const Person&, const control::Unsay& wanted, Moment, Effects& out) {
  if (!chat_.remove(wanted.line)) return {};  // somebody else was quicker
  out.push_back(effect::DropLine{wanted.line});
  out.push_back(effect::ToRoom{control::Unsaid{id_text(wanted.line)}.to_json()});
  return {};
}

void Room::tell_history(SessionId session, Effects& out) const {
  control::ChatHistory piece;
  for (const ChatLine& line : chat_.lines()) {
    piece.lines.push_back(as_shown(line));
    if (piece.lines.size() == control::ChatHistory::kMost)
      out.push_back(effect::ToSession{session, std::exchange(piece, {}).to_json()});
  }
  if (!piece.lines.empty()) out.push_back(effect::ToSession{session, piece.to_json()});
}

}  // namespace roundelay
