#include "tests/server/render/made_logs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace roundelay::test {

std::vector<std::vector<uint8_t>> packets_of(const std::vector<float>& mono, const EncoderSettings& settings) {
  BlockEncoder encoder(settings);
  const auto channels = static_cast<size_t>(settings.channels);
  const auto delay = static_cast<size_t>(encoder.delay_samples()) * channels;
  const size_t block = kOpusBlock * channels;
  std::vector<std::vector<uint8_t>> packets;
  for (size_t at = 0; at + block <= mono.size(); at += block) {
    std::vector<float> in(block, 0.0F);
    for (size_t i = 0; i < block && at + delay + i < mono.size(); ++i) in[i] = mono[at + delay + i];
    std::vector<uint8_t> packet(kMaxPacketBytes);
    packet.resize(static_cast<size_t>(encoder.encode(in, packet)));
    packets.push_back(packet);
  }
  return packets;
}

std::vector<float> decoded(const std::vector<std::vector<uint8_t>>& packets, int channels) {
  BlockDecoder decoder(channels);
  const auto block = static_cast<size_t>(kOpusBlock * channels);
  std::vector<float> out(packets.size() * block);
  for (size_t i = 0; i < packets.size(); ++i) EXPECT_TRUE(decoder.decode(packets[i], std::span(out).subspan(i * block, block)));
  return out;
}

MadeLog::MadeLog(const wire::SongRecord& song) {
  bytes_.resize(wire::kRecordMagic.size());
  EXPECT_GT(wire::write_record_magic(bytes_), 0U);
  add(song);
}

void MadeLog::write(const std::filesystem::path& file) const {
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes_.data()), static_cast<std::streamsize>(bytes_.size()));
}

MadeFolder::MadeFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "recording-XXXXXX").string();
  EXPECT_NE(mkdtemp(name.data()), nullptr);
  path_ = name;
}

MadeFolder::~MadeFolder() {
  std::error_code none;
  std::filesystem::remove_all(path_, none);
}

std::vector<uint8_t> content_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace roundelay::test
