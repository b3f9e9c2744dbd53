// The frames of one WebSocket client (RFC 6455): from bytes to whole messages, or to the code with which the connection is to be
// closed. Pure, but for what it keeps of a message that has not come completely. Does not allocate for a message that lies in
// the bytes as a whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace roundelay {

class ClientFrames {
 public:
  enum class Kind { kText, kBinary, kPiece, kPing, kPong, kClose, kFault };
  struct Event {
    Kind kind;
    std::span<const uint8_t> payload;  // valid until the next call
    uint16_t code = 0;                 // of kClose (1005: none was said) and kFault
    const char* reason = "";           // of kFault
  };

  ClientFrames(size_t max_text_bytes, size_t max_binary_bytes) : max_text_(max_text_bytes), max_binary_(max_binary_bytes) {}
  ClientFrames(const ClientFrames&) = delete;
  ClientFrames& operator=(const ClientFrames&) = delete;

  // What came. The bytes are changed (unmasked), and used until next() has given nothing or pause() was called.
  void feed(std::span<uint8_t> bytes);
  // The next frame or message, or nothing: more must come. Nothing follows a fault. A piece (kPiece) belongs to a message that
  // is not complete yet.
  [[nodiscard]] std::optional<Event> next();
  // Keeps what is not read yet: feed({}) goes on with it.
  void pause();

 private:
  [[nodiscard]] Event fault(uint16_t code, const char* reason);
  [[nodiscard]] Event close_event(std::span<const uint8_t> payload);

  size_t max_text_;
  size_t max_binary_;
  std::span<uint8_t> left_;      // not read yet; of what was fed, or of kept_
  std::vector<uint8_t> kept_;    // the beginning of a frame that has not come completely
  std::vector<uint8_t> pieces_;  // of a message that has not come completely
  int message_opcode_ = 0;       // of that message; 0: none
  bool pieces_given_ = false;
  bool failed_ = false;
};

}  // namespace roundelay
