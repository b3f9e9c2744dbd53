#include "tests/e2e/strange_traffic.h"

#include <algorithm>

namespace roundelay::e2e {

namespace {

const std::vector<std::string> kMethods{"GET", "GET",     "GET",     "POST",  "POST", "POST", "HEAD", "DELETE",
                                        "PUT", "OPTIONS", "CONNECT", "TRACE", "BREW", "get",  ""};
const std::vector<std::string> kTargets{"/",
                                        "/healthz",
                                        "/status",
                                        "/metrics",
                                        "/api/rooms",
                                        "/api/rooms/",
                                        "/ws",
                                        "*",
                                        "/%FF",
                                        "/%00",
                                        "/%0A%0D",
                                        "/%",
                                        "/r/x",
                                        "/api/internal/counts",
                                        "//",
                                        "/../../etc/passwd",
                                        "a.example:443",
                                        "http://a/healthz",
                                        "/\xC3\xA4",
                                        "/\xFF",
                                        "/ x",
                                        ""};
const std::vector<std::string> kVersions{"HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.1",
                                         "HTTP/1.0", "HTTP/2.0", "HTTP/1.",  ""};
const std::vector<std::string> kLines{"Connection: close",
                                      "Connection: keep-alive",
                                      "Connection: Upgrade",
                                      "Upgrade: websocket",
                                      "Upgrade: h2c",
                                      "Expect: 100-continue",
                                      "Expect: tea",
                                      "Transfer-Encoding: chunked",
                                      "Content-Length: 3",
                                      "Content-Length: +2",
                                      "Content-Length: 2 2",
                                      "Content-Length: 99999999",
                                      "Content-Length: 18446744073709551616",
                                      "Authorization: Bearer nobody",
                                      "Authorization: Basic eDp5",
                                      "Origin: https://elsewhere.example",
                                      "Host: twice",
                                      "Cookie: a=b; c=d",
                                      "A:",
                                      ": b",
                                      " folded",
                                      "X: \x01",
                                      "Range: bytes=0-",
                                      "Accept-Encoding: gzip, br"};
const std::vector<std::string> kBodies{"{}",       "{\"name\":\"Fuzz\"}",    "[[[[[[",    "null",
                                       "\xFF\xFE", "{\"name\":\"\\ud800\"}", "0\r\n\r\n", "GET / HTTP/1.1\r\n\r\n"};
const std::vector<std::string> kControl{R"({"type":"lead"})",
                                        R"({"type":"start"})",
                                        R"({"type":"stop","now":true})",
                                        R"({"type":"bucket","bucket":3})",
                                        R"({"type":"mute","muted":true})",
                                        R"({"type":"name","name":"Fuzz"})",
                                        R"({"type":"role","role":"listener"})",
                                        R"({"type":"settings","interval_ms":null})",
                                        R"({"type":"ping","id":7})",
                                        R"({"type":"ping"})",
                                        R"({"type":"track","track":null})",
                                        R"({"type":"delete_track","track":"1"})",
                                        R"({"type":7})",
                                        R"({"type":"dance"})",
                                        "[]",
                                        "",
                                        "\xC3\x28",
                                        R"({"type":"name","name":"\ud800"})",
                                        R"({"type":"bucket","bucket":1e300})"};

}  // namespace

std::string StrangeTraffic::bytes(size_t length) {
  std::string result(length, '\0');
  for (char& c : result) c = static_cast<char>(random_());
  return result;
}

std::string StrangeTraffic::next() {
  std::string all;
  if (chance(50)) {
    for (size_t i = 1 + pick(6); i > 0; --i) all += request();
  } else {
    if (chance(20)) all += request();
    all += handshake() + frames();
  }
  if (chance(25)) spoil(all);
  return all;
}

std::string StrangeTraffic::target() {
  if (chance(15)) return "/api/rooms/" + room_;
  if (chance(15))
    return "/api/rooms/" + room_ + "/tracks?name=" + one_of({"a.wav", "%E2%99%AA.mp3", "%FF", "", std::string(300, 'n')});
  return one_of(kTargets) + (chance(10) ? "?" + one_of({"a=b", "&&&", "x=%41", "%", std::string(9'000, 'q')}) : "");
}

std::string StrangeTraffic::request() {
  std::string text = one_of(kMethods) + " " + target() + " " + one_of(kVersions) + "\r\n";
  if (!chance(5)) text += "Host: localhost\r\n";
  for (size_t i = pick(4); i > 0; --i) text += one_of(kLines) + "\r\n";
  if (chance(2)) text += "Long: " + std::string(40'000, 'l') + "\r\n";
  const std::string body = chance(50) ? "" : chance(10) ? bytes(pick(20'000)) : one_of(kBodies);
  if (!body.empty() || chance(20)) text += "Content-Length: " + std::to_string(body.size() + (chance(5) ? 1 : 0)) + "\r\n";
  return text + "\r\n" + body;
}

std::string StrangeTraffic::handshake() {
  std::string text =
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: " +
      one_of({"13", "13", "13", "13", "13", "13", "13", "8", "", "x"}) + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  text += "Sec-WebSocket-Protocol: roundelay.1\r\n";
  if (chance(10)) text += one_of(kLines) + "\r\n";
  return text + "\r\n";
}

// One frame as a client sends it, or nearly.
std::string StrangeTraffic::frame(int first, const std::string& payload) {
  const bool masked = !chance(1);
  std::string text(1, static_cast<char>(chance(1) ? pick(256) : static_cast<size_t>(first)));
  const int bit = masked ? 0x80 : 0;
  const size_t length = payload.size();
  if (length < 126) {
    text += static_cast<char>(bit | static_cast<int>(length));
  } else if (length < 65'536) {
    text += {static_cast<char>(bit | 126), static_cast<char>(length >> 8), static_cast<char>(length)};
  } else {
    text += static_cast<char>(bit | 127);
    for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(length >> shift);
  }
  const std::string mask = masked ? bytes(4) : std::string(4, '\0');
  if (masked) text += mask;
  for (size_t i = 0; i < length; ++i) text += static_cast<char>(payload[i] ^ mask[i & 3]);
  return text;
}

std::string StrangeTraffic::message() {
  const bool text = chance(60);
  const std::string payload = text ? control_text() : voice();
  const int opcode = text ? 1 : 2;
  if (!chance(30)) return frame(0x80 | opcode, payload);
  std::string all;
  for (size_t at = 0, piece = 0; at < payload.size() || piece == 0; ++piece) {
    const size_t length = std::min(payload.size() - at, pick(payload.size() + 1));
    const bool last = at + length == payload.size();
    all += frame((last ? 0x80 : 0) | (piece == 0 ? opcode : 0), payload.substr(at, length));
    at += length;
    if (chance(20)) all += frame(chance(50) ? 0x89 : 0x8A, bytes(pick(10)));
    if (last) break;
  }
  return all;
}

std::string StrangeTraffic::control_text() {
  if (chance(5)) return std::string(pick(20'000), chance(50) ? '[' : 'x');
  if (chance(15))
    return R"({"type":"hello","version":1,"room":")" + room_ + R"(","name":"Fuzz","role":"listener","token":"forged"})";
  std::string text = one_of(kControl);
  if (chance(10)) spoil(text);
  return text;
}

std::string StrangeTraffic::voice() {
  if (chance(20)) return bytes(pick(7'000));
  std::string text{1, 0, static_cast<char>(1 + pick(8)), static_cast<char>(1 + pick(5))};
  text += chance(70) ? std::string("\x01\0\0\0", 4) : bytes(4);
  int64_t position = static_cast<int64_t>(random_() % 100'000'000) * 960;
  for (int i = 0; i < 8; ++i, position >>= 8) text += static_cast<char>(position);
  for (int i = 0; i < text[3]; ++i) {
    const size_t length = chance(30) ? 0 : pick(200);
    text += {static_cast<char>(length), 0};
    text += bytes(length);
  }
  return text;
}

std::string StrangeTraffic::frames() {
  std::string all;
  if (chance(70)) {
    all += frame(0x81, R"({"type":"hello","version":1,"room":")" + (chance(90) ? room_ : "nowhere") +
                           R"(","name":"Fuzz","role":"listener","bucket":)" + std::to_string(1 + pick(9)) + "}");
  }
  for (size_t i = pick(40); i > 0; --i) all += message();
  if (chance(5)) {  // a flood
    const std::string one = chance(50) ? frame(chance(50) ? 0x89 : 0x8A, bytes(pick(125))) : message();
    for (int i = 0; i < 3'000 && all.size() < 2'000'000; ++i) all += one;
  }
  if (chance(30)) all += frame(0x88, one_of({"", "\x03", "\x03\xE8", std::string("\x03\xE8") + "bye", "\x03\xED", bytes(20)}));
  return all;
}

void StrangeTraffic::spoil(std::string& text) {
  if (text.empty()) return;
  for (size_t i = 1 + pick(3); i > 0; --i) {
    const size_t at = pick(text.size());
    const size_t length = std::min(text.size() - at, 1 + pick(8));
    switch (pick(4)) {
      case 0:
        text[at] = static_cast<char>(random_());
        break;
      case 1:
        text.insert(at, bytes(length));
        break;
      case 2:
        text.insert(at, text.substr(at, length));
        break;
      default:
        text.erase(at, std::min(length, text.size() - 1));
        break;
    }
    if (text.empty()) return;
  }
}

}  // namespace roundelay::e2e
