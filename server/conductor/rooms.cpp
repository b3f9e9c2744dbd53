#include "server/conductor/rooms.h"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "server/base/text.h"
#include "server/base/tokens.h"
#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

constexpr int64_t kTouchSlackS = 90;  // people are touched every 30 s; a conductor may have been away for a while

Refusal no_room() {
  return refuse("no_room", phrase("no_such_room")).value();
}

}  // namespace

Rooms::Rooms(const Config& config, const Segment& segment, Store& store)
    : config_(config), segment_(segment), store_(store), defaults_(default_settings(config)), memory_(segment) {
  limits_.lane_blocks = segment.size().lane_blocks;
  take_limits();
  rows_.assign(segment.size().max_rooms, nullptr);
}

void Rooms::take_limits() {
  limits_.max_singers = config_.max_singers_per_room;
  limits_.max_listeners = config_.max_listeners_per_room;
  limits_.least_interval_ms = config_.min_automatic_interval_ms;
  limits_.lead_in = Blocks{std::max(kPrerollBlocks + 1, (config_.lead_in_ms + 19) / 20)};
  limits_.forget_person_ns = int64_t{config_.forget_person_s} * 1'000'000'000;
}

void Rooms::settings_changed() {
  defaults_ = default_settings(config_);
  take_limits();
  for (auto& [id, open] : rooms_) open->room.set_limits(limits_of_row(open->row));
}

RoomRules rules_of(const StoredRoom& stored) {
  const nlohmann::json* rules = find_field(stored.settings, "rules");
  return rules_from_stored(rules == nullptr ? nlohmann::json() : *rules, stored.name, stored.listed);
}

FromStore<std::optional<Rooms::Loaded>> Rooms::load(const std::string& id) {
  auto stored = store_.room(id);
  if (!stored) return tl::unexpected(stored.error());
  if (!*stored) return std::nullopt;
  auto tracks = store_.tracks(id);
  if (!tracks) return tl::unexpected(tracks.error());
  auto sheets = store_.sheets(id);
  if (!sheets) return tl::unexpected(sheets.error());
  auto scores = store_.scores(id);
  if (!scores) return tl::unexpected(scores.error());
  auto people = store_.present_people(id);
  if (!people) return tl::unexpected(people.error());
  auto removed = store_.removed_people(id);
  if (!removed) return tl::unexpected(removed.error());
  auto chat = store_.chat(id);
  if (!chat) return tl::unexpected(chat.error());
  return Loaded{**std::move(stored), *std::move(tracks),  *std::move(sheets), *std::move(scores),
                *std::move(people),  *std::move(removed), *std::move(chat)};
}

RoomLimits Rooms::limits_of_row(int row) {
  RoomLimits limits = limits_;
  limits.reserve = [this, row](uint32_t ring_blocks) {
    const bool enough = memory_.reserve(row, ring_blocks);
    if (!enough) segment_.conductor().songs_refused.fetch_add(1);
    return enough;
  };
  limits.reserve_solo = [this, row](uint32_t ring_blocks) {
    const bool enough = memory_.reserve_solo(row, ring_blocks);
    if (!enough) segment_.conductor().songs_refused.fetch_add(1);
    return enough;
  };
  limits.reserve_part = [this, row](int part, uint32_t ring_blocks) { return memory_.reserve_part(row, part, ring_blocks); };
  return limits;
}

Room Rooms::make_room(const Loaded& loaded, int row, Moment now) {
  const StoredRoom& stored = loaded.stored;
  const RoomSettings settings = settings_from_stored(stored.settings, defaults_, limits_.line_blocks());
  const Field<std::string> chosen = text_field(stored.settings, "track");
  Room room(
      stored.id, stored.name, settings, loaded.tracks, chosen.given() ? std::optional(chosen.value) : std::nullopt,
      limits_of_row(row), [](uint32_t below) { return randombytes_uniform(below); }, now.ns);
  std::map<PersonId, std::string> removed;
  for (const StoredPerson& person : loaded.removed) removed[person.person.id] = person.person.name;
  room.keep(rules_of(stored), std::move(removed));
  if (const nlohmann::json* plan = find_field(stored.settings, "plan")) {
    Plan next = plan_from_stored(*plan);
    const Field<std::string> words = text_field(stored.settings, "words");  // where it stood before it was in the plan
    if (words.given() && !next.words) next.words = words.value;
    room.plan_next(std::move(next));
  }
  room.keep_chat(loaded.chat);
  room.hold(loaded.sheets);
  if (const nlohmann::json* programme = find_field(stored.settings, "programme"))
    room.keep_programme(Programme::from_stored(*programme));
  room.hold_scores(loaded.scores);
  return room;
}

void Rooms::resume(Room& room, const StoredRoom& stored) {
  const auto song = integer_field(stored.settings, "song", 0, UINT32_MAX);
  const auto leader = integer_field(stored.settings, "leader", 1, kMaxNumber);
  room.resume(song.valid ? static_cast<uint32_t>(song.value) : 0,
              leader.given() ? std::optional(static_cast<PersonId>(leader.value)) : std::nullopt);
}

int Rooms::adopt(Moment now) {
  int adopted = 0;
  for (int row = 0; row < static_cast<int>(rows_.size()); ++row) {
    const RoomRow& shared = segment_.room(row);
    RoomState state;
    const bool whole = shared.state.load(state) && state.is_usable(limits_.lane_blocks);
    if (whole && state.generation == 0) {
      // A conductor that died may not have come to it.
      if (shared.state.version() != 0) memory_.give_back(row, monotonic_ns());
      continue;
    }
    const std::string id = whole ? state.id : "";
    std::optional<Loaded> loaded;
    if (whole && !rooms_.contains(id)) {
      auto read = load(id);
      if (!read) throw std::runtime_error("The database cannot be read: " + read.error().reason + ".");
      loaded = *std::move(read);
    }
    if (!loaded) {
      // Half a state, of a conductor that died while it wrote, or a room that nobody knows: its people come again with their
      // tokens.
      spdlog::error("row {} cannot be taken over and is freed", row);
      free(row);
      continue;
    }
    auto open = std::make_unique<OpenRoom>(
        OpenRoom{make_room(*loaded, row, now), row, state.generation, loaded->stored.key_hash, {}, {}, {}});
    memory_.adopt(row, state.ring_blocks, state.has_solo != 0, state.part_lanes);
    if (state.ring_blocks == 0) memory_.give_back(row, monotonic_ns());
    open->room.adopt(state, now);
    // Without them the song goes on all the same.
    if (const auto marks = store_.marks(id); marks && !marks->empty()) {
      std::vector<control::Mark> list;
      for (const StoredMark& each : *marks) list.push_back(each.mark);
      open->room.keep_marks(marks->front().song, std::move(list));
    }
    for (const StoredPerson& person : loaded->people) open->room.restore(person.person, now);
    resume(open->room, loaded->stored);
    rows_[static_cast<size_t>(row)] = open.get();
    rooms_.emplace(id, std::move(open));
    ++adopted;
  }
  return adopted;
}

OpenRoom* Rooms::find(const std::string& id) {
  const auto it = rooms_.find(id);
  return it == rooms_.end() ? nullptr : it->second.get();
}

OpenRoom* Rooms::in_row(int row, uint32_t generation) const {
  if (row < 0 || row >= static_cast<int>(rows_.size())) return nullptr;
  OpenRoom* open = rows_[static_cast<size_t>(row)];
  return open != nullptr && open->generation == generation ? open : nullptr;
}

uint32_t Rooms::new_generation() const {
  for (;;) {
    const uint32_t generation = randombytes_random();
    const bool used =
        std::any_of(rooms_.begin(), rooms_.end(), [&](const auto& entry) { return entry.second->generation == generation; });
    if (generation != 0 && !used) return generation;
  }
}

int Rooms::free_row(Moment now) {
  const auto free = std::find(rows_.begin(), rows_.end(), nullptr);
  if (free != rows_.end()) return static_cast<int>(free - rows_.begin());
  // Full: whoever has been empty longest makes way.
  OpenRoom* longest = nullptr;
  for (OpenRoom* open : rows_) {
    const auto since = open->room.empty_since_ns();
    if (since && (longest == nullptr || *since < *longest->room.empty_since_ns())) longest = open;
  }
  if (longest == nullptr || longest->room.song_is_on(now)) return -1;
  const int row = longest->row;
  release(*longest);
  return row;
}

tl::expected<OpenRoom*, Refusal> Rooms::open(const std::string& id, Moment now, int64_t unix_now) {
  if (OpenRoom* open = find(id)) return open;
  if (!is_id(id)) return tl::unexpected(no_room());
  auto loaded = load(id);
  if (!loaded) {
    spdlog::error("room {} cannot be read: {}", id, loaded.error().reason);
    return refuse("busy", phrase("rooms_unread_tried_again"));
  }
  if (!*loaded) return tl::unexpected(no_room());
  const int row = free_row(now);
  if (row < 0) return refuse("server_full", phrase("all_rooms_in_use"));

  auto open = std::make_unique<OpenRoom>(
      OpenRoom{make_room(**loaded, row, now), row, new_generation(), (*loaded)->stored.key_hash, {}, {}, {}});
  for (const StoredPerson& person : (*loaded)->people) {
    if (person.last_seen + config_.forget_person_s + kTouchSlackS >= unix_now) {
      open->room.restore(person.person, now);
    } else {
      store_.save_person(id, person.person, false, person.last_seen);
    }
  }
  resume(open->room, (*loaded)->stored);
  rows_[static_cast<size_t>(row)] = open.get();
  OpenRoom* opened = rooms_.emplace(id, std::move(open)).first->second.get();
  publish(*opened);
  store_.touch_room(id, unix_now);
  return opened;
}

std::optional<link::LivePlace> Rooms::live_place(const std::string& secret) const {
  for (const auto& [id, open] : rooms_) {
    const RoomRules& rules = open->room.rules();
    if (secret.empty() || rules.live.size() != secret.size() ||
        sodium_memcmp(rules.live.data(), secret.data(), secret.size()) != 0)
      continue;
    return link::LivePlace{open->row, open->generation, rules.live_number()};
  }
  return std::nullopt;
}

int Rooms::live_players(int row) const {
  int64_t players = 0;
  const RoomRow& shared = segment_.room(row);
  for (uint32_t shard = 0; shard < segment_.size().max_shards; ++shard)
    players += shared.live_players[shard].load(std::memory_order_relaxed);
  return static_cast<int>(std::min<int64_t>(players, INT32_MAX));
}

void Rooms::publish(const OpenRoom& open) {
  RoomState state = open.room.state();
  state.generation = open.generation;
  segment_.room(open.row).state.store(state);
  if (state.ring_blocks == 0) memory_.give_back(open.row, monotonic_ns());
}

void Rooms::free(int row) {
  segment_.room(row).state.store(RoomState{});
  segment_.clear_room(row);
  memory_.give_back(row, monotonic_ns());
}

void Rooms::release(OpenRoom& open) {
  const int row = open.row;
  free(row);
  rows_[static_cast<size_t>(row)] = nullptr;
  const std::string id = open.room.id();
  rooms_.erase(id);
}

void Rooms::tick(Moment now) {
  memory_.tick();
  for (auto it = rooms_.begin(); it != rooms_.end();) {
    OpenRoom& open = *it->second;
    ++it;  // release() erases the one before
    const auto since = open.room.empty_since_ns();
    // Whoever waits for the choir by its live link keeps the room, until others need its place.
    if (since && live_players(open.row) == 0 && now.ns - *since >= int64_t{config_.empty_room_s} * 1'000'000'000) release(open);
  }
}

bool Rooms::add_track(OpenRoom& open, const Track& track, int64_t unix_now, Effects& out) {
  if (!store_.add_track(open.room.id(), track, unix_now)) return false;
  open.room.add_track(track, out);
  return true;
}

StoredRoom Rooms::stored(const Room& room) {
  nlohmann::json out = stored_settings(room.settings());
  out["rules"] = stored_rules(room.rules());
  if (room.chosen_track()) out["track"] = *room.chosen_track();
  out["plan"] = room.plan().to_json();
  if (!room.programme().entries().empty()) out["programme"] = room.programme().stored();
  out["song"] = room.song().number;
  if (room.leader()) out["leader"] = *room.leader();
  return {.id = room.id(), .name = room.name(), .key_hash = {}, .settings = std::move(out), .listed = room.rules().listed};
}

void Rooms::drop(const std::string& id) {
  if (OpenRoom* open = find(id)) release(*open);
}

bool Rooms::is_playing(const std::string& sha256, Moment now) const {
  return std::any_of(rooms_.begin(), rooms_.end(), [&](const auto& entry) {
    const Room& room = entry.second->room;
    return room.song().digest && room.song_is_on(now) && hex(*room.song().digest) == sha256;
  });
}

}  // namespace roundelay
