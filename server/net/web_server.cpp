#include "server/net/web_server.h"

#include <libwebsockets.h>
#include <netinet/tcp.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>
#include <stdexcept>

#include "server/net/lws_text.h"

namespace roundelay {

const size_t kWebsocketHeadroom = LWS_PRE;

namespace {

constexpr const char* kProtocolName = "roundelay.1";
// Bounds the sound that can pile up in the kernel for a slow reader: about a second (the kernel doubles the value).
constexpr int kSendBufferBytes = 32'768;
// What lws keeps for what it has read of one socket: a larger message comes in pieces (a voice block has about 200 bytes).
constexpr size_t kReceiveBytes = 4'096;
constexpr uint64_t kShutDownMs = 1'500;
constexpr int kCloseAnswerS = 2;
// lws's own value for a close frame, opcode 8; it is in its private headers alone.
constexpr auto kWriteClose = static_cast<lws_write_protocol>(4);

// What lws keeps per connection for us: a pointer of ours, zeroed by lws.
struct PerConnection {
  HttpRequest* request;
  WebSocket* socket;
};

void log_line(int level, const char* line) {
  std::string_view text(line);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  if (level & LLL_ERR) {
    spdlog::warn("lws: {}", text);
  } else {
    spdlog::debug("lws: {}", text);
  }
}

}  // namespace

bool WebSocket::write_binary(std::span<uint8_t> payload) {
  if (closing_ || lws_partial_buffered(wsi_)) return false;
  return lws_write(wsi_, payload.data(), payload.size(), LWS_WRITE_BINARY) >= 0;
}

// Between two messages only: a ping that has to wait is as good as none, because what is waiting shows the same.
void WebSocket::ping() {
  pinged_ = true;
  if (closing_ || lws_partial_buffered(wsi_) != 0) return;
  std::array<uint8_t, LWS_PRE + 1> frame{};  // lws does not tell of a pong that holds nothing
  lws_write(wsi_, frame.data() + LWS_PRE, 1, LWS_WRITE_PING);
}

ControlText make_control_text(std::string_view text) {
  auto made = std::make_shared<std::string>();
  made->reserve(LWS_PRE + text.size());
  made->append(LWS_PRE, '\0').append(text);
  return made;
}

bool WebSocket::send_text(const ControlText& text) {
  if (closing_) return false;
  const size_t bytes = text->size() - LWS_PRE;
  if (queued_bytes_ + bytes > kMaxQueuedBytes) {
    close(4009, "too slow");
    queue_.clear();
    return false;
  }
  queued_bytes_ += bytes;
  queue_.push_back(text);
  lws_callback_on_writable(wsi_);
  return true;
}

void WebSocket::close(uint16_t code, std::string reason) {
  if (closing_) return;
  closing_ = true;
  close_code_ = code;
  close_reason_ = std::move(reason);
  lws_callback_on_writable(wsi_);
}

static int lws_entry(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t len) {
  return WebServer::callback(wsi, reason, user, in, len);
}

WebServer::WebServer(uv_loop_t* loop, WebServerSettings settings, WebHandler& handler)
    : loop_(loop), settings_(std::move(settings)), handler_(handler) {
  lws_set_log_level(LLL_ERR | LLL_WARN, log_line);
  static const lws_protocols kProtocols[] = {
      {"http", lws_entry, sizeof(PerConnection), HttpRequest::kPieceBytes, 0, nullptr, 0},
      {kProtocolName, lws_entry, sizeof(PerConnection), kReceiveBytes, 1, nullptr, 0},
      {nullptr, nullptr, 0, 0, 0, nullptr, 0},
  };
  static constexpr lws_retry_bo_t kNoPings{};  // lws keeps the pointer; we look after our sockets ourselves
  void* loops[] = {loop};

  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.protocols = kProtocols;
  info.options = LWS_SERVER_OPTION_LIBUV | LWS_SERVER_OPTION_EXPLICIT_VHOSTS | LWS_SERVER_OPTION_DISABLE_IPV6;
  info.foreign_loops = loops;
  info.pt_serv_buf_size = 65'536;
  info.user = this;
  info.max_http_header_data = 32'768;  // browsers send every cookie of the host
  info.timeout_secs = 30;
  info.keepalive_timeout = 30;
  info.retry_and_idle_policy = &kNoPings;
  info.server_string = "roundelay";
  const bool tls = !settings_.tls.certificate.empty();
  if (tls) {
    // Plain HTTP is let in to be sent to HTTPS by us: the redirection of lws would forget the path.
    info.options |= LWS_SERVER_OPTION_ALLOW_NON_SSL_ON_SSL_PORT | LWS_SERVER_OPTION_ALLOW_HTTP_ON_HTTPS_LISTENER;
    info.ssl_cert_filepath = settings_.tls.certificate.c_str();
    info.ssl_private_key_filepath = settings_.tls.key.c_str();
  }
  info.gid = static_cast<gid_t>(-1);
  info.uid = static_cast<uid_t>(-1);
  context_ = lws_create_context(&info);
  if (context_ == nullptr) throw std::runtime_error("libwebsockets could not start; is libwebsockets-evlib-uv installed?");
  vhost_ = lws_create_vhost(context_, &info);
  if (vhost_ == nullptr) throw std::runtime_error("libwebsockets could not make its virtual host");
  watch_timer_.reset(new uv_timer_t);
  uv_timer_init(loop, watch_timer_.get());
  watch_timer_->data = this;
  const uint64_t turn_ms = std::max<uint64_t>(1, static_cast<uint64_t>(settings_.ping_ms) / kTurns);
  uv_timer_start(
      watch_timer_.get(), [](uv_timer_t* timer) { static_cast<WebServer*>(timer->data)->look_after_some(); }, turn_ms, turn_ms);
  const int pace = tls ? settings_.tls_newcomers_per_s : settings_.newcomers_per_s;
  acceptor_ = std::make_unique<Acceptor>(loop, settings_.host, settings_.port, pace, [this](int fd) { adopt(fd); });
}

WebServer::~WebServer() {
  assert(context_ == nullptr);
}

tl::expected<void, std::string> WebServer::reload_tls() {
  if (tls_context_ == nullptr) return {};
  return use_tls_files(tls_context_, settings_.tls);
}

void WebServer::adopt(int fd) {
  const int one = 1;
  const unsigned unacknowledged_ms = static_cast<unsigned>(settings_.unacknowledged_s) * 1000;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &unacknowledged_ms, sizeof unacknowledged_ms);
  setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &kSendBufferBytes, sizeof kSendBufferBytes);
  lws_adopt_socket_vhost(vhost_, fd);  // closes fd when it fails
}

void WebServer::shut_down() {
  if (context_ == nullptr) return;
  acceptor_.reset();
  watch_timer_.reset();
  lws_context_destroy(context_);
  // The loop ends by itself once everything is closed; a client that does not let go must not hold us for ever.
  auto* limit = new uv_timer_t;
  uv_timer_init(loop_, limit);
  uv_timer_start(
      limit, [](uv_timer_t* t) { uv_stop(t->loop); }, kShutDownMs, 0);
  uv_unref(reinterpret_cast<uv_handle_t*>(limit));
  uv_run(loop_, UV_RUN_DEFAULT);
  uv_close(reinterpret_cast<uv_handle_t*>(limit), [](uv_handle_t* h) { delete reinterpret_cast<uv_timer_t*>(h); });
  lws_context_destroy(context_);
  context_ = nullptr;
}

int WebServer::callback(lws* wsi, int reason, void* user, void* in, size_t len) {
  lws_context* context = wsi != nullptr ? lws_get_context(wsi) : nullptr;
  auto* self = context != nullptr ? static_cast<WebServer*>(lws_context_user(context)) : nullptr;
  if (self == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS:  // the one place where lws shows its OpenSSL context
      self->tls_context_ = static_cast<ssl_ctx_st*>(user);
      return 0;
    case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
      return self->accept_websocket(wsi);
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RECEIVE:
    case LWS_CALLBACK_RECEIVE_PONG:
    case LWS_CALLBACK_SERVER_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    case LWS_CALLBACK_CLOSED:
      return self->socket_callback(wsi, reason, user, in, len);
    case LWS_CALLBACK_HTTP:
    case LWS_CALLBACK_HTTP_BODY:
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
    case LWS_CALLBACK_HTTP_WRITEABLE:
    case LWS_CALLBACK_CLOSED_HTTP:
      return self->http_callback(wsi, reason, user, in, len);
    case LWS_CALLBACK_HTTP_DROP_PROTOCOL: {  // the HTTP life of a connection that becomes a WebSocket ends
      auto* per = static_cast<PerConnection*>(user);
      if (per != nullptr) self->forget_request(per->request);
      return 0;
    }
    default:
      return 0;
  }
}

void WebServer::forget_request(HttpRequest*& request) {
  if (request == nullptr) return;
  handler_.on_request_gone(*request);
  delete request;
  request = nullptr;
}

// --- WebSocket ---------------------------------------------------------------------------------------------------

int WebServer::accept_websocket(lws* wsi) {
  const auto refuse = [&](unsigned status, const char* why) {
    lws_return_http_status(wsi, status, why);
    return -1;
  };
  if (tls_context_ != nullptr && lws_is_ssl(wsi) == 0) return refuse(403, "This server speaks TLS: connect with wss://.");
  // lws falls back to the first protocol when the client offers none of ours.
  if (std::strcmp(lws_get_protocol(wsi)->name, kProtocolName) != 0)
    return refuse(400, "This server speaks the WebSocket sub-protocol roundelay.1.");
  if (header(wsi, WSI_TOKEN_GET_URI) != "/ws") return refuse(404, "The WebSocket is at /ws.");
  const std::string origin = header(wsi, WSI_TOKEN_ORIGIN);
  if (!origin.empty() && origin != settings_.public_origin) {
    // Browsers say where the page came from: it must be this very host. Programs need not say anything.
    const size_t scheme = origin.find("://");
    const std::string host = header(wsi, WSI_TOKEN_HOST);
    if (scheme == std::string::npos || origin.substr(scheme + 3) != host)
      return refuse(403, "This page may not connect to this server.");
  }
  if (!handler_.may_connect()) return refuse(503, "This server is full.");
  return 0;
}

int WebServer::socket_callback(lws* wsi, int reason, void* user, void* in, size_t len) {
  auto* per = static_cast<PerConnection*>(user);
  if (per == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
      per->socket = new WebSocket(wsi, peer_address(wsi));
      watch(*per->socket);
      handler_.on_open(*per->socket);
      return 0;
    case LWS_CALLBACK_RECEIVE_PONG:
      if (per->socket != nullptr) per->socket->heard_ = true;
      return 0;
    case LWS_CALLBACK_RECEIVE:
      if (per->socket != nullptr && !per->socket->closing_) receive(*per->socket, wsi, static_cast<const uint8_t*>(in), len);
      return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return per->socket != nullptr ? drain(*per->socket) : 0;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      return per->socket != nullptr && per->socket->farewell_sent_ ? -1 : 0;
    case LWS_CALLBACK_CLOSED:
      if (per->socket != nullptr) {
        handler_.on_close(*per->socket);
        unwatch(*per->socket);
        delete per->socket;
        per->socket = nullptr;
      }
      return 0;
    default:
      return 0;
  }
}

void WebServer::receive(WebSocket& socket, lws* wsi, const uint8_t* data, size_t len) {
  socket.heard_ = true;
  const bool binary = lws_frame_is_binary(wsi) != 0;
  const bool last = lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0;
  const size_t limit = binary ? settings_.max_binary_bytes : settings_.max_text_bytes;
  if (socket.partial_.size() + len > limit) {
    socket.close(1009, "message too large");
    return;
  }
  std::span<const uint8_t> message(data, len);
  if (!last || !socket.partial_.empty()) {
    socket.partial_.insert(socket.partial_.end(), data, data + len);
    if (!last) return;
    message = socket.partial_;
  }
  if (binary) {
    handler_.on_binary(socket, message);
  } else {
    handler_.on_text(socket, {reinterpret_cast<const char*>(message.data()), message.size()});
  }
  socket.partial_.clear();
}

int WebServer::drain(WebSocket& socket) {
  while (!socket.queue_.empty()) {
    if (lws_partial_buffered(socket.wsi_) != 0) {
      lws_callback_on_writable(socket.wsi_);
      return 0;
    }
    std::string& text = *socket.queue_.front();  // lws writes the same header in front of it for everybody
    const size_t length = text.size() - LWS_PRE;
    if (lws_write(socket.wsi_, reinterpret_cast<uint8_t*>(text.data()) + LWS_PRE, length, LWS_WRITE_TEXT) < 0) return -1;
    socket.queued_bytes_ -= length;
    socket.queue_.pop_front();
  }
  if (!socket.closing_ || socket.farewell_sent_) return 0;
  if (lws_partial_buffered(socket.wsi_) != 0) {
    lws_callback_on_writable(socket.wsi_);
    return 0;
  }
  // Returning -1 from this callback would close at once, without a close frame: so we write it, and give the peer
  // a moment to answer.
  socket.farewell_sent_ = true;
  std::array<uint8_t, LWS_PRE + 125> frame{};
  uint8_t* payload = frame.data() + LWS_PRE;
  const size_t length = std::min<size_t>(socket.close_reason_.size(), 123);
  payload[0] = static_cast<uint8_t>(socket.close_code_ >> 8);
  payload[1] = static_cast<uint8_t>(socket.close_code_);
  std::memcpy(payload + 2, socket.close_reason_.data(), length);
  if (lws_write(socket.wsi_, payload, length + 2, kWriteClose) < 0) return -1;
  lws_set_timeout(socket.wsi_, PENDING_TIMEOUT_CLOSE_ACK, kCloseAnswerS);
  return 0;
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
      // Comes back as an event, upon which lws closes; its own timeouts are looked at only when something else happens.
      shutdown(lws_get_socket_fd(socket->wsi_), SHUT_RDWR);
    }
  }
}

// --- HTTP --------------------------------------------------------------------------------------------------------

int WebServer::http_callback(lws* wsi, int reason, void* user, void* in, size_t len) {
  auto* per = static_cast<PerConnection*>(user);
  if (per == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_HTTP:
      forget_request(per->request);  // the last one of a kept-alive connection
      per->request = new HttpRequest(wsi, {static_cast<const char*>(in), len});
      if (tls_context_ != nullptr && lws_is_ssl(wsi) == 0) {
        per->request->respond_moved("https://" + header(wsi, WSI_TOKEN_HOST));
      } else {
        handler_.on_request(*per->request);
      }
      return 0;
    case LWS_CALLBACK_HTTP_BODY:
      if (per->request != nullptr) handler_.on_body(*per->request, {static_cast<const uint8_t*>(in), len});
      return 0;
    case LWS_CALLBACK_HTTP_BODY_COMPLETION:
      if (per->request != nullptr) {
        lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);  // the answer may take its time
        handler_.on_body_end(*per->request);
        if (per->request->answered()) lws_callback_on_writable(wsi);
      }
      return 0;
    case LWS_CALLBACK_HTTP_WRITEABLE:
      if (per->request == nullptr || !per->request->answered()) return 0;
      return per->request->write();
    case LWS_CALLBACK_CLOSED_HTTP:
      forget_request(per->request);
      return 0;
    default:
      return 0;
  }
}

}  // namespace roundelay
