// Owns a libuv handle: closes it when it goes out of scope and frees it in the close callback, as libuv demands.
// Loop thread only; the loop must run once more after the owner is gone.
#pragma once

#include <uv.h>

#include <memory>

namespace roundelay {

template <typename Handle>
struct CloseUvHandle {
  void operator()(Handle* handle) const {
    uv_close(reinterpret_cast<uv_handle_t*>(handle), [](uv_handle_t* h) { delete reinterpret_cast<Handle*>(h); });
  }
};

// Make the handle with new, initialise it with its uv_..._init, then hand it over.
template <typename Handle>
using UvHandle = std::unique_ptr<Handle, CloseUvHandle<Handle>>;

template <typename Handle>
inline uv_handle_t* as_handle(const UvHandle<Handle>& handle) {
  return reinterpret_cast<uv_handle_t*>(handle.get());
}
template <typename Handle>
inline uv_stream_t* as_stream(const UvHandle<Handle>& handle) {
  return reinterpret_cast<uv_stream_t*>(handle.get());
}

}  // namespace roundelay
