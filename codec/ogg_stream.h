// What libogg keeps of a stream that is being written; freed with its owner.
#pragma once

#include <ogg/ogg.h>

#include <cstdint>
#include <new>

namespace roundelay {

struct OggStream {
  explicit OggStream(uint32_t serial) {
    if (ogg_stream_init(&stream, static_cast<int>(serial)) != 0) throw std::bad_alloc();
  }
  ~OggStream() { ogg_stream_clear(&stream); }
  OggStream(const OggStream&) = delete;
  OggStream& operator=(const OggStream&) = delete;

  ogg_stream_state stream{};
  int64_t packets = 0;
};

}  // namespace roundelay
