// One websocket of a client, and plain HTTP requests beside it, on a ClientLoop's libwebsockets context.
// All callbacks come on the loop's thread; a Connection may be destroyed in none of its own callbacks but on_closed.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/singer/client_loop.h"
#include "server/singer/server_url.h"

struct lws;
struct lws_protocols;

namespace roundelay {

[[nodiscard]] const lws_protocols* client_protocols();

class ConnectionEvents {
 public:
  virtual ~ConnectionEvents() = default;
  virtual void on_open() = 0;
  virtual void on_text(std::string_view message) = 0;
  virtual void on_binary(std::span<const uint8_t> message) = 0;
  // It never opened, or is lost, or closed: `code` as the server sent it, 1006 if it sent none. `reason` is for people.
  virtual void on_closed(int code, const std::string& reason) = 0;
};

class Connection {
 public:
  struct Settings {
    ServerUrl url;
    bool accept_self_signed = false;  // and other host names: for tests and local networks
    int receive_buffer_bytes = 0;     // the kernel's, for this socket; 0: the system's default
  };
  static constexpr size_t kMaxMessageBytes = 256 * 1024;  // a larger one from the server closes the connection
  static constexpr size_t kMaxQueuedTexts = 1000;         // more waiting texts close it

  Connection(ClientLoop& loop, ConnectionEvents& events) : loop_(loop), events_(events) {}
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void open(const Settings& settings);
  void send_text(std::string_view message);
  // Written at once; dropped and counted when the socket takes no more (sound is no use later). `message` must have kSpare
  // writable bytes before it, and is scrambled (masked) in place.
  static constexpr size_t kSpare = 16;  // LWS_PRE
  void send_binary(std::span<uint8_t> message);
  void close();  // what was sent before goes out first; then on_closed(1000)
  void cut();    // as if the network broke: nothing is said to the server; then on_closed(1006)
  // While paused nothing is read: what comes waits in the kernel, then with the server. Also from on_binary and on_text.
  void pause_reading(bool paused);

  [[nodiscard]] bool is_open() const { return open_; }
  [[nodiscard]] int64_t dropped_messages() const { return dropped_messages_; }

 private:
  friend struct ConnectionCallbacks;
  void receive(const uint8_t* bytes, size_t len, bool first, bool last, bool binary);
  bool drain();  // false: to be closed
  void send_close();
  void set_receive_buffer() const;
  void finish(int code, const std::string& reason);

  ClientLoop& loop_;
  ConnectionEvents& events_;
  lws* wsi_ = nullptr;
  int receive_buffer_bytes_ = 0;
  bool open_ = false;
  bool closing_ = false;
  bool close_sent_ = false;
  int close_code_ = 1006;
  std::string close_reason_;
  std::deque<std::vector<uint8_t>> texts_;  // each with kSpare bytes before it
  std::vector<uint8_t> partial_;            // pieces of a message that came in pieces
  bool partial_too_large_ = false;
  int64_t dropped_messages_ = 0;
};

}  // namespace roundelay
