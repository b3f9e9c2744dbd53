// The recordings of all rooms: their rows in the database, and what becomes of their logs. A recording is under way while its
// room says so or a shard holds one of its logs locked; then a worker makes its files, one at a time, niced, and standing still
// while the shards are strained. It is tried again until it succeeds, also by the next conductor: what a recording is can be seen
// from its row and its folder alone. On the conductor's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <nlohmann/json.hpp>

#include "mixer/file_descriptor.h"
#include "mixer/segment.h"
#include "server/base/config.h"
#include "server/conductor/api_answer.h"
#include "server/conductor/recording_packs.h"
#include "server/conductor/rooms.h"
#include "server/jobs/render_child.h"
#include "server/store/store.h"
#include "server/wire/control/mix_again.h"
#include "server/wire/control/recordings.h"
#include "server/wire/link/counts.h"

namespace roundelay {

class SongRecordings {
 public:
  struct Parts {
    const Config& config;
    const Segment& segment;
    Store& store;
    Rooms& rooms;
    ApiClock clock;
    // Tells all who may hear them.
    std::function<void(const std::string& room, const control::Recordings& news)> tell;
    // Nothing was kept of the last song: likewise.
    std::function<void(const std::string& room)> tell_empty;
  };
  // `worker`: what comes before the folder.
  SongRecordings(uv_loop_t* loop, Parts parts, std::vector<std::string> worker);
  ~SongRecordings();
  SongRecordings(const SongRecordings&) = delete;
  SongRecordings& operator=(const SongRecordings&) = delete;

  // At the start: what conductors before left unfinished, and folders that no row knows. The folders' own trouble is logged.
  void take_over();
  // A song is recorded from now on; may come again.
  void begin(const std::string& room, uint32_t song, Position start, const std::string& title);
  // With its files. Nothing, if it is not this room's.
  void remove(const std::string& room, const std::string& id);
  // False: there is no such recording of this room, or it is not ready.
  [[nodiscard]] bool mix_again(const std::string& room, const control::MixAgain& wish);
  // Everything of it as one file, whose folder has this name, is to be made.
  [[nodiscard]] tl::expected<void, Refusal> pack(const control::Recording& recording, const std::string& name);
  // The room is no more: its folders go.
  void forget_room(const std::string& room);
  // Every tick; does something five times a second.
  void tick();
  // Removes what its room keeps no longer. Once an hour.
  void forget_old();
  // Removes ZIPs that were made more than a day ago: they are made anew when they are wanted. Once an hour.
  void forget_old_packs();
  // Once more those that could not be made: the disk may have room again. Once an hour.
  void try_failed_again();

  // The oldest first, with how far the one that is rendered is; without what with_files() adds.
  [[nodiscard]] FromStore<std::vector<StoredRecording>> list(const std::string& room);
  // And what of it can be heard and taken home by now.
  [[nodiscard]] control::Recording with_files(control::Recording shown);
  [[nodiscard]] std::string folder(const std::string& id) const { return parts_.config.recordings_dir() + "/" + id; }
  void count(link::Counts& counts) const;
  // A shard says that the disk takes no recording.
  [[nodiscard]] bool disk_fails() const;

 private:
  struct Unfinished {
    StoredRecording row;
    int64_t closed_ns = 0;  // since when its room adds nothing more; 0: it does
    int64_t next_try_ns = 0;
  };
  struct Running {
    std::string id;
    FileDescriptor lock{-1};
    std::unique_ptr<RenderChild> child;
  };
  void look_at(const std::string& id, Unfinished& unfinished, int64_t now_ns);
  // That may be rendered now; null: none.
  [[nodiscard]] Unfinished* next_due(int64_t now_ns);
  void start_next(Unfinished& next, int64_t now_ns);
  [[nodiscard]] bool start(const std::string& id, Unfinished& unfinished);
  void rendered(const tl::expected<void, std::string>& verdict);
  // Its files are there.
  void finish(Unfinished& unfinished);
  void failed(Unfinished& unfinished, const std::string& why);
  void become_ready(StoredRecording& row);
  // Reads what the worker says of its tracks. False: it is not there, or makes no sense.
  [[nodiscard]] bool read_tracks(StoredRecording& row) const;
  void save_and_tell(const StoredRecording& row);
  // Nothing is missing but the mix that somebody wished.
  [[nodiscard]] bool only_a_wish(const std::string& id) const;
  // How far its ZIP is.
  void tell_of_pack(const std::string& id);
  void forget(const std::string& id);
  void drop_folder(const std::string& id);

  uv_loop_t* loop_;
  Parts parts_;
  std::vector<std::string> worker_;
  RecordingPacks packs_;
  std::map<std::string, Unfinished> unfinished_;  // by id
  std::unique_ptr<Running> running_;
  std::unordered_map<std::string, std::string> mixes_;  // of those that are ready: the file to listen to, by id, as far as known
  int64_t looked_ns_ = 0;
};

}  // namespace roundelay
