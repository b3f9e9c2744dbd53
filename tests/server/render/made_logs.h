// Logs of a recording, made here: voices that are known to the sample, encoded as a client does it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "codec/opus.h"
#include "server/wire/record/record_writer.h"

namespace roundelay::test {

inline constexpr Position kSongStart{int64_t{960} * 90'000'000'000};

// Packets of a sound, which lies at its place exactly when they are decoded: the encoder's delay is taken off.
[[nodiscard]] std::vector<std::vector<uint8_t>> packets_of(const std::vector<float>& mono, const EncoderSettings& settings = {});
// Decoded from the first packet on.
[[nodiscard]] std::vector<float> decoded(const std::vector<std::vector<uint8_t>>& packets, int channels = 1);

class MadeLog {
 public:
  explicit MadeLog(const wire::SongRecord& song);
  template <typename Value>
  void add(const Value& value) {
    std::vector<uint8_t> entry(wire::kMaxRecordBytes);
    entry.resize(wire::write_record(value, entry));
    bytes_.insert(bytes_.end(), entry.begin(), entry.end());
  }
  void write(const std::filesystem::path& file) const;
  [[nodiscard]] std::vector<uint8_t>& bytes() { return bytes_; }

 private:
  std::vector<uint8_t> bytes_;
};

// A folder of its own, gone with this object.
class MadeFolder {
 public:
  MadeFolder();
  ~MadeFolder();
  MadeFolder(const MadeFolder&) = delete;
  MadeFolder& operator=(const MadeFolder&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::vector<uint8_t> content_of(const std::filesystem::path& file);

}  // namespace roundelay::test
