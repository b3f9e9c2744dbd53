#include "server/conductor/operator_api.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "server/base/tokens.h"
#include "server/base/version.h"

namespace roundelay {
namespace {

constexpr int kMostRoomsAtOnce = 500;     // an answer fits a line of the link
constexpr size_t kMostLiveRooms = 1'000;  // likewise
constexpr int kBlockMs = 20;
constexpr int64_t kWellNs = 1'000'000'000;

ApiAnswer no_answer_of_store(const Store& store) {
  return api_error(503, "busy", "The database cannot be read: " + store.error() + ".");
}

std::string origin_of(const Config& config) {
  if (!config.public_origin.empty()) return config.public_origin;
  const std::string scheme = config.tls_certificate.empty() ? "http://" : "https://";
  const bool any = config.host == "0.0.0.0" || config.host == "::";
  const bool is_ipv6 = config.host.find(':') != std::string::npos;
  const std::string host = any ? "localhost" : is_ipv6 ? "[" + config.host + "]" : config.host;
  return scheme + host + ":" + std::to_string(config.port);
}

// Of the singers who are here: the slowest.
std::optional<int64_t> slowest_loop_ms(const Room& room) {
  std::optional<int64_t> out;
  for (const auto& [person, loop] : room.loops()) {
    const Person* singer = room.find(person);
    if (singer == nullptr || !singer->connected() || !loop.loop_ms()) continue;
    out = std::max<int64_t>(out.value_or(0), std::llround(*loop.loop_ms()));
  }
  return out;
}

nlohmann::json people_in(const Room& room) {
  nlohmann::json out = nlohmann::json::array();
  for (const auto& [id, person] : room.people().all()) {
    nlohmann::json shown{{"name", person.name},
                         {"role", person.role == Role::kSinger ? "singer" : "listener"},
                         {"group", person.bucket},
                         {"connected", person.connected()}};
    if (person.organiser) shown["organiser"] = true;
    if (person.engineer) shown["engineer"] = true;
    if (person.muted) shown["muted"] = true;
    if (person.robot) shown["robot"] = true;
    if (room.leader() == id) shown["leader"] = true;
    const auto loop = room.loops().find(id);
    if (loop != room.loops().end() && loop->second.loop_ms()) shown["loop_ms"] = std::llround(*loop->second.loop_ms());
    out.push_back(std::move(shown));
    if (out.size() >= kMostLiveRooms) break;
  }
  return out;
}

}  // namespace

ApiAnswer OperatorApi::answer(const link::Operator& asked) {
  using Wish = link::Operator::Wish;
  if (asked.wish == Wish::kStatus) return status();
  if (asked.wish == Wish::kRooms) return rooms(asked.room);
  const auto stored = stored_room(parts_.store, asked.room);
  if (!stored) return stored.error();
  switch (asked.wish) {
    case Wish::kDeleteRoom:
      return delete_room(*stored, asked.now);
    case Wish::kOrganiserLink:
      return organiser_link(*stored);
    default:
      return room(*stored);
  }
}

nlohmann::json OperatorApi::shards() const {
  nlohmann::json out = nlohmann::json::array();
  const int64_t now_ns = monotonic_ns();
  for (int i = 0; i < static_cast<int>(parts_.segment.size().max_shards); ++i) {
    const ShardRow& row = parts_.segment.shard(i);
    const bool there = row.pid.load() != 0;
    out.push_back({{"index", i},
                   {"state", !there                                       ? "away"
                             : now_ns - row.heartbeat_ns.load() > kWellNs ? "stands"
                                                                          : "well"},
                   {"starts", row.starts.load()},
                   {"singers", row.singers.load()},
                   {"capacity", row.capacity.load()},
                   {"load", row.load_permille.load() / 1000.0},
                   {"strain", row.strain.load()}});
  }
  return out;
}

nlohmann::json OperatorApi::live(const OpenRoom& open) const {
  const Room& room = open.room;
  const Moment now = parts_.clock.now();
  nlohmann::json out{{"room", room.id()},
                     {"name", room.name()},
                     {"people", room.people().connected()},
                     {"singers", room.people().connected_singers()},
                     {"interval_ms", room.settings().interval_blocks * kBlockMs}};
  if (const auto loop_ms = slowest_loop_ms(room)) out["loop_ms"] = *loop_ms;
  if (!room.song_is_on(now)) return out;
  const Song& song = room.song();
  const double seconds = static_cast<double>(now.position.samples - song.start.samples) / kSampleRate;
  nlohmann::json shown{{"seconds", std::max(0.0, std::round(seconds * 10) / 10)}, {"recorded", song.recorded}};
  if (song.track) shown["title"] = song.track->name;
  out["song"] = std::move(shown);
  return out;
}

ApiAnswer OperatorApi::status() const {
  const auto& all = parts_.rooms.all();
  std::vector<const OpenRoom*> rooms;
  rooms.reserve(all.size());
  for (const auto& [id, open] : all) rooms.push_back(open.get());
  std::stable_sort(rooms.begin(), rooms.end(), [](const OpenRoom* a, const OpenRoom* b) {
    return a->room.people().connected() > b->room.people().connected();
  });
  nlohmann::json list = nlohmann::json::array();
  for (const OpenRoom* open : rooms) {
    if (list.size() < kMostLiveRooms) list.push_back(live(*open));
  }
  const ConductorRow& row = parts_.segment.conductor();
  const Segment::Memory memory = parts_.segment.memory();
  nlohmann::json body{{"version", kVersion},
                      {"uptime_s", (parts_.clock.now().ns - parts_.segment.timeline().anchor_ns) / 1'000'000'000},
                      {"counts", parts_.counts().to_json()},
                      {"store", {{"failing", row.store_failing.load() != 0}, {"waiting", row.unstored.load()}}},
                      {"shared_memory", {{"used_bytes", memory.used_bytes}, {"left_bytes", nullptr}}},
                      {"shards", shards()},
                      {"rooms", std::move(list)}};
  if (memory.left_bytes) body["shared_memory"]["left_bytes"] = *memory.left_bytes;
  return {200, std::move(body)};
}

ApiAnswer OperatorApi::rooms(const std::string& after) const {
  const auto stored = parts_.store.rooms_after(after, kMostRoomsAtOnce);
  if (!stored) return no_answer_of_store(parts_.store);
  nlohmann::json list = nlohmann::json::array();
  for (const RoomLine& each : *stored) {
    const OpenRoom* open = parts_.rooms.find(each.id);
    nlohmann::json shown = open != nullptr ? live(*open) : nlohmann::json{{"room", each.id}, {"name", each.name}};
    shown["in_use"] = open != nullptr;
    shown["last_used"] = open != nullptr && open->room.people().connected() > 0 ? parts_.clock.unix_now() : each.last_used;
    list.push_back(std::move(shown));
  }
  return {200, {{"rooms", std::move(list)}, {"more", stored->size() >= kMostRoomsAtOnce}}};
}

ApiAnswer OperatorApi::room(const StoredRoom& stored) const {
  const OpenRoom* open = parts_.rooms.find(stored.id);
  const RoomRules rules = open != nullptr ? open->room.rules() : rules_of(stored);
  nlohmann::json out = open != nullptr ? live(*open) : nlohmann::json{{"room", stored.id}, {"name", rules.name}};
  const auto tracks = parts_.store.tracks(stored.id);
  const auto scores = parts_.store.scores(stored.id);
  const auto recordings = parts_.store.recordings(stored.id);
  if (!tracks || !scores || !recordings) return no_answer_of_store(parts_.store);
  out.update({{"in_use", open != nullptr},
              {"listed", rules.listed},
              {"locked", rules.locked},
              {"password", !rules.password_hash.empty()},
              {"tracks", tracks->size()},
              {"scores", scores->size()},
              {"recordings", recordings->size()}});
  if (open != nullptr) out["present"] = people_in(open->room);
  return {200, std::move(out)};
}

ApiAnswer OperatorApi::delete_room(const StoredRoom& stored, bool now) const {
  const OpenRoom* open = parts_.rooms.find(stored.id);
  if (!now && open != nullptr && open->room.song_is_on(parts_.clock.now()))
    return api_error(409, "song_lasts", "A song lasts in this room. Delete it when that is over, or with --now.");
  parts_.delete_room(stored.id);
  return {200, nlohmann::json::object()};
}

ApiAnswer OperatorApi::organiser_link(const StoredRoom& stored) const {
  const std::string key = make_organiser_key();
  if (OpenRoom* open = parts_.rooms.find(stored.id)) {
    parts_.apply(*open, {effect::SaveKey{key}});
  } else {
    parts_.store.save_key(stored.id, key_hash(key));
  }
  spdlog::info("room {} has a new organiser's link, which the operator asked for", stored.id);
  return {200,
          {{"room", stored.id},
           {"origin", origin_of(parts_.config)},
           {"path", parts_.config.base_path + "r/" + stored.id + "#organise=" + key}}};
}

}  // namespace roundelay
