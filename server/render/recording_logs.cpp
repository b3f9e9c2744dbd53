#include "server/render/recording_logs.h"

#include <algorithm>
#include <numeric>

#include "server/base/text.h"

namespace roundelay::render {
namespace {

// A place in 8 bytes; an offset of an entry is never 0, the magic stands before it.
constexpr int kOffsetBits = 41;
constexpr int kBytesBits = 13;
static_assert(wire::kMaxRecordBytes < (1 << kBytesBits) && RecordingLogs::kMostFiles < (1 << (64 - kOffsetBits - kBytesBits)));

constexpr uint32_t kMostMissing = 1'000'000;  // of one entry

std::string said(std::string_view text) {
  return is_utf8(text) ? std::string(text) : std::string();
}

}  // namespace

void PacketPlaces::add(int64_t block, size_t file, const EntryPlace& place) {
  if (block < 0 || block >= static_cast<int64_t>(places_.size()) || place.offset >= int64_t{1} << kOffsetBits || has(block))
    return;
  places_[static_cast<size_t>(block)] = static_cast<uint64_t>(file) << (kOffsetBits + kBytesBits) |
                                        static_cast<uint64_t>(place.bytes) << kOffsetBits | static_cast<uint64_t>(place.offset);
  ++count_;
}

std::optional<std::pair<size_t, EntryPlace>> PacketPlaces::find(int64_t block) const {
  if (block < 0 || block >= static_cast<int64_t>(places_.size()) || !has(block)) return std::nullopt;
  const uint64_t place = places_[static_cast<size_t>(block)];
  const auto file = static_cast<size_t>(place >> (kOffsetBits + kBytesBits));
  const auto bytes = static_cast<size_t>(place >> kOffsetBits & ((1U << kBytesBits) - 1));
  return std::pair(file, EntryPlace{static_cast<int64_t>(place & ((uint64_t{1} << kOffsetBits) - 1)), bytes});
}

tl::expected<RecordingLogs, std::string> RecordingLogs::survey(const std::vector<int>& fds) {
  RecordingLogs logs;
  std::unordered_map<uint64_t, size_t> by_person;
  for (const int fd : fds) {
    if (logs.files_.size() == kMostFiles || !logs.survey_file(fd, by_person)) continue;
  }
  if (!logs.has_song_) return tl::unexpected<std::string>("Nothing of this song can be read: its recording is damaged.");
  if (logs.end_) logs.blocks_ = logs.block_of(*logs.end_);
  logs.blocks_ = std::clamp<int64_t>(logs.blocks_, 1, kMostBlocks);
  logs.sort_singers();
  return logs;
}

bool RecordingLogs::survey_file(int fd, std::unordered_map<uint64_t, size_t>& by_person) {
  File file{std::make_unique<LogFile>(fd), {}};
  const auto first = file.log->next();
  const auto* song = first ? std::get_if<wire::SongRecord>(&*first) : nullptr;
  if (song == nullptr) {
    cut_ = true;  // torn before it said of which song it is
    return false;
  }
  if (!has_song_) {
    song_ = *song;
    *room_ = said(song->room);
    song_.room = *room_;
    has_song_ = true;
  } else if (song->song != song_.song || song->start != song_.start) {
    return false;
  }
  files_.push_back(std::move(file));
  File& kept = files_.back();
  while (const auto record = kept.log->next()) {
    if (const auto* person = std::get_if<wire::PersonRecord>(&*record)) note(kept, *person, by_person);
    if (const auto* packet = std::get_if<wire::PacketRecord>(&*record)) note(kept, *packet);
    if (const auto* dropped = std::get_if<wire::DroppedRecord>(&*record)) note(kept, *dropped);
    if (const auto* mix = std::get_if<wire::MixRecord>(&*record)) reaches(mix->position + Blocks{1});
    if (const auto* end = std::get_if<wire::EndRecord>(&*record)) end_ = std::max(end_.value_or(end->position), end->position);
  }
  cut_ = cut_ || !kept.log->ended();
  return true;
}

void RecordingLogs::note(File& file, const wire::PersonRecord& person, std::unordered_map<uint64_t, size_t>& by_person) {
  const auto [entry, is_new] = by_person.try_emplace(person.person, singers_.size());
  if (is_new) singers_.emplace_back().person = person.person;
  LoggedSinger& singer = singers_[entry->second];
  singer.name = said(person.name);
  singer.part = said(person.part);
  singer.left_out = singer.left_out || person.left_out;
  file.singers[person.number] = entry->second;
}

void RecordingLogs::note(const File& file, const wire::PacketRecord& packet) {
  const auto found = file.singers.find(packet.number);
  const int64_t block = block_of(packet.position);
  if (found == file.singers.end() || block < 0 || block >= kMostBlocks) return;
  LoggedSinger& singer = singers_[found->second];
  ++singer.packets;
  singer.gain_sum += packet.gain * (packet.leader ? song_.leader_boost : 1.0F);
  singer.first_block = std::min(singer.first_block, block);
  reaches(packet.position + Blocks{1});
}

void RecordingLogs::note(const File& file, const wire::DroppedRecord& dropped) {
  const uint32_t blocks = std::min(dropped.blocks, kMostMissing);
  missing_blocks_ += blocks;
  if (const auto found = file.singers.find(dropped.number); found != file.singers.end())
    singers_[found->second].missing_blocks += blocks;
}

void RecordingLogs::reaches(Position end) {
  blocks_ = std::clamp(block_of(end), blocks_, kMostBlocks);
}

void RecordingLogs::sort_singers() {
  std::vector<size_t> order(singers_.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [this](size_t a, size_t b) {
    return std::pair(singers_[a].first_block, singers_[a].person) < std::pair(singers_[b].first_block, singers_[b].person);
  });
  std::vector<size_t> place(singers_.size());
  std::vector<LoggedSinger> sorted;
  for (size_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.push_back(std::move(singers_[order[i]]));
  }
  singers_ = std::move(sorted);
  for (File& file : files_) {
    for (auto& [number, singer] : file.singers) singer = place[singer];
  }
}

void RecordingLogs::read_all(const std::function<void(size_t, const wire::Record&, const EntryPlace&)>& each) {
  for (size_t i = 0; i < files_.size(); ++i) {
    LogFile& log = *files_[i].log;
    log.rewind();
    while (const auto record = log.next()) each(i, *record, log.place());
  }
}

std::vector<PacketPlaces> RecordingLogs::places_of(const std::vector<size_t>& singers) {
  std::vector<PacketPlaces> places;
  std::unordered_map<size_t, size_t> index;
  for (const size_t singer : singers) {
    index.emplace(singer, places.size());
    places.emplace_back(blocks_);
  }
  read_all([&](size_t file, const wire::Record& record, const EntryPlace& place) {
    const auto* packet = std::get_if<wire::PacketRecord>(&record);
    if (packet == nullptr) return;
    const auto singer = files_[file].singers.find(packet->number);
    if (singer == files_[file].singers.end()) return;
    if (const auto found = index.find(singer->second); found != index.end())
      places[found->second].add(block_of(packet->position), file, place);
  });
  return places;
}

RecordingLogs::Beside RecordingLogs::places_beside() {
  Beside beside{PacketPlaces(blocks_ + kPreroll), PacketPlaces(blocks_ + kPreroll), PacketPlaces(blocks_ + kPreroll)};
  read_all([&](size_t file, const wire::Record& record, const EntryPlace& place) {
    if (const auto* mix = std::get_if<wire::MixRecord>(&record)) beside.mix.add(block_of(mix->position) + kPreroll, file, place);
    if (const auto* backing = std::get_if<wire::BackingRecord>(&record)) {
      PacketPlaces& places = backing->kind == wire::BackingKind::kTrack ? beside.track : beside.metronome;
      places.add(block_of(backing->position) + kPreroll, file, place);
    }
  });
  return beside;
}

std::optional<wire::Record> RecordingLogs::read(const PacketPlaces& places, int64_t block, std::span<uint8_t> buffer) const {
  const auto found = places.find(block);
  if (!found) return std::nullopt;
  return files_[found->first].log->at(found->second, buffer);
}

}  // namespace roundelay::render
