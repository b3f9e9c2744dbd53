#include "server/conductor/api.h"

#include <spdlog/spdlog.h>

#include <utility>

#include "server/base/text.h"
#include "server/base/tokens.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

constexpr int kNewRoomsPerMinute = 20;  // from one address
constexpr const char* kRoomName = "Roundelay";

}  // namespace

ApiAnswer api_error(int status, const std::string& code, const std::string& message) {
  return {status, {{"error", {{"code", code}, {"message", message}}}}};
}

ApiAnswer api_error(int status, const std::string& code, const Sentence& said) {
  ApiAnswer out = api_error(status, code, said.text);
  put_sentence(said.code, said.values, out.body["error"]);
  return out;
}

Api::Api(const Config& config, Rooms& rooms, const LivePasses& live_passes, Store& store, RobotChoirs& robots, ApiClock clock)
    : config_(config),
      rooms_(rooms),
      live_passes_(live_passes),
      store_(store),
      robots_(robots),
      clock_(std::move(clock)),
      new_rooms_(kNewRoomsPerMinute, kMinuteNs) {}

ApiAnswer Api::request(const std::string& method, const std::string& path, const std::string& address,
                       const nlohmann::json& body) {
  constexpr std::string_view kRooms = "/api/rooms";
  if (path == kRooms) {
    if (method == "POST") return make_room(address, body);
    return method == "GET" ? list_rooms() : api_error(405, "not_allowed", "Rooms are made with POST and listed with GET.");
  }
  if (path.starts_with("/api/rooms/")) {
    return method == "GET" ? show_room(path.substr(kRooms.size() + 1))
                           : api_error(405, "not_allowed", "A room can be read with GET.");
  }
  return api_error(404, "not_found", "There is nothing at this address.");
}

ApiAnswer Api::make_room(const std::string& address, const nlohmann::json& body) {
  if (!body.is_null() && !body.is_object()) return api_error(400, "bad_message", "The body must be a JSON object.");
  StoredRoom room;
  room.name = kRoomName;
  const Field<std::string> name = text_field(body, "name");
  if (!name.valid) return api_error(400, "bad_name", phrase("name_must_be_text"));
  if (name.present) {
    auto checked = checked_name(name.value);
    if (!checked) return api_error(400, "bad_name", checked.error());
    room.name = *std::move(checked);
  }
  const Field<bool> robots = bool_field(body, "robots");
  if (!robots.valid) return api_error(400, "bad_message", "robots must be true or false.");
  if (!new_rooms_.allow(address, clock_.now().ns)) {
    return api_error(429, "too_fast", phrase("too_many_rooms_made"));
  }
  if (robots.value && robots_.full()) {
    return api_error(503, "busy", phrase("all_robots_sing"));
  }
  room.id = make_id();
  const std::string key = make_organiser_key();
  room.key_hash = key_hash(key);
  room.settings = stored_settings(rooms_.defaults());
  if (!store_.add_room(room, clock_.unix_now())) {
    spdlog::error("a room cannot be stored: {}", store_.error());
    return api_error(503, "busy", phrase("room_not_stored"));
  }
  if (robots.value) {
    if (const auto started = robots_.start(room.id, key, clock_.now().ns); !started) {
      spdlog::error("the robots cannot be started: {}", started.error());
      return api_error(503, "busy", phrase("robots_not_started"));
    }
  }
  return {201, {{"room", room.id}, {"link", config_.base_path + "r/" + room.id}, {"key", key}}};
}

ApiAnswer Api::show_room(const std::string& id) {
  const auto card = [&](const RoomRules& rules, int people, bool muted) -> ApiAnswer {
    nlohmann::json out = {{"room", id},
                          {"name", rules.name},
                          {"people", people},
                          {"password", !rules.password_hash.empty()},
                          {"locked", rules.locked},
                          {"parts", rules.parts},
                          {"recording", policy_text(rules.recording)}};
    if (rules.meeting) out["meeting"] = rules.meeting->to_json();
    if (muted) out["start_muted"] = true;
    if (!rules.live.empty()) out["live"] = true;
    if (const std::string pass = live_passes_.made_for(id, rules); !pass.empty())
      out["live_pass"] = config_.base_path + "live/" + pass + ".ogg";
    return {200, std::move(out)};
  };
  const OpenRoom* open = rooms_.find(id);
  if (open != nullptr) return card(open->room.rules(), open->room.people().connected(), open->room.newcomers_start_muted());
  const auto room = stored_room(store_, id);
  if (!room) return room.error();
  const RoomRules rules = rules_of(*room);
  return card(rules, 0, rules.start_muted == 0);
}

ApiAnswer Api::list_rooms() {
  const auto listed = store_.listed_rooms();
  if (!listed) return api_error(503, "busy", phrase("rooms_unread"));
  nlohmann::json rooms = nlohmann::json::array();
  for (const StoredRoom& room : *listed) {
    const OpenRoom* open = rooms_.find(room.id);
    const RoomRules rules = open != nullptr ? open->room.rules() : rules_of(room);
    rooms.push_back({{"room", room.id},
                     {"name", rules.name},
                     {"people", open != nullptr ? open->room.people().connected() : 0},
                     {"password", !rules.password_hash.empty()}});
  }
  return {200, {{"rooms", std::move(rooms)}}};
}

tl::expected<StoredRoom, ApiAnswer> stored_room(Store& store, const std::string& id) {
  const ApiAnswer no_room = api_error(404, "no_room", phrase("no_such_room"));
  if (!is_id(id)) return tl::unexpected(no_room);
  auto room = store.room(id);
  if (!room) {
    spdlog::error("room {} cannot be read: {}", id, room.error().reason);
    return tl::unexpected(api_error(503, "busy", phrase("rooms_unread")));
  }
  if (!*room) return tl::unexpected(no_room);
  return **std::move(room);
}

}  // namespace roundelay
