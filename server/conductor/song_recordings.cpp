#include "server/conductor/song_recordings.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <utility>

#include "mixer/strain.h"
#include "server/base/text.h"
#include "server/base/tokens.h"

namespace roundelay {
namespace {

namespace fs = std::filesystem;
using control::RecordingState;

constexpr int64_t kLookNs = 200'000'000;
constexpr int64_t kGraceNs = 700'000'000;  // in which shards see that a recording is over
constexpr int64_t kFirstRetryNs = 2'000'000'000;
constexpr int64_t kLongestRetryNs = 300'000'000'000;
constexpr int kMostTries = 10;       // of one conductor
constexpr int kMostTriesOfWish = 3;  // of mixing again: somebody waits for it
constexpr int kToldPercent = 5;      // steps in which progress is told
constexpr int64_t kSecondsOfDay = 86'400;
constexpr std::string_view kGone = "gone-";
constexpr const char* kTracksFile = "tracks.json";
constexpr const char* kWishFile = "mix-again.json";
constexpr const char* kQuickMix = "quick.opus";
constexpr const char* kMix = "mix.opus";

struct Logs {
  bool any = false;
  bool written = false;  // somebody holds one of them
};

Logs logs_in(const std::string& folder) {
  Logs out;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder, none)) {
    if (entry.path().extension() != ".log") continue;
    out.any = true;
    const FileDescriptor file(open(entry.path().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() >= 0 && flock(file.get(), LOCK_SH | LOCK_NB) != 0) out.written = true;
  }
  return out;
}

// ROOM-SONG, as recording_id() makes it.
std::optional<std::pair<std::string, uint32_t>> room_and_song(const std::string& id) {
  const size_t dash = id.rfind('-');
  if (dash == std::string::npos || !is_id(id.substr(0, dash))) return std::nullopt;
  const std::string number = id.substr(dash + 1);
  if (number.empty() || number.size() > 10 || number.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  const unsigned long long song = std::stoull(number);
  if (song == 0 || song > UINT32_MAX) return std::nullopt;
  return std::pair(id.substr(0, dash), static_cast<uint32_t>(song));
}

}  // namespace

SongRecordings::SongRecordings(uv_loop_t* loop, Parts parts, std::vector<std::string> worker)
    : loop_(loop),
      parts_(std::move(parts)),
      worker_(std::move(worker)),
      packs_(loop, parts_.config, worker_, [this](const std::string& id) { tell_of_pack(id); }) {}

SongRecordings::~SongRecordings() = default;

void SongRecordings::take_over() {
  std::error_code failure;
  fs::create_directories(parts_.config.recordings_dir(), failure);
  if (failure) spdlog::error("the recordings' folder cannot be made: {}", failure.message());
  if (auto rows = parts_.store.unfinished_recordings()) {
    for (StoredRecording& row : *rows) {
      row.tries = 0;
      if (row.shown.state == RecordingState::kRendering) row.shown.state = RecordingState::kWaiting;
      const std::string id = row.shown.id;
      unfinished_[id].row = std::move(row);
    }
  }
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(parts_.config.recordings_dir(), failure))
    folders.push_back(entry.path().filename().string());
  for (const std::string& id : folders) {
    if (id.starts_with(kGone)) {
      drop_folder(id);
      continue;
    }
    const auto known = room_and_song(id);
    if (known) packs_.take_over(id);
    if (!known || unfinished_.contains(id)) continue;
    // Of a version that kept it.
    if (fs::exists(folder(id) + "/" + kTracksFile)) (void)unlink((folder(id) + "/" + kQuickMix).c_str());
    const auto row = parts_.store.recording(id);
    if (!row) continue;
    // A log that came when all was made.
    const bool late = *row && (*row)->shown.state == RecordingState::kReady && logs_in(folder(id)).any;
    if (*row && (*row)->shown.state != RecordingState::kFailed && !late) continue;
    const auto room = parts_.store.room(known->first);
    if (!room) continue;
    if (!*room) {
      drop_folder(id);
      continue;
    }
    // A row that was never stored, or what another version may have better luck with.
    Unfinished& unfinished = unfinished_[id];
    struct stat info {};
    (void)stat(folder(id).c_str(), &info);
    unfinished.row = *row ? **row : StoredRecording{.room = known->first, .song = known->second};
    if (!*row) {
      unfinished.row.shown.id = id;
      unfinished.row.shown.began = info.st_mtime;
    }
    unfinished.row.tries = 0;
    unfinished.row.shown.state = RecordingState::kRecording;
    parts_.store.save_recording(unfinished.row);
  }
}

void SongRecordings::begin(const std::string& room, uint32_t song, Position start, const std::string& title) {
  const std::string id = recording_id(room, song);
  if (mkdir(folder(id).c_str(), 0700) != 0 && errno != EEXIST)
    spdlog::error("the folder of recording {} cannot be made: {}", id, std::system_category().message(errno));
  if (unfinished_.contains(id)) return;
  StoredRecording row{.room = room, .song = song, .shown = {.id = id, .title = title, .began = start.samples / kSampleRate}};
  unfinished_[id].row = row;
  save_and_tell(row);
}

void SongRecordings::save_and_tell(const StoredRecording& row) {
  parts_.store.save_recording(row);
  parts_.tell(row.room, {.recordings = {with_files(row.shown)}});
}

// A list has hundreds of them: of those that are ready no file is looked for twice.
control::Recording SongRecordings::with_files(control::Recording shown) {
  const bool ready = shown.state == RecordingState::kReady;
  const auto known = ready ? mixes_.find(shown.id) : mixes_.end();
  if (known != mixes_.end()) {
    shown.mix = known->second;
  } else {
    for (const char* file : {kQuickMix, kMix}) {
      if (fs::exists(folder(shown.id) + "/" + file)) shown.mix = file;
    }
    if (ready && shown.mix == kMix) mixes_[shown.id] = shown.mix;
  }
  shown.zip = packs_.shown(shown);
  return shown;
}

// --- From logs to files --------------------------------------------------------------------------------------------

void SongRecordings::tick() {
  const int64_t now_ns = parts_.clock.now().ns;
  if (now_ns - looked_ns_ < kLookNs) return;
  looked_ns_ = now_ns;
  std::vector<std::string> ids;
  for (const auto& [id, unfinished] : unfinished_) ids.push_back(id);
  for (const std::string& id : ids) {
    Unfinished& unfinished = unfinished_.at(id);
    if (unfinished.row.shown.state == RecordingState::kRecording) look_at(id, unfinished, now_ns);
  }
  const bool strained = shards_are_strained(parts_.segment);
  Unfinished* next = running_ || strained ? nullptr : next_due(now_ns);
  // One worker at a time: a song's files come first.
  packs_.tick(strained || running_ != nullptr || next != nullptr);
  if (running_) running_->child->pause(strained);
  if (next != nullptr) start_next(*next, now_ns);
}

void SongRecordings::look_at(const std::string& id, Unfinished& unfinished, int64_t now_ns) {
  const OpenRoom* open = parts_.rooms.find(unfinished.row.room);
  if (open != nullptr && open->room.recording_lasts(unfinished.row.song, parts_.clock.now())) {
    unfinished.closed_ns = 0;
    return;
  }
  if (unfinished.closed_ns == 0) unfinished.closed_ns = now_ns;
  if (now_ns - unfinished.closed_ns < kGraceNs) return;
  const Logs logs = logs_in(folder(id));
  if (logs.written) return;
  if (!logs.any && !fs::exists(folder(id) + "/" + kTracksFile)) {
    // Nobody sang: the song was stopped before it began, or all left themselves out.
    const std::string room = unfinished.row.room;
    forget(id);
    parts_.tell(room, {.recordings = {}, .removed = {id}});
    return parts_.tell_empty(room);
  }
  unfinished.row.shown.state = RecordingState::kWaiting;
  save_and_tell(unfinished.row);
}

void SongRecordings::count(link::Counts& counts) const {
  for (const auto& [id, unfinished] : unfinished_)
    ++(unfinished.closed_ns == 0 ? counts.songs_recorded : counts.recordings_waiting);
}

bool SongRecordings::disk_fails() const {
  for (int i = 0; i < static_cast<int>(parts_.segment.size().max_shards); ++i) {
    const ShardRow& row = parts_.segment.shard(i);
    if (row.pid.load(std::memory_order_relaxed) != 0 && row.record_failing.load(std::memory_order_relaxed) != 0) return true;
  }
  return false;
}

SongRecordings::Unfinished* SongRecordings::next_due(int64_t now_ns) {
  Unfinished* next = nullptr;
  for (auto& [id, unfinished] : unfinished_) {
    if (unfinished.row.shown.state != RecordingState::kWaiting || unfinished.next_try_ns > now_ns) continue;
    if (next == nullptr || unfinished.row.shown.began < next->row.shown.began) next = &unfinished;
  }
  return next;
}

void SongRecordings::start_next(Unfinished& next, int64_t now_ns) {
  const std::string id = next.row.shown.id;
  if (!start(id, next)) next.next_try_ns = now_ns + kFirstRetryNs;
}

bool SongRecordings::start(const std::string& id, Unfinished& unfinished) {
  // A worker of the conductor before may still be at it.
  FileDescriptor lock(open((folder(id) + "/worker.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (lock.get() < 0) {
    failed(unfinished, std::system_category().message(errno));
    return true;
  }
  if (flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return false;
  // Its worker was done when the conductor before went.
  const bool wish = fs::exists(folder(id) + "/" + kWishFile);
  if (!wish && !logs_in(folder(id)).any && fs::exists(folder(id) + "/" + kTracksFile)) {
    finish(unfinished);
    return true;
  }
  std::vector<std::string> command = worker_;
  command.push_back(folder(id));
  running_ = std::make_unique<Running>();
  running_->id = id;
  auto child = RenderChild::start(
      loop_, command, lock.get(),
      [this, id](double share) {
        const auto it = unfinished_.find(id);
        if (it == unfinished_.end()) return;
        control::Recording& shown = it->second.row.shown;
        const int percent = static_cast<int>(share * 100);
        if (percent / kToldPercent == shown.percent / kToldPercent) return;
        shown.percent = percent;
        parts_.tell(it->second.row.room, {.recordings = {with_files(shown)}});
      },
      [this](const tl::expected<void, std::string>& verdict) { rendered(verdict); });
  if (!child) {
    running_.reset();
    failed(unfinished, child.error());
    return true;
  }
  running_->lock.swap(lock);
  running_->child = *std::move(child);
  unfinished.row.shown.state = RecordingState::kRendering;
  unfinished.row.shown.percent = 0;
  save_and_tell(unfinished.row);
  return true;
}

void SongRecordings::rendered(const tl::expected<void, std::string>& verdict) {
  const std::string id = running_->id;
  // The child is destroyed in its own callback, as it allows.
  running_.reset();
  const auto it = unfinished_.find(id);
  if (it == unfinished_.end()) return;
  Unfinished& unfinished = it->second;
  if (!verdict) return failed(unfinished, verdict.error());
  finish(unfinished);
}

void SongRecordings::finish(Unfinished& unfinished) {
  StoredRecording row = unfinished.row;
  if (!read_tracks(row)) return failed(unfinished, "its tracks cannot be read");
  unfinished_.erase(row.shown.id);
  become_ready(row);
  save_and_tell(row);
}

void SongRecordings::become_ready(StoredRecording& row) {
  mixes_.erase(row.shown.id);
  packs_.look_again(row.shown.id);
  row.shown.state = RecordingState::kReady;
  row.shown.percent = 100;
  row.tries = 0;
  (void)unlink((folder(row.shown.id) + "/" + kWishFile).c_str());
}

void SongRecordings::failed(Unfinished& unfinished, const std::string& why) {
  StoredRecording& row = unfinished.row;
  ++row.tries;
  spdlog::error("the files of recording {} could not be made ({} times): {}", row.shown.id, row.tries, why);
  unfinished.next_try_ns = parts_.clock.now().ns + std::min(kLongestRetryNs, kFirstRetryNs << std::min(row.tries, kMostTries));
  row.shown.percent = 0;
  const bool wish = only_a_wish(row.shown.id);
  const bool given_up = row.tries >= (wish ? kMostTriesOfWish : kMostTries);
  row.shown.state = given_up ? RecordingState::kFailed : RecordingState::kWaiting;
  StoredRecording kept = row;
  if (given_up) unfinished_.erase(kept.shown.id);
  // What there was before is there still.
  const bool ready = given_up && !logs_in(folder(kept.shown.id)).any && read_tracks(kept);
  if (ready) become_ready(kept);
  kept.shown.again_failed = ready && wish;
  save_and_tell(kept);
}

bool SongRecordings::only_a_wish(const std::string& id) const {
  return fs::exists(folder(id) + "/" + kWishFile) && fs::exists(folder(id) + "/" + kTracksFile) && !logs_in(folder(id)).any;
}

bool SongRecordings::read_tracks(StoredRecording& row) const {
  std::ifstream in(folder(row.shown.id) + "/" + kTracksFile);
  const nlohmann::json told = nlohmann::json::parse(in, nullptr, false);
  const auto seconds = number_field(told, "seconds", 0, 1e9);
  const nlohmann::json* tracks = find_field(told, "tracks");
  if (!seconds.given() || tracks == nullptr || !tracks->is_array()) return false;
  row.shown.seconds = seconds.value;
  row.shown.cut = bool_field(told, "cut").value;
  row.shown.left_out = static_cast<int>(integer_field(told, "left_out", 0, kMaxNumber).value);
  row.shown.missing_blocks = 0;
  row.shown.tracks.clear();
  for (const nlohmann::json& each : *tracks) {
    row.shown.missing_blocks += integer_field(each, "missing_blocks", 0, kMaxNumber).value;
    row.shown.tracks.push_back({.track = text_field(each, "track").value,
                                .name = text_field(each, "name").value,
                                .part = text_field(each, "part").value,
                                .seconds = number_field(each, "seconds", 0, 1e9).value});
  }
  return true;
}

bool SongRecordings::mix_again(const std::string& room, const control::MixAgain& wish) {
  auto row = parts_.store.recording(wish.recording);
  if (!row || !*row || (*row)->room != room || (*row)->shown.state != RecordingState::kReady) return false;
  const std::string path = folder(wish.recording) + "/" + kWishFile;
  std::ofstream file(path, std::ios::trunc);
  file << wish.to_json().dump();
  file.close();
  if (!file) return false;
  Unfinished& unfinished = unfinished_[wish.recording];
  unfinished.row = **std::move(row);
  unfinished.row.shown.state = RecordingState::kWaiting;
  unfinished.row.shown.again_failed = false;
  save_and_tell(unfinished.row);
  return true;
}

tl::expected<void, Refusal> SongRecordings::pack(const control::Recording& recording, const std::string& name) {
  if (recording.state != RecordingState::kReady || unfinished_.contains(recording.id))
    return refuse("busy", phrase("zip_when_ready"));
  if (auto asked = packs_.ask(recording, name); !asked) return asked;
  tell_of_pack(recording.id);
  return {};
}

void SongRecordings::tell_of_pack(const std::string& id) {
  const auto row = parts_.store.recording(id);
  if (!row || !*row || unfinished_.contains(id)) return;
  parts_.tell((*row)->room, {.recordings = {with_files((*row)->shown)}});
}

// --- What goes -----------------------------------------------------------------------------------------------------

void SongRecordings::remove(const std::string& room, const std::string& id) {
  const auto row = parts_.store.recording(id);
  if (!row || !*row || (*row)->room != room) return;
  forget(id);
  parts_.tell(room, {.recordings = {}, .removed = {id}});
}

void SongRecordings::forget(const std::string& id) {
  if (running_ && running_->id == id) running_.reset();
  packs_.forget(id);
  mixes_.erase(id);
  unfinished_.erase(id);
  parts_.store.delete_recording(id);
  drop_folder(id);
}

void SongRecordings::forget_room(const std::string& room) {
  std::error_code none;
  std::vector<std::string> folders;
  for (const auto& entry : fs::directory_iterator(parts_.config.recordings_dir(), none)) {
    const std::string id = entry.path().filename().string();
    if (id.starts_with(room + "-")) folders.push_back(id);
  }
  for (const std::string& id : folders) forget(id);
  std::erase_if(unfinished_, [&](const auto& entry) { return entry.second.row.room == room; });
}

// Its name goes at once; what it holds on one of libuv's threads, since that may be gigabytes.
void SongRecordings::drop_folder(const std::string& id) {
  struct Dropping {
    uv_work_t work{};
    std::string path;
  };
  auto dropping = std::make_unique<Dropping>();
  dropping->path = folder(id);
  if (!id.starts_with(kGone)) {
    std::error_code failure;
    dropping->path = folder(std::string(kGone) + id);
    fs::rename(folder(id), dropping->path, failure);
    if (failure) return;
  }
  dropping->work.data = dropping.get();
  const int queued = uv_queue_work(
      loop_, &dropping->work,
      [](uv_work_t* work) {
        std::error_code none;
        fs::remove_all(static_cast<Dropping*>(work->data)->path, none);
      },
      [](uv_work_t* work, int) { delete static_cast<Dropping*>(work->data); });
  if (queued == 0) (void)dropping.release();
}

void SongRecordings::try_failed_again() {
  const auto rows = parts_.store.failed_recordings();
  if (!rows) return;
  for (const StoredRecording& row : *rows) {
    if (unfinished_.contains(row.shown.id)) continue;
    Unfinished& unfinished = unfinished_[row.shown.id];
    unfinished.row = row;
    unfinished.row.tries = kMostTries - 1;
    unfinished.row.shown.state = RecordingState::kWaiting;
    save_and_tell(unfinished.row);
  }
}

void SongRecordings::forget_old_packs() {
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(parts_.config.recordings_dir(), none))
    packs_.forget_old(entry.path().filename().string(), parts_.clock.unix_now());
}

void SongRecordings::forget_old() {
  const int64_t now_s = parts_.clock.unix_now();
  const auto old = parts_.store.recordings_before(now_s - kSecondsOfDay);
  if (!old) return;
  std::map<std::string, int> days;
  for (const StoredRecording& row : *old) {
    const auto known = days.find(row.room);
    int kept = 0;
    if (known != days.end()) {
      kept = known->second;
    } else if (const OpenRoom* open = parts_.rooms.find(row.room)) {
      kept = open->room.rules().recordings_days;
    } else if (const auto room = parts_.store.room(row.room); room && *room) {
      kept = rules_of(**room).recordings_days;
    }
    days[row.room] = kept;
    if (kept == 0 || row.shown.began >= now_s - kept * kSecondsOfDay) continue;
    spdlog::info("recording {} is removed: its room keeps recordings for {} days", row.shown.id, kept);
    remove(row.room, row.shown.id);
  }
}

FromStore<std::vector<StoredRecording>> SongRecordings::list(const std::string& room) {
  auto rows = parts_.store.recordings(room);
  if (!rows) return rows;
  for (StoredRecording& row : *rows) {
    const auto unfinished = unfinished_.find(row.shown.id);
    if (unfinished != unfinished_.end()) row.shown = unfinished->second.row.shown;
  }
  return rows;
}

}  // namespace roundelay
