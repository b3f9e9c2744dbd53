#include "server/conductor/recording_packs.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/render/pack.h"

namespace roundelay {
namespace {

using control::RecordingZip;

constexpr const char* kPackWish = "/pack.json";
constexpr const char* kPacked = "/all.zip";
constexpr const char* kPackTemporary = "/all.zip.tmp";
constexpr int kPackToldPercent = 5;  // steps in which progress is told
constexpr int64_t kBytesInMegabyte = 1'000'000;

bool is_there(const std::string& path) {
  return access(path.c_str(), F_OK) == 0;
}

std::string megabytes_text(int64_t bytes) {
  return std::to_string(std::max<int64_t>(1, bytes / kBytesInMegabyte)) + " MB";
}

}  // namespace

RecordingPacks::RecordingPacks(uv_loop_t* loop, const Config& config, std::vector<std::string> worker,
                               std::function<void(const std::string& id)> changed)
    : loop_(loop), config_(config), worker_(std::move(worker)), changed_(std::move(changed)) {}

RecordingPacks::~RecordingPacks() = default;

void RecordingPacks::take_over(const std::string& id) {
  if (is_there(folder(id) + kPackWish) && !is_wanted(id)) waiting_.push_back({id, 0});
}

bool RecordingPacks::is_wanted(const std::string& id) const {
  return std::any_of(waiting_.begin(), waiting_.end(), [&](const Waiting& each) { return each.id == id; });
}

int64_t RecordingPacks::promised_bytes() const {
  int64_t bytes = 0;
  for (const Waiting& each : waiting_) bytes += each.bytes;
  return bytes;
}

const RecordingPacks::Files& RecordingPacks::files_of(const std::string& id) {
  const auto [known, looks] = known_.try_emplace(id);
  if (!looks) return known->second;
  const std::string path = folder(id);
  known->second.beside = (is_there(path + "/backing.opus") ? 1U : 0U) + (is_there(path + "/metronome.opus") ? 1U : 0U);
  struct stat there {};
  if (stat((path + kPacked).c_str(), &there) == 0) known->second.zip_bytes = there.st_size;
  return known->second;
}

int64_t RecordingPacks::bytes_of(const control::Recording& recording) {
  return render::packed_bytes(recording.seconds, recording.tracks.size(), files_of(recording.id).beside);
}

std::optional<RecordingZip> RecordingPacks::shown(const control::Recording& recording) {
  if (recording.state != control::RecordingState::kReady) return std::nullopt;
  if (const int64_t made = files_of(recording.id).zip_bytes; made > 0)
    return RecordingZip{RecordingZip::State::kReady, 100, made};
  RecordingZip out{.bytes = bytes_of(recording)};
  if (is_wanted(recording.id)) {
    out.state = RecordingZip::State::kMaking;
    out.percent = running_ && running_->id == recording.id ? percent_ : 0;
  } else if (failed_.contains(recording.id)) {
    out.state = RecordingZip::State::kFailed;
  }
  return out;
}

tl::expected<void, Refusal> RecordingPacks::ask(const control::Recording& recording, const std::string& name) {
  const std::string path = folder(recording.id);
  if (is_wanted(recording.id) || is_there(path + kPacked)) return {};
  if (recording.seconds > kMostSeconds) {
    return refuse("too_large", phrase("recording_too_long_for_zip"));
  }
  if (waiting_.size() >= kMostWaiting) {
    return refuse("busy", phrase("too_many_downloads_wait"));
  }
  const int64_t bytes = bytes_of(recording);
  struct statvfs disk {};
  if (statvfs(path.c_str(), &disk) != 0 ||
      static_cast<int64_t>(disk.f_bavail * disk.f_frsize) < bytes + promised_bytes() + kLeftFreeBytes) {
    return refuse("disk_full", phrase("no_room_for_zip", {{"size", megabytes_text(bytes)}}));
  }
  std::ofstream wish(path + kPackWish, std::ios::trunc);
  wish << nlohmann::json{{"name", name}}.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  wish.close();
  if (!wish) return refuse("disk_full", phrase("disk_takes_nothing"));
  failed_.erase(recording.id);
  waiting_.push_back({recording.id, bytes});
  return {};
}

void RecordingPacks::tick(bool stand_still) {
  if (running_) return running_->child->pause(stand_still);
  if (stand_still) return;
  for (size_t i = 0; i < waiting_.size(); ++i) {
    if (!start(waiting_[i].id)) continue;
    std::swap(waiting_[0], waiting_[i]);
    return;
  }
}

bool RecordingPacks::start(const std::string& id) {
  // A mix that is wished comes first.
  if (is_there(folder(id) + "/mix-again.json")) return false;
  FileDescriptor lock(open((folder(id) + "/worker.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.get() < 0 || flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return false;
  std::vector<std::string> command = worker_;
  command.push_back(folder(id));
  running_ = std::make_unique<Running>();
  running_->id = id;
  percent_ = 0;
  auto child = RenderChild::start(
      loop_, command, lock.get(),
      [this](double share) {
        const int percent = std::min(99, static_cast<int>(share * 100));
        if (percent / kPackToldPercent == percent_ / kPackToldPercent) return;
        percent_ = percent;
        changed_(running_->id);
      },
      [this](const tl::expected<void, std::string>& verdict) {
        if (!verdict) spdlog::error("the ZIP of recording {} could not be made: {}", running_->id, verdict.error());
        made(verdict.has_value());
      });
  if (!child) {
    spdlog::error("the worker for the ZIP of recording {} cannot be started: {}", id, child.error());
    running_.reset();
    return false;
  }
  running_->lock.swap(lock);
  running_->child = *std::move(child);
  return true;
}

void RecordingPacks::made(bool good) {
  const std::string id = running_->id;
  // The child is destroyed in its own callback, as it allows.
  running_.reset();
  std::erase_if(waiting_, [&](const Waiting& each) { return each.id == id; });
  if (!good) {
    failed_.insert(id);
    (void)unlink((folder(id) + kPackWish).c_str());
    (void)unlink((folder(id) + kPackTemporary).c_str());
  }
  look_again(id);
  changed_(id);
}

void RecordingPacks::forget(const std::string& id) {
  look_again(id);
  if (running_ && running_->id == id) running_.reset();
  std::erase_if(waiting_, [&](const Waiting& each) { return each.id == id; });
  failed_.erase(id);
}

void RecordingPacks::forget_old(const std::string& id, int64_t unix_now) {
  const std::string path = folder(id) + kPacked;
  struct stat there {};
  if (stat(path.c_str(), &there) != 0 || there.st_mtime > unix_now - kKeptSeconds) return;
  (void)unlink(path.c_str());
  look_again(id);
  changed_(id);
}

}  // namespace roundelay
