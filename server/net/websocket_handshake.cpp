#include "server/net/websocket_handshake.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>

namespace roundelay {

namespace {

using Fault = tl::unexpected<HttpFault>;

// 16 bytes in base64.
bool is_key(std::string_view key) {
  std::array<unsigned char, 18> decoded{};
  return key.size() == 24 && key.ends_with("==") && key[21] != '=' &&
         EVP_DecodeBlock(decoded.data(), reinterpret_cast<const unsigned char*>(key.data()), 24) == 18;
}

std::string accept_value(std::string_view key) {
  const std::string text = std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, SHA_DIGEST_LENGTH> hash{};
  SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  std::array<unsigned char, 29> encoded{};
  const int length = EVP_EncodeBlock(encoded.data(), hash.data(), static_cast<int>(hash.size()));
  return {reinterpret_cast<const char*>(encoded.data()), static_cast<size_t>(length)};
}

}  // namespace

bool wants_websocket(const HttpHead& head) {
  return head.method == "GET" && head.lists("upgrade", "websocket");
}

tl::expected<std::string, HttpFault> websocket_answer(const HttpHead& head, const std::string& path) {
  if (head.path != path) {
    HttpFault elsewhere{.status = 404, .code = "not_found", .message = "The WebSocket is at "};
    elsewhere.message.append(path).append(".");
    return Fault(std::move(elsewhere));
  }
  if (!head.lists("connection", "upgrade"))
    return Fault(HttpFault{.message = "A WebSocket begins with the headers Upgrade: websocket and Connection: Upgrade."});
  if (head.field("sec-websocket-version") != "13") {
    return Fault(HttpFault{.status = 426,
                           .code = "bad_version",
                           .message = "This server speaks version 13 of the WebSocket protocol.",
                           .more_headers = "upgrade: websocket\r\nsec-websocket-version: 13\r\n"});
  }
  const std::string_view key = head.field("sec-websocket-key");
  if (!is_key(key)) return Fault(HttpFault{.message = "The header Sec-WebSocket-Key must hold 16 bytes in base64."});
  if (!head.lists("sec-websocket-protocol", kSubProtocol))
    return Fault(HttpFault{.code = "bad_version", .message = "This server speaks the WebSocket sub-protocol roundelay.1."});
  return "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: " +
         accept_value(key) + "\r\nsec-websocket-protocol: " + kSubProtocol + "\r\n\r\n";
}

}  // namespace roundelay
