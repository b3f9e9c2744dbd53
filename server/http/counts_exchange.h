// A request whose answer holds what the conductor counts, where it tells it in time. Loop thread only.
#pragma once

#include "mixer/segment.h"
#include "server/http/exchange.h"
#include "server/wire/link/counts.h"
#include "server/wire/link/http.h"

namespace roundelay {

// on_conductor_lost() answers without the counts.
class CountsExchange : public Exchange {
 public:
  CountsExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, const Segment& segment)
      : Exchange(id, request, conductor), segment_(segment) {}

  void begin() {
    link::Http counts{.request = id_, .method = "GET", .path = link::Counts::kPath, .address = request_.address, .body = nullptr};
    if (!conductor_.ask(std::move(counts).to_json())) on_conductor_lost();
  }

 protected:
  const Segment& segment_;
};

}  // namespace roundelay
