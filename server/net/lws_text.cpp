#include "server/net/lws_text.h"

#include <array>

namespace roundelay {

std::string header(lws* wsi, lws_token_indexes token) {
  const int length = lws_hdr_total_length(wsi, token);
  if (length <= 0) return {};
  std::string value(static_cast<size_t>(length) + 1, '\0');
  const int copied = lws_hdr_copy(wsi, value.data(), length + 1, token);
  value.resize(copied > 0 ? static_cast<size_t>(copied) : 0);
  return value;
}

// lws has split them at '&' and decoded each.
std::vector<std::string> query_arguments(lws* wsi) {
  std::vector<std::string> arguments;
  std::array<char, 4096> buffer{};
  for (int i = 0;; ++i) {
    const int length = lws_hdr_copy_fragment(wsi, buffer.data(), static_cast<int>(buffer.size()), WSI_TOKEN_HTTP_URI_ARGS, i);
    if (length <= 0) return arguments;
    arguments.emplace_back(buffer.data(), static_cast<size_t>(length));
  }
}

std::string peer_address(lws* wsi) {
  std::array<char, 64> name{};
  lws_get_peer_simple(wsi, name.data(), name.size());
  return name.data();
}

}  // namespace roundelay
