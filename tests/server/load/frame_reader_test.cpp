#include "server/load/frame_reader.h"

#include <gtest/gtest.h>

#include <string>

namespace roundelay::frame_reader_test {
namespace {

// A server's frame.
std::string frame(int opcode, const std::string& payload) {
  std::string bytes(1, static_cast<char>(0x80 | opcode));
  if (payload.size() < 126) {
    bytes += static_cast<char>(payload.size());
  } else if (payload.size() < 65'536) {
    bytes += static_cast<char>(126);
    bytes += static_cast<char>(payload.size() >> 8);
    bytes += static_cast<char>(payload.size());
  } else {
    bytes += static_cast<char>(127);
    for (int i = 7; i >= 0; --i) bytes += static_cast<char>(payload.size() >> (8 * i));
  }
  return bytes + payload;
}

std::span<const uint8_t> view(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

struct Taken {
  std::vector<std::pair<Opcode, std::string>> frames;
  void operator()(const Frame& f) { frames.emplace_back(f.opcode, std::string(f.payload.begin(), f.payload.end())); }
};

TEST(FrameReader, CutsFramesOfAllLengthsWhereverThePiecesEnd) {
  const std::vector<std::pair<Opcode, std::string>> expected = {{Opcode::kText, "{}"},
                                                                {Opcode::kPing, ""},
                                                                {Opcode::kBinary, std::string(125, 'a')},
                                                                {Opcode::kBinary, std::string(126, 'b')},
                                                                {Opcode::kBinary, std::string(1000, 'c')},
                                                                {Opcode::kText, std::string(70'000, 'd')},
                                                                {Opcode::kClose, "\x03\xE8"}};
  std::string stream;
  for (const auto& [opcode, payload] : expected) stream += frame(static_cast<int>(opcode), payload);
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{1'000}, stream.size()}) {
    FrameReader reader;
    Taken taken;
    for (size_t at = 0; at < stream.size(); at += piece) {
      ASSERT_TRUE(reader.feed(view(std::string_view(stream).substr(at, piece)), taken));
    }
    EXPECT_EQ(taken.frames, expected) << "pieces of " << piece;
  }
}

TEST(FrameReader, RefusesWhatNoServerSends) {
  Taken taken;
  FrameReader masked;
  EXPECT_FALSE(masked.feed(view(client_frame(Opcode::kText, "{}")), taken));
  FrameReader too_long;
  EXPECT_FALSE(too_long.feed(view(std::string("\x82\x7F\x00\x00\x01\x00\x00\x00\x00\x00", 10)), taken));
  EXPECT_TRUE(taken.frames.empty());
}

TEST(FrameReader, ClientFramesAreMaskedAndWhole) {
  EXPECT_EQ(client_frame(Opcode::kPong, "ab"), std::string("\x8A\x82\0\0\0\0ab", 8));
  const std::string longer = client_frame(Opcode::kText, std::string(300, 'x'));
  EXPECT_EQ(longer.substr(0, 4), std::string("\x81\xFE\x01\x2C", 4));
  EXPECT_EQ(longer.size(), 8U + 300);
}

}  // namespace
}  // namespace roundelay::frame_reader_test
