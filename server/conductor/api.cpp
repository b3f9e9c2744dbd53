#include "server/conductor/api.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <utility>

#include "server/conductor/fields.h"
#include "server/conductor/text.h"

namespace roundelay {
namespace {

constexpr int kNewRoomsPerMinute = 20;  // from one address
constexpr int64_t kMinuteNs = 60'000'000'000;
constexpr size_t kMaxTracks = 200;  // of a room
constexpr const char* kRoomName = "Roundelay";

}  // namespace

ApiAnswer api_error(int status, const std::string& code, const std::string& message) {
  return {status, {{"error", {{"code", code}, {"message", message}}}}};
}

Api::Api(const Config& config, Rooms& rooms, Store& store, const Tokens& tokens, Uploads& uploads, RobotChoirs& robots,
         Clock clock, Apply apply)
    : config_(config),
      rooms_(rooms),
      store_(store),
      tokens_(tokens),
      uploads_(uploads),
      robots_(robots),
      clock_(std::move(clock)),
      apply_(std::move(apply)),
      new_rooms_(kNewRoomsPerMinute, kMinuteNs) {}

ApiAnswer Api::request(const std::string& method, const std::string& path, const std::string& address,
                       const nlohmann::json& body) {
  constexpr std::string_view kRooms = "/api/rooms";
  if (path == "/api/internal/counts" && method == "GET") return counts();
  if (path == kRooms) {
    return method == "POST" ? make_room(address, body) : api_error(405, "not_allowed", "Rooms are made with POST.");
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
  if (!name.valid) return api_error(400, "bad_name", "name must be a text of 1 to 40 characters.");
  if (name.present) {
    auto checked = checked_name(name.value);
    if (!checked) return api_error(400, "bad_name", checked.error());
    room.name = *std::move(checked);
  }
  const Field<bool> robots = bool_field(body, "robots");
  if (!robots.valid) return api_error(400, "bad_message", "robots must be true or false.");
  if (!new_rooms_.allow(address, clock_.now().ns)) {
    return api_error(429, "too_fast", "Too many rooms were made from your address. Please wait a minute.");
  }
  if (robots.value && robots_.full()) {
    return api_error(503, "busy",
                     "All robot choirs are singing elsewhere. Please try again later, or make a room without robots.");
  }
  room.id = make_id();
  const std::string key = make_organiser_key();
  room.key_hash = key_hash(key);
  room.settings = stored_settings(rooms_.defaults());
  if (!store_.add_room(room, clock_.unix_now())) {
    spdlog::error("a room cannot be stored: {}", store_.error());
    return api_error(503, "busy", "The room could not be stored. Please try again later.");
  }
  if (robots.value) {
    if (const auto started = robots_.start(room.id, key, clock_.now().ns); !started) {
      spdlog::error("the robots cannot be started: {}", started.error());
      return api_error(503, "busy", "The robots could not be started. Please try again later, or make a room without robots.");
    }
  }
  return {201, {{"room", room.id}, {"link", "/r/" + room.id}, {"key", key}}};
}

ApiAnswer Api::show_room(const std::string& id) {
  const OpenRoom* open = rooms_.find(id);
  if (open != nullptr) return {200, {{"room", id}, {"name", open->room.name()}, {"people", open->room.people().connected()}}};
  const auto room = stored_room(id);
  if (!room) return room.error();
  return {200, {{"room", id}, {"name", room->name}, {"people", 0}}};
}

tl::expected<StoredRoom, ApiAnswer> Api::stored_room(const std::string& id) {
  const ApiAnswer no_room = api_error(404, "no_room", "There is no such room. Please check the link.");
  if (!is_id(id)) return tl::unexpected(no_room);
  auto room = store_.room(id);
  if (!room) {
    spdlog::error("room {} cannot be read: {}", id, room.error().reason);
    return tl::unexpected(
        api_error(503, "busy", "The server cannot read its rooms at the moment. Please try again in a minute."));
  }
  if (!*room) return tl::unexpected(no_room);
  return **std::move(room);
}

ApiAnswer Api::counts() {
  int people = 0;
  int singers = 0;
  for (const auto& [id, open] : rooms_.all()) {
    people += open->room.people().connected();
    singers += open->room.people().connected_singers();
  }
  return {200, {{"rooms", rooms_.all().size()}, {"people", people}, {"singers", singers}}};
}

ApiAnswer Api::upload_check(const std::string& room, const std::string& token, int64_t size) {
  if (rooms_.find(room) == nullptr) {
    if (const auto stored = stored_room(room); !stored) return stored.error();
  }
  const std::optional<Token> opened = tokens_.open(token);
  const OpenRoom* open = rooms_.find(room);
  if (!opened || opened->room != room || open == nullptr || open->room.find(opened->person) == nullptr) {
    return api_error(401, "bad_token", "Only people in the room can add tracks. Please join it again.");
  }
  if (size < 1) return api_error(400, "bad_message", "The file is empty.");
  if (size > config_.max_upload_bytes) {
    return api_error(413, "too_large", "A file may have up to " + std::to_string(config_.max_upload_bytes / 1'000'000) + " MB.");
  }
  if (open->room.tracks().size() >= kMaxTracks) {
    return api_error(422, "no_track",
                     "A room may have up to " + std::to_string(kMaxTracks) + " tracks. Please delete one first.");
  }
  if (!uploads_.has_room()) return api_error(503, "busy", "Too many tracks are being prepared. Please try again in a minute.");
  return {100, nlohmann::json::object()};
}

void Api::upload(const std::string& room, const std::string& token, const std::string& name, const std::string& file,
                 int64_t size, Reply reply) {
  if (ApiAnswer check = upload_check(room, token, size); check.status != 100) {
    uploads_.discard(file);
    return reply(std::move(check));
  }
  const PersonId uploader = tokens_.open(token)->person;
  const std::string clean = track_name(name);
  uploads_.submit(
      file,
      [this, room, clean](double progress) {
        if (OpenRoom* open = rooms_.find(room)) {
          apply_(*open, {effect::ToRoom{{{"type", "track_progress"}, {"name", clean}, {"progress", progress}}}});
        }
      },
      [this, room, uploader, clean, reply = std::move(reply)](const tl::expected<Uploads::Result, Uploads::Failure>& outcome) {
        if (outcome) {
          stored(room, uploader, clean, *outcome, reply);
        } else {
          reply(api_error(outcome.error().status, outcome.error().code, outcome.error().message));
        }
      });
}

void Api::stored(const std::string& room, PersonId uploader, const std::string& name, const Uploads::Result& result,
                 const Reply& reply) {
  Track track{make_id(), name, result.seconds, result.channels, result.sha256, uploader};
  // The room may have been given up meanwhile: then the track waits in the store.
  OpenRoom* open = rooms_.find(room);
  Effects effects;
  const int64_t unix_now = clock_.unix_now();
  const bool kept = open != nullptr ? rooms_.add_track(*open, track, unix_now, effects) : store_.add_track(room, track, unix_now);
  if (!kept) {
    spdlog::error("a track cannot be stored: {}", store_.error());
    return reply(
        api_error(503, "busy", "The track could not be stored. Please try again later."));  // its blob goes at the next start
  }
  if (open != nullptr) apply_(*open, effects);
  reply({201, {{"track", track_json(track)}}});
}

void Api::review_blob(const std::string& sha256) {
  if (store_.blob_is_used(sha256) || rooms_.is_playing(sha256, clock_.now()) || uploads_.is_storing(sha256)) return;
  unlink(uploads_.blob_path(sha256).c_str());
}

}  // namespace roundelay
