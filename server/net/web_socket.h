// One WebSocket of a WebServer. Loop thread only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "server/base/rate_limit.h"
#include "server/net/client_frames.h"
#include "server/net/client_socket.h"
#include "server/net/tcp_stream.h"
#include "server/net/web_handler.h"

namespace roundelay {

// What one client may send (PROTOCOL.md 1). Far above what a singer needs who catches up after her line has stood for half a
// minute; more than this is not meant well, and closes (4008).
struct WebSocketLimits {
  size_t max_text_bytes = 16'384;
  size_t max_binary_bytes = 6'600;
  double frames_per_s = 200;
  double frames_burst = 4'000;
  double bytes_per_s = 200'000;
  double bytes_burst = 4'000'000;
  double control_frames_per_s = 2;  // pings, pongs
  double control_frames_burst = 30;
};

// Owned by the WebServer; valid from on_open to on_close.
class WebSocket final : public ClientSocket, private TcpStream::Owner {
 public:
  // Takes the stream over, whose handshake is done. `address`: whose limits count. `on_over` is called once, when the connection
  // is gone.
  WebSocket(TcpStream& stream, std::string address, WebHandler& handler, const WebSocketLimits& limits,
            std::function<void(WebSocket&)> on_over);
  ~WebSocket() override;
  WebSocket(const WebSocket&) = delete;
  WebSocket& operator=(const WebSocket&) = delete;

  bool write_binary(std::span<uint8_t> payload) override;
  using ClientSocket::send_text;
  bool send_text(const ControlText& text) override;  // false above kMaxQueuedBytes
  void close(uint16_t code, std::string reason) override;

  [[nodiscard]] const std::string& address() const { return address_; }  // hers, numeric
  void* user = nullptr;                                                  // the owner's

  static constexpr size_t kMaxQueuedBytes = 2'000'000;

 private:
  friend class WebServer;
  void on_bytes(std::span<uint8_t> bytes) override;
  void on_end() override;
  void on_turn() override;
  void on_deadline() override;
  void on_over() override;

  void begin(std::span<uint8_t> bytes);  // which came together with the handshake
  void ping();
  void take_frames();
  // False: the frames that follow are not to be looked at.
  bool take(const ClientFrames::Event& event);
  void leave(uint16_t code, std::string reason);
  void drain();
  void say_farewell();

  TcpStream& stream_;
  std::string address_;
  WebHandler& handler_;
  std::function<void(WebSocket&)> on_over_;
  ClientFrames reader_;
  RateLimit frames_;
  RateLimit bytes_;
  RateLimit control_frames_;
  std::deque<ControlText> queue_;
  size_t queued_bytes_ = 0;
  bool heard_ = true;       // something came since it was last looked after
  bool pinged_ = false;     // and waits for the answer
  size_t watch_index_ = 0;  // where it stands in its turn's list, and which turn that is
  size_t watch_turn_ = 0;
  bool closing_ = false;
  bool farewell_sent_ = false;
  bool leaving_ = false;  // nothing more is read: the connection ends with our farewell
  uint16_t close_code_ = 0;
  std::string close_reason_;
};

}  // namespace roundelay
