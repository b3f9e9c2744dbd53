// The backing tracks that this shard plays: memory-mapped blobs, mapped, read in and checked on the thread pool, so that
// the tick never waits for a disk. Loop thread only.
#pragma once

#include <uv.h>

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "codec/track.h"
#include "mixer/room_state.h"

namespace roundelay {

[[nodiscard]] std::string to_hex(const Digest& digest);

class MappedTrack {
 public:
  // Blocks on the disk. Null (and a log line) when the blob is missing or broken.
  static std::shared_ptr<const MappedTrack> map(const std::string& path);
  ~MappedTrack();
  MappedTrack(const MappedTrack&) = delete;
  MappedTrack& operator=(const MappedTrack&) = delete;

  [[nodiscard]] const TrackView& view() const { return view_; }

 private:
  MappedTrack() = default;
  void* base_ = nullptr;
  size_t size_ = 0;
  TrackView view_;
};

class TrackCache {
 public:
  TrackCache(uv_loop_t* loop, std::string directory) : loop_(loop), directory_(std::move(directory)) {}

  // Calls `ready` once, later, with the track or null; also when this cache is gone by then. Mapped tracks are shared while
  // anybody holds them.
  void get(const Digest& digest, std::function<void(std::shared_ptr<const MappedTrack>)> ready);

 private:
  using Mapped = std::map<Digest, std::weak_ptr<const MappedTrack>>;

  uv_loop_t* loop_;
  std::string directory_;
  std::shared_ptr<Mapped> mapped_ = std::make_shared<Mapped>();  // shared with the work that is under way
};

}  // namespace roundelay
