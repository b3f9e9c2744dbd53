#include "server/shard/recorder.h"

#include <spdlog/spdlog.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <set>

#include "server/base/config.h"

namespace roundelay {

// What the threads work on. The ring's reader and the logs belong to whoever holds `reading`.
struct Recorder::Files {
  explicit Files(size_t ring_bytes) : ring(ring_bytes) {}

  // Writes what the ring holds. Returns the files that are to be synced.
  std::vector<std::shared_ptr<FileDescriptor>> write() {
    const std::lock_guard held(reading);
    RecordNote note;
    std::array<uint8_t, RecordRing::kMostBytes> bytes;
    size_t length = 0;
    while (ring.pop(note, bytes, length)) take(note, {bytes.data(), length});
    bool failed = false;
    std::vector<std::shared_ptr<FileDescriptor>> changed;
    for (auto it = logs.begin(); it != logs.end();) {
      RecordLog& log = it->second;
      const uint64_t size = log.written_bytes();
      const uint64_t lost = log.dropped();
      if (!log.write()) failed = true;
      bytes_written.fetch_add(log.written_bytes() - size);
      blocks_lost.fetch_add(log.dropped() - lost);
      const bool closes = log.wants_close();
      if (log.descriptor() && (closes || log.written_bytes() != size)) changed.push_back(log.descriptor());
      it = closes ? logs.erase(it) : std::next(it);
    }
    failing.store(failed);
    return changed;
  }

  void take(const RecordNote& note, std::span<const uint8_t> bytes) {
    if (note.kind == RecordNote::Kind::kBegin) {
      const std::lock_guard held(beginning);
      if (auto log = begun.extract(note.log)) logs.insert(std::move(log));
      return;
    }
    if (const auto log = logs.find(note.log); log != logs.end()) log->second.add(note, bytes);
  }

  RecordRing ring;
  std::mutex beginning;
  std::map<uint32_t, RecordLog> begun;  // until their first entry is read
  std::mutex reading;
  std::map<uint32_t, RecordLog> logs;
  std::atomic<uint64_t> bytes_written{0};
  std::atomic<uint64_t> blocks_lost{0};
  std::atomic<bool> failing{false};
  std::set<std::shared_ptr<FileDescriptor>> unsynced;  // the loop's
};

struct Recorder::Writing {
  uv_work_t work{};
  std::shared_ptr<Files> files;
  std::vector<std::shared_ptr<FileDescriptor>> changed;
  Recorder* recorder = nullptr;
  std::weak_ptr<int> alive;
};

struct Recorder::Syncing {
  uv_work_t work{};
  std::set<std::shared_ptr<FileDescriptor>> files;
  Recorder* recorder = nullptr;
  std::weak_ptr<int> alive;
};

Recorder::Recorder(uv_loop_t* loop, Settings settings, ShardRow& row) : loop_(loop), settings_(std::move(settings)), row_(row) {
  row_.record_failing.store(0);
}

Recorder::~Recorder() {
  if (!files_) return;
  for (const auto& [log, song_end] : ends_)
    (void)files_->ring.push({.log = log,
                             .kind = song_end ? RecordNote::Kind::kEnd : RecordNote::Kind::kLeave,
                             .position = song_end.value_or(Position{})},
                            std::span<const uint8_t>());
  for (const auto& file : files_->write()) files_->unsynced.insert(file);
  for (const auto& file : files_->unsynced) (void)fdatasync(file->get());
}

uint32_t Recorder::begin(const std::string& room, const RecordedSong& song) {
  if (!files_) files_ = std::make_shared<Files>(settings_.ring_bytes);
  const uint32_t log = ++last_log_;
  const std::string name = std::to_string(settings_.shard) + "-" + std::to_string(getpid()) + "-" + std::to_string(log) + ".log";
  {
    const std::lock_guard held(files_->beginning);
    files_->begun.try_emplace(log, settings_.recordings_dir + "/" + recording_id(room, song.number), name, room, song);
  }
  if (files_->ring.push({.log = log, .kind = RecordNote::Kind::kBegin}, std::span<const uint8_t>())) return log;
  const std::lock_guard held(files_->beginning);
  files_->begun.erase(log);
  return 0;
}

void Recorder::end(uint32_t log, std::optional<Position> song_end) {
  ends_.emplace_back(log, song_end);
}

bool Recorder::person(uint32_t log, uint64_t person, bool left_out, std::string_view name, std::string_view part) {
  return files_->ring.push({.log = log, .kind = RecordNote::Kind::kPerson, .left_out = left_out, .person = person}, name, part);
}

bool Recorder::packet(uint32_t log, uint64_t person, Position at, float gain, bool leader, std::span<const uint8_t> opus) {
  return files_->ring.push(
      {.log = log, .kind = RecordNote::Kind::kPacket, .leader = leader, .gain = gain, .person = person, .position = at}, opus);
}

bool Recorder::dropped(uint32_t log, uint64_t person, Position first, uint32_t blocks) {
  return files_->ring.push(
      {.log = log, .kind = RecordNote::Kind::kDropped, .blocks = blocks, .person = person, .position = first},
      std::span<const uint8_t>());
}

void Recorder::add(const RecordNote& note, std::span<const uint8_t> opus) {
  if (!opus.empty() && !files_->ring.push(note, opus)) count_dropped();
}

void Recorder::mix(uint32_t log, Position at, std::span<const uint8_t> opus) {
  add({.log = log, .kind = RecordNote::Kind::kMix, .position = at}, opus);
}

void Recorder::backing(uint32_t log, bool metronome, Position at, std::span<const uint8_t> opus) {
  add({.log = log, .kind = metronome ? RecordNote::Kind::kMetronome : RecordNote::Kind::kTrack, .position = at}, opus);
}

void Recorder::write(int64_t now_ns) {
  if (!files_) return;
  std::erase_if(ends_, [this](const auto& each) {
    const auto& [log, song_end] = each;
    return files_->ring.push({.log = log,
                              .kind = song_end ? RecordNote::Kind::kEnd : RecordNote::Kind::kLeave,
                              .position = song_end.value_or(Position{})},
                             std::span<const uint8_t>());
  });
  if (!writing_ && (!files_->ring.empty() || files_->failing.load())) start_writing();
  if (!syncing_ && !files_->unsynced.empty() && now_ns - synced_ns_ >= kSyncNs) {
    synced_ns_ = now_ns;
    start_syncing();
  }
}

void Recorder::start_writing() {
  auto* writing = new Writing{.files = files_, .changed = {}, .recorder = this, .alive = alive_};
  writing->work.data = writing;
  writing_ = true;
  const int queued = uv_queue_work(
      loop_, &writing->work,
      [](uv_work_t* work) {
        auto* own = static_cast<Writing*>(work->data);
        own->changed = own->files->write();
      },
      [](uv_work_t* work, int) {
        const std::unique_ptr<Writing> own(static_cast<Writing*>(work->data));
        for (const auto& file : own->changed) own->files->unsynced.insert(file);
        own->changed.clear();
        if (!own->alive.expired()) own->recorder->written();
      });
  if (queued == 0) return;
  writing_ = false;
  delete writing;
}

void Recorder::written() {
  writing_ = false;
  row_.record_bytes.add(files_->bytes_written.exchange(0));
  row_.record_dropped.add(files_->blocks_lost.exchange(0));
  // The end of a page may take a little when the disk takes nothing more: the alarm stays until it has taken much.
  good_ = files_->failing.load() ? 0 : good_ + 1;
  const uint32_t failing = good_ == 0 || (good_ < kGoodWrites && row_.record_failing.load() != 0) ? 1 : 0;
  if (row_.record_failing.exchange(failing) == failing) return;
  if (failing != 0) spdlog::error("the disk takes no recording: it is full or fails; singing goes on");
  if (failing == 0) spdlog::info("the disk takes recordings again");
}

// A file that is closed stays open until here: so that its lock says that it is written until it is synced.
void Recorder::start_syncing() {
  auto* syncing = new Syncing{.files = std::exchange(files_->unsynced, {}), .recorder = this, .alive = alive_};
  syncing->work.data = syncing;
  syncing_ = true;
  const int queued = uv_queue_work(
      loop_, &syncing->work,
      [](uv_work_t* work) {
        auto* own = static_cast<Syncing*>(work->data);
        for (const auto& file : own->files) (void)fdatasync(file->get());
        own->files.clear();
      },
      [](uv_work_t* work, int) {
        const std::unique_ptr<Syncing> own(static_cast<Syncing*>(work->data));
        if (!own->alive.expired()) own->recorder->syncing_ = false;
      });
  if (queued == 0) return;
  syncing_ = false;
  files_->unsynced = std::move(syncing->files);
  delete syncing;
}

}  // namespace roundelay
