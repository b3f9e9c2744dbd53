// Fuzz target: the heads of requests, with the ranges they ask for, and the frames of WebSockets, as strangers send them.
// Whatever comes: the same result in one piece as byte by byte.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "server/base/ip_address.h"
#include "server/net/byte_range.h"
#include "server/net/client_frames.h"
#include "server/net/forwarded.h"
#include "server/net/http_head.h"
#include "server/net/origin.h"
#include "server/net/websocket_handshake.h"

namespace {

using roundelay::ClientFrames;

std::string read(std::span<const uint8_t> bytes, size_t piece) {
  std::vector<uint8_t> copy(bytes.begin(), bytes.end());
  ClientFrames reader(300, 200);
  std::string told;
  for (size_t at = 0; at < copy.size(); at += piece) {
    reader.feed(std::span(copy).subspan(at, std::min(piece, copy.size() - at)));
    while (const auto event = reader.next()) {
      if (event->payload.size() > 300) std::abort();
      told += std::to_string(static_cast<int>(event->kind)) + "," + std::to_string(event->code) + ",";
      told.append(event->payload.begin(), event->payload.end());
    }
  }
  return told;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 20'000) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto length = roundelay::head_length(text)) {
    if (*length > size) std::abort();
    if (const auto head = roundelay::parse_head(text.substr(0, *length))) {
      if (head->content_length < -1 || head->path.find('\n') != std::string::npos) std::abort();
      if (roundelay::wants_websocket(*head)) (void)roundelay::websocket_answer(*head);
      (void)roundelay::is_own_origin(head->field("origin"), head->field("host"));
      for (const int64_t bytes : {int64_t{0}, int64_t{1}, int64_t{1} << 40}) {
        const auto part = roundelay::range_answer(head->field("range"), head->field("if-range"), "\"a\"", bytes);
        const bool all = part.status == 200 && part.first == 0 && part.bytes == bytes;
        const bool some = part.status == 206 && part.first >= 0 && part.bytes > 0 && part.bytes <= bytes - part.first;
        if (!all && !some && part.status != 416) std::abort();
      }
      (void)roundelay::etag_is_known(head->field("if-none-match"), "\"a\"");
      const auto trusted = roundelay::AddressList::parse("127.0.0.1, 10.0.0.0/8, 2001:db8::/32");
      const std::string address = roundelay::asker_of("127.0.0.1", *head, *trusted).address;
      if (!roundelay::IpAddress::parse(address)) std::abort();
      if (roundelay::asker_of("192.0.2.1", *head, *trusted).address != "192.0.2.1") std::abort();
    }
  }
  if (read({data, size}, size + 1) != read({data, size}, 1)) std::abort();
  return 0;
}
