#include "server/conductor/program_api.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "server/base/tokens.h"
#include "server/room/commands.h"
#include "server/wire/control/fields.h"
#include "server/wire/control/message.h"
#include "server/wire/control/open_live.h"
#include "server/wire/control/set_password.h"

namespace roundelay {
namespace {

constexpr int kWrongTokensPerMinute = 20;  // from one address
constexpr double kCommandsPerS = 20;
constexpr double kCommandsBurst = 60;
constexpr size_t kMostLimits = 1'000;
constexpr int64_t kWaitNs = 20'000'000'000;  // shorter than a shard waits for an answer
constexpr int64_t kFollowedNs = 60'000'000'000;
constexpr size_t kMostEvents = 1'000;
constexpr size_t kMostEventBytes = size_t{256} * 1'024;
constexpr size_t kMostWaiting = 10;  // in a room
constexpr std::string_view kRooms = "/api/rooms/";

// "/api/rooms/ROOM/what": {ROOM, what}.
std::pair<std::string, std::string> parts_of(std::string_view path) {
  if (!path.starts_with(kRooms)) return {};
  path.remove_prefix(kRooms.size());
  const size_t slash = path.find('/');
  if (slash == path.npos) return {};
  return {std::string(path.substr(0, slash)), std::string(path.substr(slash + 1))};
}

int status_of(const std::string& code) {
  static const std::map<std::string, int, std::less<>> kStatuses = {
      {"not_allowed", 403},   {"no_room", 404}, {"no_person", 404},         {"no_track", 404},
      {"song_lasts", 409},    {"no_song", 409}, {"no_leader", 409},         {"chat_off", 409},
      {"too_much_said", 429}, {"busy", 503},    {"server_full_songs", 503}, {"room_full_singers", 409}};
  const auto found = kStatuses.find(code);
  return found == kStatuses.end() ? 422 : found->second;
}

ApiAnswer refused(const Refusal& refusal) {
  return api_error(refusal.code == "bad_message" || refusal.code == "unknown_type" ? 400 : status_of(refusal.code), refusal.code,
                   refusal.sentence());
}

ApiAnswer wrong_token() {
  return api_error(401, "bad_token",
                   "The header Authorization must be Bearer and a token that an organiser of this room made for a program.");
}

}  // namespace

ProgramApi::ProgramApi(Rooms& rooms, Store& store, Passwords& passwords, ApiClock clock, ApiApply apply,
                       std::function<void()> finish)
    : rooms_(rooms),
      store_(store),
      passwords_(passwords),
      clock_(std::move(clock)),
      apply_(std::move(apply)),
      finish_(std::move(finish)),
      wrong_tokens_(kWrongTokensPerMinute, kMinuteNs) {}

bool ProgramApi::is_for(std::string_view path) {
  const std::string what = parts_of(path).second;
  return what == "commands" || what == "state" || what == "events";
}

tl::expected<ProgramApi::Caller, ApiAnswer> ProgramApi::caller(const std::string& room, const link::Http& http) {
  const ApiAnswer wrong = wrong_token();
  if (http.token.empty()) return tl::unexpected(wrong);
  const OpenRoom* open = rooms_.find(room);
  RoomRules rules;
  if (open != nullptr) {
    rules = open->room.rules();
  } else if (const auto stored = stored_room(store_, room)) {
    rules = rules_of(*stored);
  } else if (stored.error().status != 404) {
    return tl::unexpected(stored.error());
  }
  const Program* program = rules.program_of(http.token);
  if (program == nullptr) {
    if (wrong_tokens_.allow(http.address, clock_.now().ns)) return tl::unexpected(wrong);
    return tl::unexpected(api_error(429, "too_many_tries", phrase("too_many_wrong_tokens")));
  }
  // The room is loaded for those alone who may see it.
  const auto opened = rooms_.open(room, clock_.now(), clock_.unix_now());
  if (!opened) return tl::unexpected(api_error(503, opened.error().code, opened.error().sentence()));
  return Caller{**opened, *program};
}

void ProgramApi::request(const link::Http& http, const Answer& answer) {
  const auto [room, what] = parts_of(http.path);
  const bool commands = what == "commands";
  if (http.method != (commands ? "POST" : "GET"))
    return answer(api_error(405, "not_allowed", commands ? "Commands are given with POST." : "This is read with GET."));
  auto who = caller(room, http);
  if (!who) return answer(who.error());
  if (!may_command(who->program)) return answer(api_error(429, "too_fast", phrase("too_many_requests")));
  if (commands) return command(*who, http.body, answer);
  if (what == "events") return events(room, who->program, http.after, answer);
  answer({200, who->open.room.shown_to_programs(clock_.now())});
}

bool ProgramApi::may_command(const Program& program) {
  const int64_t now_ns = clock_.now().ns;
  if (limits_.size() >= kMostLimits) std::erase_if(limits_, [&](const auto& entry) { return entry.second.full(now_ns); });
  return limits_.try_emplace(program.person(), kCommandsPerS, kCommandsBurst).first->second.take(now_ns);
}

void ProgramApi::command(const Caller& caller, const nlohmann::json& message, const Answer& answer) {
  if (!message.is_object() || control::type_of(message).empty())
    return answer(api_error(400, "bad_message", "The body must be a command: a JSON object with a text type."));
  const auto wanted = control::SetPassword::read(message);
  if (control::type_of(message) != control::SetPassword::kType || !wanted || !wanted->password)
    return answer(carry_out(caller.open, caller.program, message));
  // A room knows the password's hash alone.
  const ApiAnswer busy = api_error(503, "busy", phrase("server_is_busy"));
  const auto hashed = [this, room = caller.open.room.id(), program = caller.program, message, answer,
                       busy](const std::string& hash) {
    OpenRoom* open = rooms_.find(room);
    if (hash.empty() || open == nullptr) {
      answer(busy);
    } else {
      nlohmann::json with_hash = message;
      with_hash["password"] = hash;
      answer(carry_out(*open, program, with_hash));
    }
    finish_();
  };
  if (!passwords_.hash(*wanted->password, hashed)) answer(busy);
}

ApiAnswer ProgramApi::carry_out(OpenRoom& open, const Program& program, nlohmann::json message) {
  Effects effects;
  if (control::type_of(message) == control::OpenLive::kType) message[kNewKeyField] = make_organiser_key();
  const Moment now = clock_.now();
  auto answered = open.room.command_of_program(program, message, now, effects);
  if (!answered) return refused(answered.error());
  apply_(open, effects);
  nlohmann::json done = {{"about", control::type_of(message)}, {"position", now.position.samples}};
  if (answered->is_object()) done.update(*answered);
  return {200, std::move(done)};
}

// --- Events ----------------------------------------------------------------------------------------------------------

void ProgramApi::events(const std::string& room, const Program& program, const std::string& after, const Answer& answer) {
  const Moment now = clock_.now();
  Followed& followed = followed_[room];
  if (followed.next == 0) {
    // Numbers of another conductor, or of an earlier following, are all below.
    followed.first = followed.next = now.position.samples;
  }
  followed.asked_ns = now.ns;
  int64_t from = followed.next - 1;
  if (!after.empty()) {
    const auto read = std::from_chars(after.data(), after.data() + after.size(), from);
    if (read.ec != std::errc() || read.ptr != after.data() + after.size())
      return answer(api_error(400, "bad_message", "after must be the id of an event."));
  }
  if (after.empty() || from < followed.first - 1 || from >= followed.next || from < followed.next - 1)
    return answer(events_after(followed, after.empty() ? -1 : from));
  if (followed.waiting.size() >= kMostWaiting) return answer(api_error(429, "busy", phrase("too_many_wait_for_events")));
  followed.waiting.push_back({answer, from, now.ns + kWaitNs, program.id});
}

bool ProgramApi::keeps(const std::string& room, const std::string& program) {
  const OpenRoom* open = rooms_.find(room);
  if (open == nullptr) return true;  // nobody is there who could take it away
  const auto& all = open->room.rules().programs;
  return std::any_of(all.begin(), all.end(), [&](const Program& each) { return each.id == program; });
}

// Whoever asks for the first time, or missed some, is told to read the state anew: `missed`.
ApiAnswer ProgramApi::events_after(const Followed& followed, int64_t after) {
  nlohmann::json list = nlohmann::json::array();
  if (after < followed.first - 1 || after >= followed.next) {
    list.push_back({{"id", followed.next - 1}, {"event", "missed"}, {"data", nlohmann::json::object()}});
  } else {
    for (const Event& event : followed.events) {
      if (event.number > after)
        list.push_back({{"id", event.number}, {"event", control::type_of(event.message)}, {"data", event.message}});
    }
  }
  return {200, {{"events", std::move(list)}}};
}

void ProgramApi::told(const std::string& room, const nlohmann::json& message) {
  const auto found = followed_.find(room);
  if (found == followed_.end()) return;  // which is nearly every room
  Followed& followed = found->second;
  const size_t bytes = message.dump().size();
  followed.events.push_back({followed.next++, message, bytes});
  followed.bytes += bytes;
  while (followed.events.size() > kMostEvents || followed.bytes > kMostEventBytes) {
    followed.bytes -= followed.events.front().bytes;
    followed.events.pop_front();
    ++followed.first;
  }
  // Answered at the next tick: what comes together is told together.
}

void ProgramApi::tick() {
  const int64_t now_ns = clock_.now().ns;
  for (auto& [room, followed] : followed_) {
    std::vector<Waiting> still;
    for (Waiting& one : std::exchange(followed.waiting, {})) {
      if (!keeps(room, one.program)) {
        one.answer(wrong_token());
      } else if (one.after >= followed.next - 1 && now_ns < one.until_ns) {
        still.push_back(std::move(one));
      } else {
        followed.asked_ns = now_ns;
        one.answer(events_after(followed, one.after));
      }
    }
    followed.waiting.insert(followed.waiting.end(), std::make_move_iterator(still.begin()), std::make_move_iterator(still.end()));
  }
  std::erase_if(followed_,
                [&](const auto& entry) { return entry.second.waiting.empty() && now_ns - entry.second.asked_ns > kFollowedNs; });
}

void ProgramApi::forget(const std::string& room) {
  const auto found = followed_.find(room);
  if (found == followed_.end()) return;
  for (const Waiting& one : found->second.waiting) one.answer(api_error(404, "no_room", phrase("room_was_deleted")));
  followed_.erase(found);
}

}  // namespace roundelay
