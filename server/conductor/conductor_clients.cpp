// What clients say: whoever is in a room is heard at once, the others are let in in their order, or refused.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/conductor/conductor.h"
#include "server/wire/control/change_role.h"
#include "server/wire/control/error.h"
#include "server/wire/control/hello.h"

namespace roundelay {
namespace {

constexpr const char* kBusy = "busy";
constexpr const char* kNoMoreSingers = "server_full_singers";
constexpr const char* kConnectAgain = "Please connect again.";
constexpr size_t kMostUnreadForJoins = 4U << 20;  // bytes on a link, above which nobody is let in there

}  // namespace

void Conductor::on(ConnectionId link, link::Client message) {
  const SessionId id = message.session;
  ShardLink& shard = shards_.at(link);
  if (sessions_.contains(id) || (!shard.anybody_waits() && may_let_in(link))) return hear(link, id, message.message);
  shard.wait({id, message.number, std::move(message.message)});
}

bool Conductor::may_let_in(ConnectionId link) const {
  const auto done = let_in_.find(link);
  const int most = std::max(1, config_.max_joins_per_s * static_cast<int>(kTickMs) / 1000);
  return (done == let_in_.end() || done->second < most) && control_.unread(link) < kMostUnreadForJoins;
}

void Conductor::let_in(ConnectionId link) {
  // Looked up each time: what is said here may end the link.
  while (may_let_in(link)) {
    const auto shard = shards_.find(link);
    if (shard == shards_.end()) return;
    const auto next = shard->second.next();
    if (!next) break;
    hear(link, next->session, next->message);
  }
  if (shards_.contains(link)) acknowledge(link);
}

void Conductor::hear(ConnectionId link, SessionId session, const nlohmann::json& message) {
  const auto known = sessions_.find(session);
  if (known == sessions_.end()) {
    ++let_in_[link];
    return greet(link, session, message);
  }
  if (known->second.link != link) {
    spdlog::error("link {} speaks for session {}, which is another's", link, session);
    return;
  }
  OpenRoom* open = rooms_.find(known->second.room);
  const auto wanted = control::ChangeRole::read(message);
  const bool wants_to_sing = control::type_of(message) == control::ChangeRole::kType && wanted && wanted->role == Role::kSinger;
  const Person* person = open->room.find_session(session);
  if (wants_to_sing && person != nullptr && person->role == Role::kListener) {
    if (const auto refusal = refuse_singer(link)) {
      segment_.shard(shards_.at(link).index()).singers_refused.add();
      send(link, session, control::Error::answering(message, *refusal).to_json());
      return;
    }
  }
  Effects effects;
  open->room.command(session, message, now(), effects);
  apply(*open, effects);
}

std::optional<Refusal> Conductor::refuse_singer(ConnectionId link) {
  if (!shards_.at(link).is_full()) return std::nullopt;
  return Refusal{kNoMoreSingers,
                 "The server is full of singers at the moment: come in as a listener, or try again in some minutes."};
}

void Conductor::greet(ConnectionId link, SessionId session, const nlohmann::json& message) {
  const auto admitted = admit(link, session, message);
  if (admitted) return;
  if (admitted.error().code == kNoMoreSingers) {
    // Whoever connects again comes to any of the shards: worth trying while half of them have room.
    const auto free = std::count_if(shards_.begin(), shards_.end(), [](const auto& entry) { return !entry.second.is_full(); });
    if (2 * static_cast<size_t>(free) >= shards_.size()) {
      return expel(link, session, kCloseRestart, kConnectAgain);
    }
    segment_.shard(shards_.at(link).index()).singers_refused.add();
  }
  if (admitted.error().code == kBusy) return try_later(link, session, admitted.error(), message);
  send(link, session, control::Error::answering(message, admitted.error()).to_json());
  if (!control::ends_the_connection(admitted.error())) return;
  expel(link, session, kCloseNotAdmitted, admitted.error().code);
}

void Conductor::try_later(ConnectionId link, SessionId session, const Refusal& why, const nlohmann::json& hello) {
  send(link, session, control::Error::answering(hello, why).to_json());
  expel(link, session, kCloseRestart, kConnectAgain);
}

tl::expected<void, Refusal> Conductor::admit(ConnectionId link, SessionId session, const nlohmann::json& message) {
  const auto greeting = control::Hello::read(message);
  if (!greeting) return tl::unexpected(greeting.error());
  const auto open = rooms_.open(greeting->room, now(), unix_now());
  if (!open) return tl::unexpected(open.error());
  Room& room = (*open)->room;

  Hello hello;
  hello.name = greeting->name;
  hello.role = greeting->role;
  hello.bucket = greeting->bucket;
  hello.robot = greeting->robot;
  hello.request = greeting->id;
  if (greeting->key) {
    hello.has_key = key_fits(*greeting->key, (*open)->key_hash);
    if (!hello.has_key) return tl::unexpected(Refusal{"not_allowed", "This is not the organiser's key of this room."});
  }
  if (hello.robot && !hello.has_key)
    return tl::unexpected(Refusal{"not_allowed", "Robots need the organiser's key of the room."});
  if (greeting->token) {
    const std::optional<Token> token = tokens_.open(*greeting->token);
    if (!token || token->room != room.id())
      return tl::unexpected(Refusal{"bad_token", "The token does not fit this room; join without it."});
    hello.person = token->person;
    if (room.find(token->person) == nullptr) {
      const auto past = store_.person(room.id(), token->person);
      if (!past)
        return tl::unexpected(Refusal{kBusy, "The server cannot read who you are at the moment. It is tried again by itself."});
      if (*past) {
        hello.was_organiser = (*past)->person.organiser;
        hello.was_muted = (*past)->person.muted;
        hello.was_stored = true;
      }
    }
  } else {
    hello.person = make_person();
  }
  // Who comes back to her place sings on.
  const Person* present = room.find(hello.person);
  if (hello.role == Role::kSinger && (present == nullptr || present->role != Role::kSinger)) {
    if (auto refusal = refuse_singer(link)) return tl::unexpected(*std::move(refusal));
  }
  hello.token = tokens_.seal({hello.person, room.id(), unix_now()});

  Effects effects;
  if (auto joined = room.join(session, hello, now(), effects); !joined) return joined;
  add_session(**open, session, link);
  apply(**open, effects);
  return {};
}

}  // namespace roundelay
