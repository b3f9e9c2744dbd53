// The rooms in use: loaded from the store, published in shared memory, dropped when they have been empty long enough. On the
// conductor's loop only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/conductor/song_memory.h"
#include "server/net/control_server.h"
#include "server/room/room.h"
#include "server/room/room_news.h"
#include "server/store/store.h"
#include "server/wire/link/live.h"

namespace roundelay {

struct OpenRoom {
  Room room;
  int row;              // in shared memory
  uint32_t generation;  // of this use of the row
  std::string key_hash;
  std::unordered_map<ConnectionId, int> links;  // how many of its sessions each shard's link has
  RoomNews news;                                // not told yet
  std::vector<effect::ToSession> after_news;    // answers that wait for it
};

[[nodiscard]] RoomRules rules_of(const StoredRoom& stored);

class Rooms {
 public:
  Rooms(const Config& config, const Segment& segment, Store& store);

  // Takes over the rows that a conductor before left in shared memory; songs go on untouched. Returns how many. Throws
  // std::runtime_error when the database cannot be read: then no row is touched that could not be.
  int adopt(Moment now);

  [[nodiscard]] OpenRoom* find(const std::string& id);  // only those in use
  // Null if another room, or none, is in this row.
  [[nodiscard]] OpenRoom* in_row(int row, uint32_t generation) const;
  // In use, or loaded and given a row. Refusals: no_room, server_full; busy when the database cannot be read.
  [[nodiscard]] tl::expected<OpenRoom*, Refusal> open(const std::string& id, Moment now, int64_t unix_now);
  // Of those in use the one with this live link.
  [[nodiscard]] std::optional<link::LivePlace> live_place(const std::string& secret) const;
  // How many hear the room in this row by its live link, on all shards.
  [[nodiscard]] int live_players(int row) const;
  // Puts the room's state into shared memory.
  void publish(const OpenRoom& open);
  // Gives back the rows of rooms that have been empty for `empty_room_s`, and the memory of songs that are over.
  void tick(Moment now);

  // Puts a track into the room's list and the store; false if it could not be stored.
  [[nodiscard]] bool add_track(OpenRoom& open, const Track& track, int64_t unix_now, Effects& out);
  // The stored form of a room, without its key.
  [[nodiscard]] static StoredRoom stored(const Room& room);
  // It is no more in use; nobody is in it.
  void drop(const std::string& id);
  // True if a running song of any room plays this blob.
  [[nodiscard]] bool is_playing(const std::string& sha256, Moment now) const;

  [[nodiscard]] std::map<std::string, std::unique_ptr<OpenRoom>>& all() { return rooms_; }
  // The configuration has changed: its limits hold at once, what a room begins with for those that are made from now on.
  void settings_changed();
  [[nodiscard]] RoomSettings defaults() const { return defaults_; }

 private:
  struct Loaded {
    StoredRoom stored;
    std::vector<Track> tracks;
    std::vector<Sheet> sheets;
    std::vector<Score> scores;
    std::vector<StoredPerson> people;   // with a place
    std::vector<StoredPerson> removed;  // by an organiser
    std::vector<ChatLine> chat;         // what was said
  };
  // Nothing: there is no such room.
  [[nodiscard]] FromStore<std::optional<Loaded>> load(const std::string& id);
  void take_limits();
  [[nodiscard]] RoomLimits limits_of_row(int row);
  // Of the stored facts those that need the room's people.
  static void resume(Room& room, const StoredRoom& stored);
  [[nodiscard]] Room make_room(const Loaded& loaded, int row, Moment now);
  [[nodiscard]] int free_row(Moment now);
  [[nodiscard]] uint32_t new_generation() const;
  void free(int row);
  void release(OpenRoom& open);

  const Config& config_;
  const Segment& segment_;
  Store& store_;
  RoomSettings defaults_;
  RoomLimits limits_;
  SongMemory memory_;
  std::vector<OpenRoom*> rows_;  // null: free
  std::map<std::string, std::unique_ptr<OpenRoom>> rooms_;
};

}  // namespace roundelay
