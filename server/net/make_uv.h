// Makes a libuv handle that closes and frees itself (server/net/uv_handle.h).
#pragma once

#include <memory>
#include <utility>

#include "server/net/uv_handle.h"

namespace roundelay {

// A handle that `init(Handle*)` has made, or null if it returned an error (libuv has not registered it then).
template <typename Handle, typename Init>
[[nodiscard]] UvHandle<Handle> make_uv(void* data, Init&& init) {
  auto raw = std::make_unique<Handle>();
  if (std::forward<Init>(init)(raw.get()) != 0) return nullptr;
  raw->data = data;
  return UvHandle<Handle>(raw.release());
}

}  // namespace roundelay
