// A request that the conductor answers: its reply is passed on as it is. Loop thread only.
#pragma once

#include "server/http/exchange.h"

namespace roundelay {

class ForwardedExchange : public Exchange {
 public:
  using Exchange::Exchange;
  // Asks the conductor.
  void forward(const nlohmann::json& message) { ask(message); }
  void on_reply(int status, nlohmann::json&& body) override { answer(request_, status, body); }
  void on_conductor_lost() override { answer(request_, 503, conductor_away()); }
};

}  // namespace roundelay
