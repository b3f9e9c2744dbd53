#include "server/load/swept_listener.h"
#include "server/wire/control/hello.h"

#include <netdb.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>

namespace roundelay {

tl::expected<SweptListener::Settings, std::string> SweptListener::settings_for(const ServerUrl& url) {
  if (url.tls) return tl::unexpected(std::string("Listeners are swept over plain connections alone: leave --sweep-ms out."));
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &found) != 0)
    return tl::unexpected("The address of " + url.host + " was not found.");
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> guard(found, freeaddrinfo);
  Settings settings;
  settings.host = url.host + ":" + std::to_string(url.port);
  settings.path = url.path;
  std::memcpy(&settings.address, found->ai_addr, found->ai_addrlen);
  settings.address_bytes = found->ai_addrlen;
  return settings;
}

SweptListener::~SweptListener() {
  if (fd_ >= 0) close(fd_);
}

void SweptListener::join() {
  opened_ns_ = uv_hrtime();
  ++tally_.open;
  fd_ = socket(settings_.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  state_ = State::kConnecting;
  if (fd_ < 0 ||
      (connect(fd_, reinterpret_cast<const sockaddr*>(&settings_.address), settings_.address_bytes) != 0 && errno != EINPROGRESS))
    return lose(std::strerror(errno));
  const int one = 1;
  setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

void SweptListener::step() {
  if (state_ == State::kConnecting) ask_for_upgrade();
  if (state_ != State::kOutside && state_ != State::kConnecting) read();
}

void SweptListener::ask_for_upgrade() {
  const std::string request = "GET " + settings_.path + " HTTP/1.1\r\nHost: " + settings_.host +
                              "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                              "Sec-WebSocket-Key: cm91bmRlbGF5LWxvYWQtMQ==\r\nSec-WebSocket-Protocol: roundelay.1\r\n\r\n";
  const ssize_t sent = ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
  if (sent == static_cast<ssize_t>(request.size())) {
    state_ = State::kUpgrading;
  } else if (sent >= 0 || (errno != EAGAIN && errno != ENOTCONN)) {
    lose(std::strerror(errno));
  }
}

void SweptListener::read() {
  std::array<uint8_t, 64 * 1024> bytes;
  ssize_t came = 0;
  do {
    came = recv(fd_, bytes.data(), bytes.size(), 0);
    if (came == 0) return lose("the server closed the connection");
    if (came < 0) {
      if (errno != EAGAIN && errno != EINTR) lose(std::strerror(errno));
      return;
    }
    const auto piece = std::span(bytes).first(static_cast<size_t>(came));
    if (state_ == State::kUpgrading) {
      take_answer(piece);
    } else if (!frames_.feed(piece, [this](const Frame& frame) { take(frame); })) {
      lose("what came is no WebSocket");
    }
  } while (came == static_cast<ssize_t>(bytes.size()) && fd_ >= 0);
}

void SweptListener::take_answer(std::span<const uint8_t> bytes) {
  answer_.append(bytes.begin(), bytes.end());
  const size_t end = answer_.find("\r\n\r\n");
  if (end == std::string::npos) return;
  if (answer_.find(" 101 ") > answer_.find("\r\n")) return lose(answer_.substr(0, answer_.find("\r\n")));
  state_ = State::kGreeting;
  send(client_frame(Opcode::kText,
                    control::Hello{.room = settings_.room, .name = settings_.name, .role = Role::kListener}.to_json().dump()));
  const std::string rest = answer_.substr(end + 4);
  answer_ = {};
  const std::span<const uint8_t> frames(reinterpret_cast<const uint8_t*>(rest.data()), rest.size());
  if (!frames_.feed(frames, [this](const Frame& frame) { take(frame); })) lose("what came is no WebSocket");
}

void SweptListener::take(const Frame& frame) {
  const std::string_view text(reinterpret_cast<const char*>(frame.payload.data()), frame.payload.size());
  switch (frame.opcode) {
    case Opcode::kBinary:
      if (const auto heard = wire::parse_mix(frame.payload)) {
        count_mix(*heard, counts_);
      } else {
        ++counts_.bad_messages;
      }
      return;
    case Opcode::kText:
      return take_text(text);
    case Opcode::kPing:
      return send(client_frame(Opcode::kPong, text));
    case Opcode::kClose:
      return lose("the server closed the connection");
    default:
      return;
  }
}

void SweptListener::take_text(std::string_view text) {
  if (state_ == State::kGreeting && text.find(R"("type":"welcome")") != std::string_view::npos) {
    state_ = State::kIn;
    ++tally_.joined;
    counts_.welcome_ms = static_cast<double>(uv_hrtime() - opened_ns_) / 1e6;
  } else if (text.find(R"("type":"error")") != std::string_view::npos) {
    ++counts_.errors;
    if (state_ == State::kGreeting) lose(std::string(text));
  }
}

void SweptListener::send(const std::string& bytes) {
  if (fd_ >= 0 && ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
    ++counts_.unsent_messages;
}

void SweptListener::leave() {
  if (fd_ < 0) return;
  send(client_frame(Opcode::kClose, std::string_view("\x03\xE8", 2)));  // 1000
  close_socket();
}

void SweptListener::close_socket() {
  if (state_ == State::kIn) --tally_.joined;
  --tally_.open;
  if (fd_ >= 0) close(fd_);
  fd_ = -1;
  state_ = State::kOutside;
}

void SweptListener::lose(const std::string& why) {
  if (state_ == State::kOutside) return;
  close_socket();
  if (++tally_.lost == 1) std::fprintf(stderr, "%s: %s\n", settings_.name.c_str(), why.c_str());
}

}  // namespace roundelay
