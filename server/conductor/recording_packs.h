// ZIPs of recordings (server/render/pack.h), made by a worker when somebody asks for one and kept for a day. One at a time,
// niced, and standing still while the shards are strained or the files of a recording are made. What is wished lies in the
// recording's folder: the next conductor goes on with it. On the conductor's loop.
#pragma once

#include <uv.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/file_descriptor.h"
#include "server/base/config.h"
#include "server/jobs/render_child.h"
#include "server/wire/control/recordings.h"
#include "server/wire/control/refusal.h"

namespace roundelay {

class RecordingPacks {
 public:
  // `worker`: what comes before the folder. `changed`: what shown() says of this recording is another.
  RecordingPacks(uv_loop_t* loop, const Config& config, std::vector<std::string> worker,
                 std::function<void(const std::string& id)> changed);
  ~RecordingPacks();
  RecordingPacks(const RecordingPacks&) = delete;
  RecordingPacks& operator=(const RecordingPacks&) = delete;

  // At the start: its folder may hold a wish that a conductor before had.
  void take_over(const std::string& id);
  // Of a recording that is ready; `name` is the folder's in the ZIP. Asked again while it is made or there: nothing happens.
  [[nodiscard]] tl::expected<void, Refusal> ask(const control::Recording& recording, const std::string& name);
  // Several times a second.
  void tick(bool stand_still);
  // Its folder goes.
  void forget(const std::string& id);
  // A ZIP that was made a day before `unix_now` goes.
  void forget_old(const std::string& id, int64_t unix_now);
  // Its files were made anew.
  void look_again(const std::string& id) { known_.erase(id); }
  // Nothing of what is not ready.
  [[nodiscard]] std::optional<control::RecordingZip> shown(const control::Recording& recording);

 private:
  struct Running {
    std::string id;
    FileDescriptor lock{-1};
    std::unique_ptr<RenderChild> child;
  };
  // A ZIP must fit with so much left over.
  static constexpr int64_t kLeftFreeBytes = 500'000'000;
  static constexpr size_t kMostWaiting = 20;
  static constexpr double kMostSeconds = 6 * 3'600;  // what a stereo WAV can hold
  static constexpr int64_t kKeptSeconds = 86'400;

  [[nodiscard]] std::string folder(const std::string& id) const { return config_.recordings_dir() + "/" + id; }
  // What lies in its folder: looked for once.
  struct Files {
    size_t beside = 0;      // backing and metronome
    int64_t zip_bytes = 0;  // 0: it is not made
  };
  [[nodiscard]] const Files& files_of(const std::string& id);
  [[nodiscard]] int64_t bytes_of(const control::Recording& recording);
  [[nodiscard]] bool is_wanted(const std::string& id) const;
  // Of the ZIPs that are not there yet.
  [[nodiscard]] int64_t promised_bytes() const;
  // False: not now.
  [[nodiscard]] bool start(const std::string& id);
  // The worker has ended.
  void made(bool good);

  uv_loop_t* loop_;
  const Config& config_;
  std::vector<std::string> worker_;
  std::function<void(const std::string& id)> changed_;
  struct Waiting {
    std::string id;
    int64_t bytes = 0;
  };
  std::deque<Waiting> waiting_;  // the one that is made is the first
  std::set<std::string> failed_;
  std::unordered_map<std::string, Files> known_;
  std::unique_ptr<Running> running_;
  int percent_ = 0;
};

}  // namespace roundelay
