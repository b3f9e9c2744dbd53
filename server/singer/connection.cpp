#include "server/singer/connection.h"

#include <sys/socket.h>

#include <cstring>

#include "server/singer/lws_callbacks.h"

namespace roundelay {

static_assert(Connection::kSpare >= LWS_PRE);

namespace {

constexpr int kCloseSeconds = 2;  // for the server to answer a close

}  // namespace

struct ConnectionCallbacks {
  static int call(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t len) {
    auto* self = static_cast<Connection*>(user);
    if (self == nullptr || (self->wsi_ != nullptr && self->wsi_ != wsi)) return 0;
    switch (reason) {
      case LWS_CALLBACK_CLIENT_ESTABLISHED:
        self->open_ = true;
        self->set_receive_buffer();
        self->events_.on_open();
        return 0;
      case LWS_CALLBACK_CLIENT_RECEIVE:
        self->receive(static_cast<const uint8_t*>(in), len, lws_is_first_fragment(wsi) != 0,
                      lws_is_final_fragment(wsi) != 0 && lws_remaining_packet_payload(wsi) == 0, lws_frame_is_binary(wsi) != 0);
        return self->partial_too_large_ ? -1 : 0;
      case LWS_CALLBACK_CLIENT_WRITEABLE:
        return self->drain() ? 0 : -1;
      case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        if (len >= 2) {
          const auto* bytes = static_cast<const uint8_t*>(in);
          self->close_code_ = bytes[0] * 256 + bytes[1];
          self->close_reason_.assign(reinterpret_cast<const char*>(bytes) + 2, len - 2);
        }
        return 0;
      case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        self->finish(1006, in != nullptr ? std::string(static_cast<const char*>(in), len) : "no connection");
        return 0;
      case LWS_CALLBACK_CLIENT_CLOSED:
        self->finish(self->close_code_, self->close_reason_);
        return 0;
      default:
        return 0;
    }
  }
};

const lws_protocols* client_protocols() {
  static const lws_protocols kProtocols[] = {
      {"roundelay.1", ConnectionCallbacks::call, 0, 64 * 1024, 0, nullptr, 0},
      {nullptr, nullptr, 0, 0, 0, nullptr, 0},
  };
  return kProtocols;
}

Connection::~Connection() {
  if (wsi_ == nullptr) return;
  lws_set_wsi_user(wsi_, nullptr);
  lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
}

void Connection::open(const Settings& settings) {
  // A dead connection shows by itself where sound is sent; pings find it for who only listens.
  static const lws_retry_bo_t kLiveness = {nullptr, 0, 0, 30, 45, 0};
  texts_.clear();
  partial_.clear();
  partial_too_large_ = false;
  closing_ = false;
  close_sent_ = false;
  close_code_ = 1006;
  close_reason_ = "the connection is lost";
  lws_client_connect_info info{};
  info.context = loop_.lws();
  info.address = settings.url.host.c_str();
  info.port = settings.url.port;
  info.path = settings.url.path.c_str();
  const std::string host = settings.url.host + ":" + std::to_string(settings.url.port);
  info.host = host.c_str();
  info.protocol = "roundelay.1";
  info.local_protocol_name = "roundelay.1";
  info.alpn = "http/1.1";
  info.ietf_version_or_minus_one = -1;
  info.userdata = this;
  info.pwsi = &wsi_;
  info.retry_and_idle_policy = &kLiveness;
  receive_buffer_bytes_ = settings.receive_buffer_bytes;
  if (settings.url.tls) info.ssl_connection = tls_flags(settings.accept_self_signed);
  lws_client_connect_via_info(&info);  // a failure at once comes as CLIENT_CONNECTION_ERROR too
}

void Connection::send_text(std::string_view message) {
  if (!open_ || closing_) return;
  if (texts_.size() >= kMaxQueuedTexts) {
    closing_ = true;
  } else {
    std::vector<uint8_t> text(kSpare + message.size());
    std::memcpy(text.data() + kSpare, message.data(), message.size());
    texts_.push_back(std::move(text));
  }
  lws_callback_on_writable(wsi_);
}

void Connection::send_binary(std::span<uint8_t> message) {
  if (!open_ || closing_) return;
  if (lws_partial_buffered(wsi_) != 0) {
    ++dropped_messages_;
    return;
  }
  if (lws_write(wsi_, message.data(), message.size(), LWS_WRITE_BINARY) < 0) ++dropped_messages_;
}

void Connection::close() {
  if (wsi_ == nullptr || closing_) return;
  closing_ = true;
  if (open_) {
    lws_callback_on_writable(wsi_);
  } else {
    lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
  }
}

void Connection::cut() {
  if (wsi_ == nullptr) return;
  closing_ = true;
  const linger at_once{1, 0};  // a reset, no farewell
  setsockopt(lws_get_socket_fd(wsi_), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_REASON_BASE, LWS_TO_KILL_ASYNC);
}

void Connection::pause_reading(bool paused) {
  if (open_) lws_rx_flow_control(wsi_, paused ? 0 : 1);
}

void Connection::set_receive_buffer() const {
  if (receive_buffer_bytes_ <= 0) return;
  setsockopt(lws_get_socket_fd(wsi_), SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes_, sizeof receive_buffer_bytes_);
}

void Connection::receive(const uint8_t* bytes, size_t len, bool first, bool last, bool binary) {
  if (first) partial_.clear();
  std::span<const uint8_t> message(bytes, len);
  if (!last || !partial_.empty()) {
    if (partial_.size() + len > kMaxMessageBytes) {
      partial_too_large_ = true;
      return;
    }
    partial_.insert(partial_.end(), bytes, bytes + len);
    if (!last) return;
    message = partial_;
  }
  if (closing_) {
    // what still comes is of no use any more
  } else if (binary) {
    events_.on_binary(message);
  } else {
    events_.on_text({reinterpret_cast<const char*>(message.data()), message.size()});
  }
  if (!partial_.empty()) partial_.clear();
}

bool Connection::drain() {
  while (!texts_.empty()) {
    if (lws_partial_buffered(wsi_) != 0) {
      lws_callback_on_writable(wsi_);
      return true;
    }
    std::vector<uint8_t> text = std::move(texts_.front());
    texts_.pop_front();
    if (lws_write(wsi_, text.data() + kSpare, text.size() - kSpare, LWS_WRITE_TEXT) < 0) return false;
  }
  if (closing_ && !close_sent_) send_close();
  return true;
}

// The server's answer, or the timeout, ends the connection.
void Connection::send_close() {
  close_sent_ = true;
  close_code_ = 1000;
  close_reason_ = "left";
  uint8_t frame[kSpare + 2 + kSpare] = {};
  frame[kSpare] = LWS_CLOSE_STATUS_NORMAL >> 8;
  frame[kSpare + 1] = LWS_CLOSE_STATUS_NORMAL & 0xFF;
  lws_write(wsi_, frame + kSpare, 2, kWriteClose);
  lws_set_timeout(wsi_, PENDING_TIMEOUT_CLOSE_ACK, kCloseSeconds);
}

void Connection::finish(int code, const std::string& reason) {
  wsi_ = nullptr;
  open_ = false;
  texts_.clear();
  events_.on_closed(code, reason);
}

}  // namespace roundelay
