#include "server/net/control_server.h"

#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>
#include <vector>

#include "server/net/write_at_once.h"
#include "server/wire/link/enclosed.h"
#include "server/wire/link/envelope.h"

namespace roundelay {
namespace {

// A write and the bytes that it needs until it is done.
struct Write {
  uv_write_t request;
  std::string bytes;
};

}  // namespace

ControlServer::ControlServer(uv_loop_t* loop, Callbacks callbacks, size_t max_unread_bytes)
    : loop_(loop), callbacks_(std::move(callbacks)), max_unread_bytes_(max_unread_bytes) {}

ControlServer::~ControlServer() = default;

void ControlServer::listen(const std::string& path) {
  listener_ = make_uv<uv_pipe_t>(this, [this](uv_pipe_t* pipe) { return uv_pipe_init(loop_, pipe, 0); });
  unlink(path.c_str());
  int result = listener_ ? uv_pipe_bind(listener_.get(), path.c_str()) : UV_ENOMEM;
  if (result == 0 && chmod(path.c_str(), 0600) != 0) result = uv_translate_sys_error(errno);
  if (result == 0) {
    result = uv_listen(reinterpret_cast<uv_stream_t*>(listener_.get()), 128, [](uv_stream_t* listener, int status) {
      if (status == 0) static_cast<ControlServer*>(listener->data)->accept();
    });
  }
  if (result != 0) throw std::runtime_error("The control socket " + path + " cannot be made: " + uv_strerror(result) + ".");
}

void ControlServer::accept() {
  auto connection = std::make_shared<Connection>();
  connection->server = this;
  connection->id = next_id_++;
  connection->pipe = make_uv<uv_pipe_t>(connection.get(), [this](uv_pipe_t* pipe) { return uv_pipe_init(loop_, pipe, 0); });
  if (!connection->pipe) return;
  auto* stream = reinterpret_cast<uv_stream_t*>(connection->pipe.get());
  if (uv_accept(reinterpret_cast<uv_stream_t*>(listener_.get()), stream) != 0) return;
  // Reads are handled one at a time, so one buffer serves all connections.
  const int result = uv_read_start(
      stream,
      [](uv_handle_t* handle, size_t, uv_buf_t* buffer) {
        ControlServer* server = static_cast<Connection*>(handle->data)->server;
        *buffer = uv_buf_init(server->read_buffer_, sizeof server->read_buffer_);
      },
      [](uv_stream_t* from, ssize_t count, const uv_buf_t* buffer) {
        auto* source = static_cast<Connection*>(from->data);
        source->server->read(*source, count, buffer->base);
      });
  if (result == 0) connections_.emplace(connection->id, std::move(connection));
}

void ControlServer::read(Connection& connection, ssize_t count, const char* bytes) {
  if (count == 0) return;  // nothing to read after all
  const ConnectionId id = connection.id;
  const std::shared_ptr<Connection> keep = connections_.at(id);  // it may be dropped by what it says
  if (count > 0) {
    const size_t too_long =
        connection.lines.feed(std::string_view(bytes, static_cast<size_t>(count)), [&](std::string_view line) {
          if (!connections_.contains(id)) return;  // dropped by what a line before led to
          nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
          if (object.is_object()) {
            callbacks_.on_object(id, std::move(object));
          } else {
            spdlog::error("control link {}: a line that is not a JSON object", id);
          }
        });
    if (too_long > 0) spdlog::error("control link {}: {} lines of more than {} bytes, left out", id, too_long, kMaxLineBytes);
  } else {
    drop(id);
  }
  callbacks_.on_turn();
}

bool ControlServer::send(ConnectionId id, const nlohmann::json& object, std::string_view enclosed) {
  const auto it = connections_.find(id);
  if (it == connections_.end()) return true;
  const std::string line = link::line_of(object);
  const size_t bytes = line.size() + (enclosed.empty() ? 0 : 1 + enclosed.size());
  if (bytes > kMaxLineBytes) {
    spdlog::error("control link {}: a line of {} bytes is too long, left out", id, bytes);
    return false;
  }
  it->second->out += line;
  if (!enclosed.empty()) it->second->out.append(1, link::kEnclosedBehind).append(enclosed);
  it->second->out += '\n';
  return true;
}

size_t ControlServer::unread(ConnectionId id) const {
  const auto it = connections_.find(id);
  if (it == connections_.end()) return 0;
  return it->second->out.size() + uv_stream_get_write_queue_size(reinterpret_cast<uv_stream_t*>(it->second->pipe.get()));
}

void ControlServer::flush() {
  std::vector<ConnectionId> bad;
  std::vector<ConnectionId> unread;
  for (auto& [id, connection] : connections_) {
    if (connection->out.empty()) continue;
    auto* stream = reinterpret_cast<uv_stream_t*>(connection->pipe.get());
    if (uv_stream_get_write_queue_size(stream) + connection->out.size() > max_unread_bytes_) {
      spdlog::error("control link {}: the shard does not read; cut off", id);
      connection->out.clear();
      unread.push_back(id);
      continue;
    }
    std::string bytes = std::exchange(connection->out, {});
    const size_t gone = write_at_once(stream, bytes);
    if (gone == bytes.size()) continue;
    auto write = std::make_unique<Write>();
    write->bytes = bytes.substr(gone);
    write->request.data = write.get();
    const uv_buf_t buffer = uv_buf_init(write->bytes.data(), static_cast<unsigned>(write->bytes.size()));
    const int result = uv_write(&write->request, stream, &buffer, 1,
                                [](uv_write_t* request, int) { delete static_cast<Write*>(request->data); });
    if (result == 0) {
      static_cast<void>(write.release());  // freed in the callback, which libuv always calls
    } else {
      bad.push_back(id);
    }
  }
  for (const ConnectionId id : unread) {
    if (callbacks_.on_unread) callbacks_.on_unread(id);
    drop(id);
  }
  for (const ConnectionId id : bad) drop(id);
}

void ControlServer::drop(ConnectionId id) {
  const auto it = connections_.find(id);
  if (it == connections_.end()) return;
  const std::shared_ptr<Connection> connection = std::move(it->second);
  connection->pipe.reset();
  connections_.erase(it);
  callbacks_.on_closed(id);
}

}  // namespace roundelay
