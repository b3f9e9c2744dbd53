// Voices for load: loops of synthesised singing, encoded once, each different (pitch, vowels, phase, noise). Pure; deterministic
// by number.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace roundelay {

// Packets one after the other; a loop starts again at its first.
class LoadVoice {
 public:
  // Voice number `index`, `seconds` (at least 1) long. About 1.5 ms of work per second of voice.
  LoadVoice(uint32_t index, int seconds, int bitrate);

  [[nodiscard]] std::span<const uint8_t> packet(int64_t block) const;  // block >= 0
  [[nodiscard]] size_t size() const { return ends_.size(); }           // packets

 private:
  std::vector<uint8_t> bytes_;
  std::vector<uint32_t> ends_;  // of each packet in bytes_
};

}  // namespace roundelay
