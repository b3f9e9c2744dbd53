// All logs of one recording: what they tell together. A person over reconnects, buckets and shards is one singer, a position
// counts once, late blocks stand in their places. Memory does not grow with the sound.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "mixer/room_state.h"
#include "server/render/log_file.h"

namespace roundelay::render {

inline constexpr int64_t kMostBlocks = 12 * 3600 * 50;  // of a song: what lies behind is left out

struct LoggedSinger {
  uint64_t person = 0;
  std::string name;
  std::string part;
  bool left_out = false;
  int64_t packets = 0;  // in the logs; a position may come twice
  int64_t missing_blocks = 0;
  int64_t first_block = INT64_MAX;
  double gain_sum = 0;  // of the packets' gains, the leader's boost among them
};

// Places of packets by block. A place fits in 8 bytes, so that an hour of one voice takes 1.4 MB.
class PacketPlaces {
 public:
  PacketPlaces() = default;
  explicit PacketPlaces(int64_t blocks) : places_(static_cast<size_t>(blocks)) {}
  // The first one of a block counts.
  void add(int64_t block, size_t file, const EntryPlace& place);
  [[nodiscard]] bool has(int64_t block) const { return places_[static_cast<size_t>(block)] != 0; }
  [[nodiscard]] std::optional<std::pair<size_t, EntryPlace>> find(int64_t block) const;
  [[nodiscard]] int64_t count() const { return count_; }
  [[nodiscard]] bool empty() const { return count_ == 0; }

 private:
  std::vector<uint64_t> places_;
  int64_t count_ = 0;
};

class RecordingLogs {
 public:
  static constexpr size_t kMostFiles = 1'000;
  // So many blocks before the song's start stand in every file, and are skipped, so that decoders settle.
  static constexpr int64_t kPreroll = kPrerollBlocks;

  // Reads all of them once. Files of another song than the first one are left out. The error is a sentence: nothing can be made.
  [[nodiscard]] static tl::expected<RecordingLogs, std::string> survey(const std::vector<int>& fds);

  [[nodiscard]] const wire::SongRecord& song() const { return song_; }                 // `room` is good as long as this lives
  [[nodiscard]] const std::vector<LoggedSinger>& singers() const { return singers_; }  // by their first block
  [[nodiscard]] int64_t blocks() const { return blocks_; }
  // A log has no end: its process died, or the machine.
  [[nodiscard]] bool cut() const { return cut_; }
  [[nodiscard]] int64_t missing_blocks() const { return missing_blocks_; }

  // The places of these singers' packets, by block of the song. One reading of the logs.
  [[nodiscard]] std::vector<PacketPlaces> places_of(const std::vector<size_t>& singers);
  // The same of what is no voice, kPreroll blocks earlier: block 0 lies so much before the song's start.
  struct Beside {
    PacketPlaces mix;
    PacketPlaces track;
    PacketPlaces metronome;
  };
  [[nodiscard]] Beside places_beside();
  // The entry of a place; views into `buffer`.
  [[nodiscard]] std::optional<wire::Record> read(const PacketPlaces& places, int64_t block, std::span<uint8_t> buffer) const;

 private:
  struct File {
    std::unique_ptr<LogFile> log;
    std::unordered_map<uint32_t, size_t> singers;  // by number
  };
  void read_all(const std::function<void(size_t file, const wire::Record&, const EntryPlace&)>& each);
  bool survey_file(int fd, std::unordered_map<uint64_t, size_t>& by_person);
  void note(File& file, const wire::PersonRecord& person, std::unordered_map<uint64_t, size_t>& by_person);
  void note(const File& file, const wire::PacketRecord& packet);
  void note(const File& file, const wire::DroppedRecord& dropped);
  void reaches(Position end);
  void sort_singers();
  [[nodiscard]] int64_t block_of(Position at) const { return blocks_between(at, song_.start).count; }

  wire::SongRecord song_;
  std::unique_ptr<std::string> room_ = std::make_unique<std::string>();
  bool has_song_ = false;
  std::vector<File> files_;
  std::vector<LoggedSinger> singers_;
  int64_t blocks_ = 0;
  std::optional<Position> end_;
  int64_t missing_blocks_ = 0;
  bool cut_ = false;
};

}  // namespace roundelay::render
