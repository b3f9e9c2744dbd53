// One file of a recording: what this shard takes of one song, appended (server/wire/record). Whatever the disk does, the file
// holds whole entries: what was written by half is cut off again, and what the disk did not take is counted and told in the file
// as soon as it takes something. Locked (flock) while it is open, so that everybody sees whether it is still written. Used by one
// of libuv's threads at a time, never by the loop: it waits for the disk.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "mixer/file_descriptor.h"
#include "server/shard/record_ring.h"
#include "server/wire/record/record.h"

namespace roundelay {

// What is known of a song when its recording begins.
struct RecordedSong {
  uint32_t number = 0;
  Position start;
  Position music;
  bool automatic_gain = true;
  float volume = 1;
  float leader_boost = 1;
  uint32_t bpm_tenths = 0;  // 0: no tempo
  uint32_t round_beats = 0;
  uint32_t round_repeats = 0;
  bool round_leader_only = false;
};

class RecordLog {
 public:
  // The file is made when there is something to write.
  RecordLog(std::string folder, std::string name, std::string room, const RecordedSong& song)
      : folder_(std::move(folder)), name_(std::move(name)), room_(std::move(room)), song_(song) {}

  // Collected until write().
  void add(const RecordNote& note, std::span<const uint8_t> bytes);
  // Writes what was collected. False: the disk did not take it.
  [[nodiscard]] bool write();

  [[nodiscard]] uint64_t written_bytes() const { return size_; }
  [[nodiscard]] uint64_t dropped() const { return dropped_; }  // blocks that the disk did not take, ever
  // To sync; null while there is no file.
  [[nodiscard]] const std::shared_ptr<FileDescriptor>& descriptor() const { return file_; }
  [[nodiscard]] bool wants_close() const { return closed_; }

 private:
  struct Who {
    uint32_t number = 0;
    bool left_out = false;
    bool told = false;  // the file says so
    std::string name;
    std::string part;
  };
  struct Lost {
    Position first;
    uint32_t blocks = 0;
  };
  template <typename Entry>
  void append(const Entry& entry);
  [[nodiscard]] bool open();
  // What has to stand in front of what was collected.
  void append_front();
  [[nodiscard]] bool has_something() const;

  std::string folder_;
  std::string name_;
  std::string room_;
  RecordedSong song_;
  std::shared_ptr<FileDescriptor> file_;
  uint64_t size_ = 0;  // bytes of whole entries
  std::vector<uint8_t> buffer_;
  std::map<uint64_t, Who> people_;
  std::map<uint32_t, Lost> buffered_;  // blocks in the buffer, by person; 0: mix and backing
  std::map<uint32_t, Lost> lost_;      // likewise, that the disk did not take and the file does not tell of yet
  uint64_t dropped_ = 0;
  std::optional<Position> end_;
  bool closed_ = false;
};

}  // namespace roundelay
