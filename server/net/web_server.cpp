#include "server/net/web_server.h"

#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>

#include <algorithm>
#include <cassert>
#include <stdexcept>

#include "server/net/listen_socket.h"
#include "server/net/origin.h"

namespace roundelay {

namespace {

constexpr size_t kReadBytes = 65'536;
constexpr size_t kToldBytes = 200;  // of a stranger's header, in the log

std::unique_ptr<ssl_ctx_st, void (*)(ssl_ctx_st*)> context_for(const TlsFiles& files) {
  if (files.certificate.empty()) return {nullptr, SSL_CTX_free};
  auto context = make_tls_context(files);
  if (!context) throw std::runtime_error(context.error());
  return {*context, SSL_CTX_free};
}

// Quoted for the log: one line whatever it holds.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text.substr(0, kToldBytes)) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7F || c < 0 ? '?' : c;
  return result + "'";
}

}  // namespace

struct WebServer::Connection {
  Connection(WebServer& server, int fd, size_t place)
      : index(place),
        stream(server.loop_, fd, server.tls_context_.get(), server.read_buffer_, server.deadlines_, server.stream_turns_,
               [this, &server] { server.forget(*this); }),
        http(stream, server.handler_, server.file_pace_, server.settings_.times, server.settings_.trusted_proxies,
             server.tls_context_ != nullptr,
             [this, &server](const HttpHead& head, std::span<uint8_t> rest) { return server.upgrade(*this, head, rest); }) {
    stream.set_owner(http);
  }
  size_t index;  // in connections_
  TcpStream stream;
  HttpConnection http;
  std::unique_ptr<WebSocket> socket;
};

WebServer::WebServer(uv_loop_t* loop, WebServerSettings settings, WebHandler& handler)
    : loop_(loop),
      settings_(std::move(settings)),
      handler_(handler),
      tls_context_(context_for(settings_.tls)),
      read_buffer_(kReadBytes),
      deadlines_(loop, settings_.deadline_turn_ms),
      stream_turns_(loop),
      file_pace_(loop),
      watch_timer_(new uv_timer_t) {
  signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to sockets whose peer may be gone
  uv_timer_init(loop, watch_timer_.get());
  watch_timer_->data = this;
  const uint64_t turn_ms = std::max<uint64_t>(1, static_cast<uint64_t>(settings_.ping_ms) / kTurns);
  uv_timer_start(
      watch_timer_.get(), [](uv_timer_t* timer) { static_cast<WebServer*>(timer->data)->look_after_some(); }, turn_ms, turn_ms);
  const int pace = tls_context_ ? settings_.tls_newcomers_per_s : settings_.newcomers_per_s;
  acceptor_ = std::make_unique<Acceptor>(loop, settings_.host, settings_.port, pace, [this](int fd) { adopt(fd); });
  FileDescriptor doorstep(settings_.doorstep);
  if (doorstep.get() >= 0 && listens(doorstep.get()))
    doorstep_ = std::make_unique<Acceptor>(loop, std::move(doorstep), pace, [this](int fd) { adopt(fd); });
}

WebServer::~WebServer() {
  assert(connections_.empty() && !acceptor_);
}

tl::expected<void, std::string> WebServer::reload_tls() {
  if (!tls_context_) return {};
  return use_tls_files(tls_context_.get(), settings_.tls);
}

void WebServer::adopt(int fd) {
  const int one = 1;
  const unsigned unacknowledged_ms = static_cast<unsigned>(settings_.unacknowledged_s) * 1000;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms, sizeof unacknowledged_ms);
  connections_.push_back(std::make_unique<Connection>(*this, fd, connections_.size()));
}

void WebServer::forget(Connection& connection) {
  const size_t index = connection.index;
  std::swap(connections_[index], connections_.back());
  connections_[index]->index = index;
  connections_.pop_back();
}

void WebServer::stop_listening() {
  if (acceptor_) acceptor_->stop();
  acceptor_.reset();
  doorstep_.reset();
}

void WebServer::shut_down() {
  acceptor_.reset();
  doorstep_.reset();
  watch_timer_.reset();
  for (const auto& connection : connections_) connection->stream.cut();
  while (!connections_.empty()) uv_run(loop_, UV_RUN_ONCE);
}

// --- WebSockets --------------------------------------------------------------------------------------------------

std::optional<HttpFault> WebServer::upgrade(Connection& connection, const HttpHead& head, std::span<uint8_t> rest) {
  if (tls_context_ && !connection.stream.encrypted())
    return HttpFault{.status = 403, .code = "not_allowed", .message = "This server speaks TLS: connect with wss://."};
  const auto answer = websocket_answer(head, settings_.socket_path);
  if (!answer) return answer.error();
  Asker asker = asker_of(connection.stream.address(), head, settings_.trusted_proxies);
  if (!may_come_from(head, asker)) {
    return HttpFault{
        .status = 403, .code = "not_allowed", .message = "This page comes from another server and may not connect to this one."};
  }
  if (!handler_.may_connect()) return HttpFault{.status = 503, .code = "server_full", .message = "This server is full."};
  connection.stream.keep_little_in_kernel();
  connection.stream.write({reinterpret_cast<const uint8_t*>(answer->data()), answer->size()});
  connection.socket = std::make_unique<WebSocket>(connection.stream, std::move(asker.address), handler_, settings_.limits,
                                                  [this](WebSocket& socket) {
                                                    unwatch(socket);
                                                    handler_.on_close(socket);
                                                  });
  watch(*connection.socket);
  handler_.on_open(*connection.socket);
  connection.socket->begin(rest);
  return std::nullopt;
}

// Browsers say where the page came from: it must be this very host. Programs need not say anything.
bool WebServer::may_come_from(const HttpHead& head, const Asker& asker) {
  const std::string_view origin = head.field("origin");
  const std::string_view host = head.field("host");
  if (origin.empty() || is_own_origin(origin, host) || is_own_origin(origin, asker.host) ||
      are_same_origin(origin, settings_.public_origin))
    return true;
  if (refusals_told_.take(static_cast<int64_t>(uv_now(loop_)) * 1'000'000)) {
    spdlog::warn(
        "refused a WebSocket of {}: its page is of {}, the request is for host {}. If both are this server (behind a proxy), set "
        "public_origin to the address of the page, which is '{}' now, or let the proxy pass Host on, or name it in "
        "trusted_proxies",
        asker.address, quoted(origin), quoted(host), settings_.public_origin);
  }
  return false;
}

// Those of the turn that is over now have the longest until the next.
void WebServer::watch(WebSocket& socket) {
  socket.watch_turn_ = turn_;
  socket.watch_index_ = turns_[turn_].size();
  turns_[turn_].push_back(&socket);
}

void WebServer::unwatch(WebSocket& socket) {
  auto& turn = turns_[socket.watch_turn_];
  turn[socket.watch_index_] = turn.back();
  turn[socket.watch_index_]->watch_index_ = socket.watch_index_;
  turn.pop_back();
}

void WebServer::look_after_some() {
  turn_ = (turn_ + 1) % kTurns;
  for (WebSocket* socket : turns_[turn_]) {
    if (socket->heard_) {
      socket->heard_ = false;
      socket->pinged_ = false;
    } else if (!socket->pinged_) {
      socket->ping();
    } else {
      socket->stream_.break_off();
    }
  }
}

}  // namespace roundelay
