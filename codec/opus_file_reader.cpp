#include "codec/opus_file_reader.h"

#include <ogg/ogg.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

namespace roundelay {
namespace {

constexpr long kOpusReadBytes = 1 << 14;
constexpr long kOpusHeadBytes = 19;

}  // namespace

struct OpusFileReader::Ogg {
  Ogg() { ogg_sync_init(&sync); }
  ~Ogg() {
    if (has_stream) ogg_stream_clear(&stream);
    ogg_sync_clear(&sync);
  }
  Ogg(const Ogg&) = delete;
  Ogg& operator=(const Ogg&) = delete;

  ogg_sync_state sync{};
  ogg_stream_state stream{};
  bool has_stream = false;
};

OpusFileReader::OpusFileReader(int fd) : fd_(fd), ogg_(std::make_unique<Ogg>()) {}

OpusFileReader::~OpusFileReader() = default;

std::unique_ptr<OpusFileReader> OpusFileReader::open(int fd) {
  std::unique_ptr<OpusFileReader> reader(new OpusFileReader(fd));  // private constructor
  const auto head = reader->next();
  if (!head || head->size() < kOpusHeadBytes || std::memcmp(head->data(), "OpusHead", 8) != 0) return nullptr;
  reader->head_.channels = (*head)[9];
  reader->head_.pre_skip = (*head)[10] | (*head)[11] << 8;
  if (reader->head_.channels != 1 && reader->head_.channels != 2) return nullptr;
  const auto tags = reader->next();
  if (!tags || tags->size() < 8 || std::memcmp(tags->data(), "OpusTags", 8) != 0) return nullptr;
  return reader;
}

bool OpusFileReader::read_page() {
  ogg_page page{};
  while (ogg_sync_pageout(&ogg_->sync, &page) != 1) {
    char* buffer = ogg_sync_buffer(&ogg_->sync, kOpusReadBytes);
    if (buffer == nullptr) return false;
    ssize_t n = 0;
    do {
      n = pread(fd_, buffer, kOpusReadBytes, at_);
    } while (n < 0 && errno == EINTR);
    if (n <= 0) return false;
    at_ += n;
    ogg_sync_wrote(&ogg_->sync, n);
  }
  if (!ogg_->has_stream) {
    if (ogg_stream_init(&ogg_->stream, ogg_page_serialno(&page)) != 0) return false;
    ogg_->has_stream = true;
  }
  if (ogg_page_granulepos(&page) >= 0) granule_ = ogg_page_granulepos(&page);
  ended_ = ogg_page_eos(&page) != 0;
  return ogg_stream_pagein(&ogg_->stream, &page) == 0;
}

std::optional<std::span<const uint8_t>> OpusFileReader::next() {
  ogg_packet packet{};
  for (;;) {
    const int result = ogg_->has_stream ? ogg_stream_packetout(&ogg_->stream, &packet) : 0;
    if (result == 1) return std::span<const uint8_t>(packet.packet, static_cast<size_t>(packet.bytes));
    if (result < 0 || !read_page()) return std::nullopt;
  }
}

}  // namespace roundelay
