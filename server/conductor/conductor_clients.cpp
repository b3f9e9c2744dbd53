// What clients say: whoever is in a room is heard at once, the others are let in in their order, or refused.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/conductor/conductor.h"
#include "server/room/commands.h"
#include "server/wire/control/change_role.h"
#include "server/wire/control/error.h"
#include "server/wire/control/hello.h"
#include "server/wire/control/new_key.h"
#include "server/wire/control/open_live.h"
#include "server/wire/control/program_token.h"
#include "server/wire/control/set_password.h"

namespace roundelay {
namespace {

constexpr const char* kBusy = "busy";
constexpr const char* kNoMoreSingers = "server_full_singers";
constexpr const char* kConnectAgain = "Please connect again.";
Refusal no_memory() {
  return refuse(kBusy, phrase("server_is_busy")).value();
}

constexpr size_t kMostAtTheDoor = 256;            // passwords to be looked at: 20 s
constexpr size_t kMostUnreadForJoins = 4U << 20;  // bytes on a link, above which nobody is let in there

}  // namespace

void Conductor::on(ConnectionId link, link::Client message) {
  const SessionId id = message.session;
  ShardLink& shard = shards_.at(link);
  if (sessions_.contains(id) || (!shard.anybody_waits() && may_let_in(link)))
    return hear(link, id, message.message, message.address);
  shard.wait({id, message.number, std::move(message.message), std::move(message.address)});
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
    hear(link, next->session, next->message, next->address);
  }
  if (shards_.contains(link)) acknowledge(link);
}

void Conductor::hear(ConnectionId link, SessionId session, const nlohmann::json& message, const std::string& address) {
  const auto known = sessions_.find(session);
  if (known == sessions_.end()) {
    ++let_in_[link];
    return greet(link, session, message, address);
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
  if (prepare(session, *open, message)) return;
  command(*open, session, message);
}

void Conductor::command(OpenRoom& open, SessionId session, const nlohmann::json& message) {
  Effects effects;
  open.room.command(session, message, now(), effects);
  apply(open, effects);
}

bool Conductor::prepare(SessionId session, OpenRoom& open, const nlohmann::json& message) {
  const std::string type = control::type_of(message);
  if (type == control::NewKey::kType || type == control::ProgramToken::kType || type == control::OpenLive::kType) {
    nlohmann::json with_key = message;
    with_key[kNewKeyField] = make_organiser_key();
    command(open, session, with_key);
    return true;
  }
  if (type != control::SetPassword::kType) return false;
  const auto wanted = control::SetPassword::read(message);
  const Person* person = open.room.find_session(session);
  const Command* table = Commands::find(type);
  // What is refused is refused before it costs anything.
  if (!wanted || !wanted->password || person == nullptr || !open.room.may(*person, *table, message)) return false;
  const auto hashed = [this, session, message](const std::string& hash) {
    const auto known = sessions_.find(session);
    if (known == sessions_.end()) return;
    if (hash.empty()) return send(known->second.link, session, control::Error::answering(message, no_memory()).to_json());
    nlohmann::json with_hash = message;
    with_hash["password"] = hash;
    command(*rooms_.find(known->second.room), session, with_hash);
    finish();
  };
  if (passwords_.hash(*wanted->password, hashed)) return true;
  send(sessions_.at(session).link, session, control::Error::answering(message, no_memory()).to_json());
  return true;
}

std::optional<Refusal> Conductor::refuse_singer(ConnectionId link) {
  if (!shards_.at(link).is_full()) return std::nullopt;
  return refuse(kNoMoreSingers, phrase("server_is_full_of_singers")).value();
}

void Conductor::greet(ConnectionId link, SessionId session, const nlohmann::json& message, const std::string& address,
                      bool password_fits) {
  const auto admitted = admit(link, session, message, address, password_fits);
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

tl::expected<void, Refusal> Conductor::check_password(ConnectionId link, SessionId session, const nlohmann::json& message,
                                                      const std::string& address, const Room& room) {
  const auto given = text_field(message, "password");
  if (!given.given() || given.value.empty()) return refuse("password_needed", phrase("room_has_a_password"));
  if (!door_keeper_.may_try(room.id(), address, now().ns)) {
    if (refusals_told_.take(now().ns)) {
      spdlog::warn(
          "too many wrong passwords of {} at room {}: if that is a proxy of yours, name it in trusted_proxies, which is '{}' now",
          address, room.id(), config_.trusted_proxies);
    }
    return refuse("too_many_tries", phrase("too_many_wrong_passwords"));
  }
  if (at_the_door_.size() >= kMostAtTheDoor) return tl::unexpected(no_memory());
  at_the_door_[session] = link;
  passwords_to_check_.push_back({link, session, message, address, room.id()});
  if (passwords_to_check_.size() == 1) check_next_password();
  return {};
}

// One at a time, and each asks the limit again: of many wrong ones at once the most are not even looked at.
void Conductor::check_next_password() {
  while (!passwords_to_check_.empty()) {
    const AtTheDoor& next = passwords_to_check_.front();
    const OpenRoom* open = rooms_.find(next.room);
    const bool needed = open != nullptr && !open->room.rules().password_hash.empty();
    const bool looked_at =
        needed && at_the_door_.contains(next.session) && door_keeper_.may_try(next.room, next.address, now().ns);
    const auto checked = [this](bool fits) { password_checked(fits); };
    if (looked_at && passwords_.check(text_field(next.message, "password").value, open->room.rules().password_hash, checked))
      return;
    const AtTheDoor other = std::move(passwords_to_check_.front());
    passwords_to_check_.pop_front();
    if (at_the_door_.erase(other.session) == 0) continue;
    if (looked_at) {
      try_later(other.link, other.session, no_memory(), other.message);
    } else {
      // Is the room or its password gone, or the limit reached, she is heard once more and told.
      greet(other.link, other.session, other.message, other.address);
    }
  }
}

void Conductor::password_checked(bool fits) {
  const AtTheDoor who = std::move(passwords_to_check_.front());
  passwords_to_check_.pop_front();
  if (!fits) door_keeper_.failed(who.room, who.address, now().ns);
  if (at_the_door_.erase(who.session) > 0) {  // otherwise she has gone meanwhile
    if (fits) {
      greet(who.link, who.session, who.message, who.address, true);
    } else {
      const Refusal wrong = refuse("bad_password", phrase("wrong_password")).value();
      send(who.link, who.session, control::Error::answering(who.message, wrong).to_json());
    }
  }
  check_next_password();
  finish();
}

tl::expected<void, Refusal> Conductor::admit(ConnectionId link, SessionId session, const nlohmann::json& message,
                                             const std::string& address, bool password_fits) {
  if (at_the_door_.contains(session)) return refuse("too_fast", phrase("password_is_looked_at"));
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
  hello.part = greeting->part;
  hello.request = greeting->id;
  if (greeting->key) {
    hello.has_key = key_fits(*greeting->key, (*open)->key_hash);
    if (!hello.has_key) return refuse("not_allowed", phrase("old_organisers_link"));
  }
  if (hello.robot && !hello.has_key) return refuse("not_allowed", phrase("robots_need_the_key"));
  if (greeting->token) {
    const std::optional<Token> token = tokens_.open(*greeting->token);
    const bool old = token && token->issued < unix_now() - config_.token_days * kDayS;
    if (!token || token->room != room.id() || old) return refuse("bad_token", phrase("token_does_not_fit"));
    hello.person = token->person;
    hello.token_issued_s = token->issued;
    if (room.find(token->person) == nullptr) {
      const auto past = store_.person(room.id(), token->person);
      if (!past) return refuse(kBusy, phrase("person_unread"));
      if (*past) hello.past = (*past)->person;
    }
  } else {
    hello.person = make_person();
  }
  if (!password_fits && room.needs_password(hello)) return check_password(link, session, message, address, room);
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
