#include "server/net/tcp_stream.h"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cerrno>

namespace roundelay {

namespace {

// Bounds the sound that can pile up in the kernel for a slow reader: about a second (the kernel doubles the value).
constexpr int kSoundBufferBytes = 32'768;
constexpr uint8_t kTlsHandshake = 0x16;  // the first byte of a TLS connection

std::string address_of(int fd) {
  sockaddr_storage peer{};
  socklen_t length = sizeof peer;
  std::array<char, NI_MAXHOST> name{};
  if (getpeername(fd, reinterpret_cast<sockaddr*>(&peer), &length) != 0 ||
      getnameinfo(reinterpret_cast<sockaddr*>(&peer), length, name.data(), name.size(), nullptr, 0, NI_NUMERICHOST) != 0)
    return {};
  constexpr std::string_view kMapped = "::ffff:";
  const std::string_view text = name.data();
  return std::string(text.starts_with(kMapped) ? text.substr(kMapped.size()) : text);
}

}  // namespace

TcpStream::TcpStream(uv_loop_t* loop, int fd, ssl_ctx_st* tls, std::span<uint8_t> buffer, Deadlines& deadlines, Turns& turns,
                     std::function<void()> on_freed)
    : fd_(fd),
      tls_(tls),
      buffer_(buffer),
      deadlines_(deadlines),
      turns_(turns),
      on_freed_(std::move(on_freed)),
      address_(address_of(fd)),
      begun_(tls == nullptr) {
  uv_poll_init(loop, &poll_, fd);
  poll_.data = this;
  follow();
}

TcpStream::~TcpStream() {
  assert(fd_ < 0);
}

void TcpStream::follow(bool at_once) {
  if (over_) return;
  int wanted = 0;
  if (broken_ || !begun_ || shaking_ || reading_) wanted |= UV_READABLE;
  if (busy() || (read_again_ && reading_)) wanted |= UV_WRITABLE;
  if (!at_once && !ended_ && (polled_ & UV_READABLE) != 0) wanted |= UV_READABLE;
  if ((wanted & UV_READABLE) == 0 && !left_ && !ended_) wanted |= UV_DISCONNECT;
  if (wanted == polled_) return;
  polled_ = wanted;
  if (wanted == 0) {
    uv_poll_stop(&poll_);
    return;
  }
  uv_poll_start(&poll_, wanted,
                [](uv_poll_t* poll, int status, int events) { static_cast<TcpStream*>(poll->data)->on_event(status, events); });
}

void TcpStream::on_event(int status, int events) {
  if (status < 0 || broken_) return cut();
  const bool unwanted = (events & UV_READABLE) != 0 && !reading_ && begun_ && !shaking_;
  if (!begun_ && !begin()) return follow();
  if (shaking_) {
    shake_hands();
    if (over_ || broken_ || shaking_) return follow();
  }
  if ((events & UV_WRITABLE) != 0) {
    const bool waited = busy();
    flush();
    if (broken_) return cut();
    if (waited && !busy()) take_turn();
  }
  if (!over_ && reading_ && ((events & (UV_READABLE | UV_DISCONNECT)) != 0 || read_again_)) read_some();
  if (!over_ && !reading_ && (events & UV_DISCONNECT) != 0) left_ = true;
  follow(unwanted);
}

void TcpStream::take_turn() {
  turn_asked_ = false;
  turns_.cancel(*this);
  if (finishing_) {
    say_end();
  } else {
    owner_->on_turn();
  }
}

void TcpStream::on_turn_given() {
  if (broken_ || !turn_asked_ || busy()) return;  // it is cut; or the turn comes when everything has gone out
  take_turn();
  follow();
}

bool TcpStream::begin() {
  uint8_t first = 0;
  const ssize_t n = recv(fd_, &first, 1, MSG_PEEK);
  if (n < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (n <= 0) {
    cut();
    return false;
  }
  begun_ = true;
  if (first != kTlsHandshake) return true;
  ssl_ = SSL_new(tls_);
  if (ssl_ == nullptr || SSL_set_fd(ssl_, fd_) != 1) {
    cut();
    return false;
  }
  SSL_set_accept_state(ssl_);
  shaking_ = true;
  return true;
}

void TcpStream::shake_hands() {
  ERR_clear_error();
  const int done = SSL_do_handshake(ssl_);
  if (done == 1) {
    shaking_ = false;
    read_again_ = SSL_pending(ssl_) > 0;
    return;
  }
  const int error = SSL_get_error(ssl_, done);
  // Our part of it is small: what the kernel does not take of it at once breaks it off.
  if (error != SSL_ERROR_WANT_READ) cut();
}

size_t TcpStream::read_tls(bool& ended, bool& failed) {
  size_t got = 0;
  read_again_ = false;
  while (got < buffer_.size()) {
    ERR_clear_error();
    const int n = SSL_read(ssl_, buffer_.data() + got, static_cast<int>(buffer_.size() - got));
    if (n > 0) {
      got += static_cast<size_t>(n);
      if (SSL_pending(ssl_) > 0) continue;
      return got;
    }
    const int error = SSL_get_error(ssl_, n);
    if (error == SSL_ERROR_WANT_WRITE) read_again_ = true;
    ended = error == SSL_ERROR_ZERO_RETURN;
    failed = !ended && error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE;
    return got;
  }
  read_again_ = SSL_pending(ssl_) > 0;
  return got;
}

void TcpStream::read_some() {
  bool ended = false;
  bool failed = false;
  size_t got = 0;
  if (ssl_ != nullptr) {
    got = read_tls(ended, failed);
  } else {
    const ssize_t n = recv(fd_, buffer_.data(), buffer_.size(), 0);
    ended = n == 0;
    failed = n < 0 && errno != EAGAIN && errno != EINTR;
    got = n > 0 ? static_cast<size_t>(n) : 0;
  }
  if (got > 0) {
    if (finishing_) {
      discarded_bytes_ += got;
      if (discarded_bytes_ > kLingerBytes) reading_ = false;
    } else {
      owner_->on_bytes(buffer_.subspan(0, got));
    }
  }
  if (over_) return;
  if (failed) return cut();
  if (!ended) return;
  ended_ = true;
  reading_ = false;
  if (!finishing_) return owner_->on_end();
  if (!busy()) cut();
}

size_t TcpStream::send_now(std::span<const uint8_t> bytes) {
  size_t sent = 0;
  while (sent < bytes.size()) {
    if (ssl_ != nullptr) {
      ERR_clear_error();
      const int n = SSL_write(ssl_, bytes.data() + sent, static_cast<int>(bytes.size() - sent));
      if (n > 0) {
        sent += static_cast<size_t>(n);
        continue;
      }
      const int error = SSL_get_error(ssl_, n);
      if (error != SSL_ERROR_WANT_WRITE && error != SSL_ERROR_WANT_READ) break_off();
      return sent;
    }
    const ssize_t n = send(fd_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (n > 0) {
      sent += static_cast<size_t>(n);
      if (sent < bytes.size()) return sent;  // the kernel is full
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN) break_off();
    return sent;
  }
  return sent;
}

size_t TcpStream::send_now(std::span<const uint8_t> first, std::span<const uint8_t> second) {
  if (ssl_ != nullptr || first.empty() || second.empty()) {
    const size_t sent = send_now(first);
    return sent < first.size() || broken_ ? sent : sent + send_now(second);
  }
  // sendmsg(2) only reads.
  std::array<iovec, 2> both{
      {{const_cast<uint8_t*>(first.data()), first.size()}, {const_cast<uint8_t*>(second.data()), second.size()}}};
  msghdr message{};
  message.msg_iov = both.data();
  message.msg_iovlen = both.size();
  const ssize_t n = sendmsg(fd_, &message, MSG_NOSIGNAL);
  if (n >= 0) return static_cast<size_t>(n);
  if (errno != EAGAIN && errno != EINTR) break_off();
  return 0;
}

bool TcpStream::write(std::span<const uint8_t> bytes) {
  return write(bytes, {});
}

bool TcpStream::write(std::span<const uint8_t> first, std::span<const uint8_t> second) {
  if (over_ || broken_ || end_said_) return false;
  size_t sent = 0;
  if (!busy() && begun_ && !shaking_) {
    sent = send_now(first, second);
    if (broken_) return false;
  }
  if (sent == first.size() + second.size()) return true;
  keep(first.subspan(std::min(sent, first.size())));
  keep(second.subspan(sent - std::min(sent, first.size())));
  follow();
  return true;
}

void TcpStream::keep(std::span<const uint8_t> bytes) {
  out_.insert(out_.end(), bytes.begin(), bytes.end());
}

void TcpStream::flush() {
  if (!busy()) return;
  out_at_ += send_now(std::span(out_).subspan(out_at_));
  if (busy()) return;
  out_ = {};
  out_at_ = 0;
}

void TcpStream::read(bool wanted) {
  if (finishing_ || ended_ || reading_ == wanted) return;
  reading_ = wanted;
  // What TLS holds already does not show in the kernel.
  if (wanted && ssl_ != nullptr && !shaking_ && SSL_pending(ssl_) > 0) read_again_ = true;
  follow();
}

void TcpStream::ask_turn() {
  if (over_) return;
  turn_asked_ = true;
  if (!busy()) turns_.ask(*this);
}

void TcpStream::keep_little_in_kernel() {
  setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &kSoundBufferBytes, sizeof kSoundBufferBytes);
}

void TcpStream::set_deadline(int after_ms) {
  if (!over_ && !finishing_) deadlines_.set(*this, after_ms);
}

void TcpStream::on_deadline() {
  if (finishing_) return cut();
  owner_->on_deadline();
}

void TcpStream::finish() {
  if (over_ || finishing_) return;
  set_deadline(kLingerMs);
  finishing_ = true;
  turn_asked_ = false;
  reading_ = !ended_;
  if (!busy()) say_end();
  follow();
}

void TcpStream::say_end() {
  if (end_said_) return;
  end_said_ = true;
  if (ended_) return cut();
  if (ssl_ != nullptr && !shaking_) {
    ERR_clear_error();
    SSL_shutdown(ssl_);
  }
  shutdown(fd_, SHUT_WR);
}

void TcpStream::break_off() {
  if (over_ || broken_) return;
  broken_ = true;
  shutdown(fd_, SHUT_RDWR);
  follow();
}

void TcpStream::cut() {
  if (over_) return;
  over_ = true;
  deadlines_.clear(*this);
  turns_.cancel(*this);
  if (owner_ != nullptr) owner_->on_over();
  uv_close(reinterpret_cast<uv_handle_t*>(&poll_), [](uv_handle_t* handle) {
    auto& self = *static_cast<TcpStream*>(handle->data);
    if (self.ssl_ != nullptr) SSL_free(self.ssl_);
    close(self.fd_);
    self.fd_ = -1;
    const auto freed = std::move(self.on_freed_);
    freed();  // deletes us
  });
}

}  // namespace roundelay
