// The conductor's end of the control link (server/INTERNALS.md): a unix stream socket, a JSON object a line. Knows connections
// and lines, not what they mean. On the conductor's loop only. Bounded: a line that is too long is left out, a shard that does
// not read loses its connection; it connects again and says who is there.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "server/net/line_splitter.h"
#include "server/net/make_uv.h"

namespace roundelay {

using ConnectionId = uint64_t;  // counts up, never used again

class ControlServer {
 public:
  static constexpr size_t kMaxLineBytes = 1 << 20;
  static constexpr size_t kMaxUnreadBytes = 64 << 20;

  struct Callbacks {
    std::function<void(ConnectionId, nlohmann::json)> on_object;
    std::function<void(ConnectionId)> on_closed;  // also after drop()
    std::function<void(ConnectionId)> on_unread;  // before on_closed: the shard did not read, what was said to it is lost
    std::function<void()> on_turn;                // after everything that one read brought
  };

  ControlServer(uv_loop_t* loop, Callbacks callbacks, size_t max_unread_bytes = kMaxUnreadBytes);
  ~ControlServer();
  ControlServer(const ControlServer&) = delete;
  ControlServer& operator=(const ControlServer&) = delete;

  // Takes the place of a socket that was left behind. Throws std::runtime_error: start-up only.
  void listen(const std::string& path);

  // Collects; flush() writes. To a connection that is gone: nothing happens. False if the line would be too long: it is left out.
  // `enclosed`: a text that stands behind the object (enclosed.h).
  bool send(ConnectionId connection, const nlohmann::json& object, std::string_view enclosed = {});
  void flush();
  // Bytes that the shard has not read yet.
  [[nodiscard]] size_t unread(ConnectionId connection) const;
  // Ends the connection; on_closed follows at once.
  void drop(ConnectionId connection);
  [[nodiscard]] size_t connections() const { return connections_.size(); }

 private:
  struct Connection {
    ControlServer* server;
    ConnectionId id;
    UvHandle<uv_pipe_t> pipe;
    LineSplitter lines{kMaxLineBytes};
    std::string out;
  };
  void accept();
  void read(Connection& connection, ssize_t count, const char* bytes);

  uv_loop_t* loop_;
  Callbacks callbacks_;
  size_t max_unread_bytes_;
  UvHandle<uv_pipe_t> listener_;
  std::unordered_map<ConnectionId, std::shared_ptr<Connection>> connections_;  // shared with the read that goes on
  ConnectionId next_id_ = 1;
  char read_buffer_[64 << 10];
};

}  // namespace roundelay
