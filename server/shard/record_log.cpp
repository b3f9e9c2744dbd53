#include "server/shard/record_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <string_view>
#include <utility>

#include "codec/file_view.h"
#include "server/wire/record/record_writer.h"

namespace roundelay {
namespace {

constexpr int64_t kSamplesPerMs = kSampleRate / 1'000;

// Gives the file this name, or one with a number: in a container, where numbers of processes come again, a log of an earlier one
// may be there. Nobody's is ever replaced. False: the disk does not take it.
bool take_free_name(const std::string& file, const std::string& path) {
  constexpr std::string_view kLogEnding = ".log";
  std::string name = path;
  for (int i = 2;; ++i) {
    if (renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) return true;
    // A file system that cannot do it in one step (NFS) can link.
    if ((errno == EINVAL || errno == ENOSYS) && ::link(file.c_str(), name.c_str()) == 0) return unlink(file.c_str()) == 0;
    if (errno != EEXIST) return false;
    name = path.substr(0, path.size() - kLogEnding.size()) + "-" + std::to_string(i) + std::string(kLogEnding);
  }
}

}  // namespace

template <typename Entry>
void RecordLog::append(const Entry& entry) {
  std::array<uint8_t, wire::kMaxRecordBytes> bytes;
  const size_t length = wire::write_record(entry, bytes);
  buffer_.insert(buffer_.end(), bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(length));
}

void RecordLog::add(const RecordNote& note, std::span<const uint8_t> bytes) {
  using Kind = RecordNote::Kind;
  const auto count = [this](std::map<uint32_t, Lost>& in, uint32_t number, Position at, uint32_t blocks) {
    Lost& lost = in[number];
    if (lost.blocks == 0 || at < lost.first) lost.first = at;
    lost.blocks += blocks;
  };
  switch (note.kind) {
    case Kind::kBegin:
      return;
    case Kind::kPerson: {
      const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
      Who& who = people_[note.person];
      if (who.number == 0) who.number = static_cast<uint32_t>(people_.size());
      who.left_out = note.left_out;
      who.name = text.substr(0, note.split);
      who.part = text.substr(note.split);
      who.told = false;
      return;
    }
    case Kind::kPacket: {
      const auto who = people_.find(note.person);
      if (who == people_.end()) return;
      count(buffered_, who->second.number, note.position, 1);
      return append(wire::PacketRecord{
          .number = who->second.number, .position = note.position, .gain = note.gain, .leader = note.leader, .opus = bytes});
    }
    case Kind::kMix:
      count(buffered_, 0, note.position, 1);
      return append(wire::MixRecord{note.position, bytes});
    case Kind::kTrack:
    case Kind::kMetronome:
      count(buffered_, 0, note.position, 1);
      return append(wire::BackingRecord{
          note.position, note.kind == Kind::kTrack ? wire::BackingKind::kTrack : wire::BackingKind::kMetronome, bytes});
    case Kind::kDropped: {
      const auto who = people_.find(note.person);
      const uint32_t number = who == people_.end() ? 0 : who->second.number;
      return append(wire::DroppedRecord{number, note.position, note.blocks});
    }
    case Kind::kEnd:
      end_ = note.position;
      closed_ = true;
      return;
    case Kind::kLeave:
      closed_ = true;
      return;
  }
}

bool RecordLog::open() {
  if (file_) return true;
  const std::string path = folder_ + "/" + name_;
  if (mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return false;
  // It is locked before it is called a log: so nobody ever sees one that is not locked and yet to be written.
  const std::string unlocked = path + ".tmp";
  auto file =
      std::make_shared<FileDescriptor>(::open(unlocked.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (file->get() < 0) return false;
  if (flock(file->get(), LOCK_EX | LOCK_NB) != 0 || !take_free_name(unlocked, path)) return false;
  // So that the name too survives a loss of power.
  const FileDescriptor folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder.get() >= 0) (void)fsync(folder.get());
  file_ = std::move(file);
  return true;
}

void RecordLog::append_front() {
  if (size_ == 0) {
    std::array<uint8_t, wire::kRecordMagic.size()> magic;
    (void)wire::write_record_magic(magic);
    buffer_.insert(buffer_.end(), magic.begin(), magic.end());
    append(wire::SongRecord{.song = song_.number,
                            .start = song_.start,
                            .music = song_.music,
                            .unix_ms = song_.start.samples / kSamplesPerMs,
                            .automatic_gain = song_.automatic_gain,
                            .volume = song_.volume,
                            .leader_boost = song_.leader_boost,
                            .bpm_tenths = song_.bpm_tenths,
                            .round_beats = song_.round_beats,
                            .round_repeats = song_.round_repeats,
                            .round_leader_only = song_.round_leader_only,
                            .room = room_});
  }
  for (const auto& [person, who] : people_) {
    if (!who.told)
      append(wire::PersonRecord{
          .number = who.number, .person = person, .left_out = who.left_out, .name = who.name, .part = who.part});
  }
  for (const auto& [number, lost] : lost_) append(wire::DroppedRecord{number, lost.first, lost.blocks});
}

bool RecordLog::has_something() const {
  if (!buffer_.empty() || !lost_.empty()) return true;
  const bool untold = std::any_of(people_.begin(), people_.end(), [](const auto& entry) { return !entry.second.told; });
  return file_ && (end_ || untold);
}

bool RecordLog::write() {
  if (!has_something()) return true;
  std::vector<uint8_t> body = std::exchange(buffer_, {});
  if (open()) {
    append_front();
    buffer_.insert(buffer_.end(), body.begin(), body.end());
    if (end_) append(wire::EndRecord{*end_});
    if (write_at(file_->get(), static_cast<int64_t>(size_), buffer_)) {
      size_ += buffer_.size();
      end_.reset();
      for (auto& [person, who] : people_) who.told = true;
      lost_.clear();
      buffered_.clear();
      body.clear();
      buffer_ = std::move(body);
      return true;
    }
    (void)ftruncate(file_->get(), static_cast<off_t>(size_));
  }
  // None of it is in the file.
  buffer_.clear();
  for (const auto& [number, each] : std::exchange(buffered_, {})) {
    Lost& lost = lost_[number];
    if (lost.blocks == 0 || each.first < lost.first) lost.first = each.first;
    lost.blocks += each.blocks;
    dropped_ += each.blocks;
  }
  return false;
}

}  // namespace roundelay
