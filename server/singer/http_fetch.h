// One HTTP request over libcurl, and its answer. Blocks; not for a loop.
#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace roundelay {

struct HttpFetch {
  std::string url;
  std::optional<std::string> json = {};  // sent with POST; nothing: GET
  bool any_certificate = false;          // do not check it
  bool any_proxy = true;                 // that the environment names, but for addresses of this machine; false: none
  long timeout_ms = 10'000;
};

struct FetchedAnswer {
  long status = 0;
  std::string body;  // 64 KiB at most
};

struct FetchFailure {
  bool timed_out = false;
  std::string why;  // as libcurl says it, without a full stop
};

[[nodiscard]] tl::expected<FetchedAnswer, FetchFailure> fetch(const HttpFetch& wanted);

}  // namespace roundelay
