// The requests under way, by the number that the conductor calls them by. Loop thread only.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>

#include "server/http/exchange.h"
#include "server/wire/link/reply.h"

namespace roundelay {

class Exchanges {
 public:
  Exchanges(int shard, ConductorLine& conductor) : shard_(shard), conductor_(conductor) {}
  ~Exchanges();  // those under way are gone
  Exchanges(const Exchanges&) = delete;
  Exchanges& operator=(const Exchanges&) = delete;

  // An exchange of this kind for the request; `more` follow what every exchange is made of.
  template <typename Kind, typename... More>
  Kind& make(HttpRequest& request, More&&... more) {
    const uint64_t id = (uint64_t{static_cast<unsigned>(shard_)} << 40) + next_id_++;
    auto made = std::make_unique<Kind>(id, request, conductor_, std::forward<More>(more)...);
    Kind& exchange = *made;
    request.user = made.get();
    all_[id] = std::move(made);
    return exchange;
  }

  void on_body(HttpRequest& request, std::span<const uint8_t> piece);
  void on_body_end(HttpRequest& request);
  // The request's exchange is one of these.
  [[nodiscard]] bool hold(const HttpRequest& request) const;
  void on_request_gone(HttpRequest& request);
  // False: it belongs to none of these, and nothing was taken out of it.
  bool on_reply(link::Reply&& reply);
  void on_conductor_lost();

 private:
  // Null if the request has none, or is answered.
  [[nodiscard]] static Exchange* open_of(HttpRequest& request);

  int shard_;
  ConductorLine& conductor_;
  uint64_t next_id_ = 1;
  std::map<uint64_t, std::unique_ptr<Exchange>> all_;
};

}  // namespace roundelay
