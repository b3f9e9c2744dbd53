// Writing to a libuv stream what the kernel takes now, without a turn of the loop for it.
#pragma once

#include <uv.h>

#include <algorithm>
#include <string_view>

namespace roundelay {

// How many of `bytes` have gone; the rest is for uv_write, which also tells of errors. None while something is queued before
// them.
[[nodiscard]] inline size_t write_at_once(uv_stream_t* stream, std::string_view bytes) {
  // uv_try_write(3) only reads.
  const uv_buf_t buffer = uv_buf_init(const_cast<char*>(bytes.data()), static_cast<unsigned>(bytes.size()));
  return static_cast<size_t>(std::max(0, uv_try_write(stream, &buffer, 1)));
}

}  // namespace roundelay
