#include "server/net/client_frames.h"

#include <gtest/gtest.h>

#include <string>

namespace roundelay::client_frames_test {
namespace {

using Kind = ClientFrames::Kind;
using Bytes = std::vector<uint8_t>;

// A masked frame; `first` is its first byte.
Bytes frame(int first, const std::string& payload, bool masked = true) {
  Bytes bytes{static_cast<uint8_t>(first)};
  const uint8_t bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    bytes.push_back(static_cast<uint8_t>(bit | payload.size()));
  } else {
    bytes.insert(bytes.end(), {static_cast<uint8_t>(bit | 126), static_cast<uint8_t>(payload.size() >> 8),
                               static_cast<uint8_t>(payload.size())});
  }
  const uint8_t mask[4] = {0x12, 0x34, 0x56, 0x78};
  if (masked) bytes.insert(bytes.end(), mask, mask + 4);
  for (size_t i = 0; i < payload.size(); ++i) bytes.push_back(static_cast<uint8_t>(payload[i] ^ (masked ? mask[i & 3] : 0)));
  return bytes;
}
Bytes operator+(Bytes one, const Bytes& other) {
  one.insert(one.end(), other.begin(), other.end());
  return one;
}

// What is read of it when it comes in pieces of this size: "kind:payload" or "kind:code", one word each.
std::string read(Bytes bytes, size_t piece = SIZE_MAX) {
  ClientFrames reader(100, 200);
  std::string result;
  for (size_t at = 0; at < bytes.size();) {
    const size_t length = std::min(piece, bytes.size() - at);
    reader.feed(std::span(bytes).subspan(at, length));
    at += length;
    while (const auto event = reader.next()) {
      const std::string text(event->payload.begin(), event->payload.end());
      switch (event->kind) {
        case Kind::kText:
          result += "text:" + text;
          break;
        case Kind::kBinary:
          result += "binary:" + text;
          break;
        case Kind::kPiece:
          result += "piece";
          break;
        case Kind::kPing:
          result += "ping:" + text;
          break;
        case Kind::kPong:
          result += "pong:" + text;
          break;
        case Kind::kClose:
          result += "close:" + std::to_string(event->code);
          break;
        case Kind::kFault:
          result += "fault:" + std::to_string(event->code);
          break;
      }
      result += ' ';
    }
  }
  return result;
}

TEST(ClientFrames, MessagesAreWholeHoweverTheyCome) {
  const Bytes bytes = frame(0x81, "one") + frame(0x82, std::string(150, 'b')) + frame(0x01, "he") + frame(0x89, "p") +
                      frame(0x00, "") + frame(0x80, "llo") + frame(0x8A, "") +
                      frame(0x88,
                            "\x03\xE8"
                            "bye");
  const std::string expected = "text:one binary:" + std::string(150, 'b') + " piece ping:p piece text:hello pong: close:1000 ";
  for (const size_t piece : {size_t{1}, size_t{2}, size_t{7}, size_t{100}, SIZE_MAX})
    EXPECT_EQ(read(bytes, piece), expected) << piece;
  EXPECT_EQ(read(frame(0x88, "")), "close:1005 ");
}

TEST(ClientFrames, APauseLosesNothing) {
  Bytes bytes = frame(0x81, "one") + frame(0x81, "two") + frame(0x81, "three");
  ClientFrames reader(100, 100);
  reader.feed(std::span(bytes).subspan(0, bytes.size() - 2));
  ASSERT_TRUE(reader.next());
  reader.pause();
  reader.feed({});
  EXPECT_EQ(reader.next()->payload.size(), 3U);
  reader.pause();
  reader.feed(std::span(bytes).last(2));
  EXPECT_EQ(reader.next()->payload.size(), 5U);
  EXPECT_FALSE(reader.next());
}

TEST(ClientFrames, WhatRfc6455ForbidsIsAFault) {
  EXPECT_EQ(read(frame(0x81, "clear", false)), "fault:1002 ");
  EXPECT_EQ(read(frame(0x89, "clear", false)), "fault:1002 ");
  EXPECT_EQ(read(frame(0xC1, "reserved bit")), "fault:1002 ");
  EXPECT_EQ(read(frame(0x83, "unknown")), "fault:1002 ");
  EXPECT_EQ(read(frame(0x8B, "unknown")), "fault:1002 ");
  EXPECT_EQ(read(frame(0x09, "ping in pieces")), "fault:1002 ");
  EXPECT_EQ(read(frame(0x89, std::string(126, 'p'))), "fault:1002 ");
  EXPECT_EQ(read(frame(0x80, "no beginning")), "fault:1002 ");
  EXPECT_EQ(read(frame(0x01, "a") + frame(0x81, "b")), "piece fault:1002 ");
  EXPECT_EQ(read(frame(0x88, "x")), "fault:1002 ");
  EXPECT_EQ(read({0x81, 0xFE, 0, 5, 0, 0, 0, 0, 1, 2, 3, 4, 5}), "fault:1002 ") << "a length that is written too long";
  EXPECT_EQ(read(frame(0x81, "clear", false) + frame(0x81, "after")), "fault:1002 ") << "nothing follows";
}

TEST(ClientFrames, ACloseCodeThatMayNotBeSaidIsAFault) {
  const auto close = [](int code, const std::string& reason = {}) {
    return read(frame(0x88, std::string{static_cast<char>(code >> 8), static_cast<char>(code)} + reason));
  };
  for (const int code : {1000, 1001, 1003, 1007, 1014, 3000, 4999})
    EXPECT_EQ(close(code, "bye"), "close:" + std::to_string(code) + " ");
  for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535}) EXPECT_EQ(close(code), "fault:1002 ") << code;
  EXPECT_EQ(close(1000, "\xC0\xAF"), "fault:1007 ");
}

TEST(ClientFrames, TextThatIsNotUtf8IsAFault) {
  EXPECT_EQ(read(frame(0x81, "\xCE\xBA")), "text:\xCE\xBA ");
  EXPECT_EQ(read(frame(0x01, "\xCE") + frame(0x80, "\xBA")), "piece text:\xCE\xBA ") << "a letter may be cut in two";
  for (const char* broken : {"\xFF", "\xCE", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    EXPECT_EQ(read(frame(0x81, broken)), "fault:1007 ");
    EXPECT_EQ(read(frame(0x01, "a") + frame(0x80, broken)), "piece fault:1007 ");
    EXPECT_EQ(read(frame(0x82, broken)), std::string("binary:") + broken + " ");
  }
}

TEST(ClientFrames, WhatIsTooLargeIsRefusedBeforeItHasCome) {
  EXPECT_EQ(read(frame(0x81, std::string(101, 'x'))), "fault:1009 ");
  EXPECT_EQ(read(frame(0x01, std::string(60, 'x')) + frame(0x80, std::string(60, 'x'))), "piece fault:1009 ");
  EXPECT_EQ(read({0x82, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0}), "fault:1009 ");
}

}  // namespace
}  // namespace roundelay::client_frames_test
