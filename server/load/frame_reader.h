// WebSocket frames of a server (RFC 6455, section 5.2), cut out of a stream of bytes; and a client's frames. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace roundelay {

enum class Opcode : uint8_t { kContinuation = 0, kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

struct Frame {
  Opcode opcode = Opcode::kText;
  bool final = true;
  std::span<const uint8_t> payload;  // valid during the call that hands it over
};

class FrameReader {
 public:
  static constexpr uint64_t kMaxPayloadBytes = 1024 * 1024;

  // Hands each whole frame to `take`, keeps what is left for the next bytes. False: these are no frames of a server (masked, or
  // too long); then nothing more can be read.
  template <typename Take>
  [[nodiscard]] bool feed(std::span<const uint8_t> bytes, Take&& take) {
    if (!rest_.empty()) {
      rest_.insert(rest_.end(), bytes.begin(), bytes.end());
      bytes = rest_;
    }
    size_t used = 0;
    Frame frame;
    Cut cut;
    while ((cut = cut_frame(bytes.subspan(used), frame)).result == Cut::kWhole) {
      used += cut.length;
      take(frame);
    }
    std::vector<uint8_t> left(bytes.begin() + static_cast<std::ptrdiff_t>(used), bytes.end());
    rest_ = std::move(left);
    return cut.result != Cut::kBroken;
  }

 private:
  struct Cut {
    enum { kWhole, kIncomplete, kBroken } result = kIncomplete;
    size_t length = 0;  // of the frame with its header
  };
  static Cut cut_frame(std::span<const uint8_t> bytes, Frame& frame);

  std::vector<uint8_t> rest_;
};

// Whole, final, masked as the protocol asks of clients (with a mask of zeros: nobody is to be protected from it here).
[[nodiscard]] std::string client_frame(Opcode opcode, std::string_view payload);

}  // namespace roundelay
