// What lies under /api/ and is the conductor's to answer: it gets the method, the path and the body as JSON. Loop thread only.
#pragma once

#include <string>

#include "server/http/exchanges.h"

namespace roundelay {

// Passes the conductor's reply on as it is.
class ForwardedExchange : public Exchange {
 public:
  using Exchange::Exchange;
  // Asks the conductor.
  void forward(const nlohmann::json& message) { ask(message); }
  void on_reply(int status, const nlohmann::json& body) override { answer(request_, status, body); }
  void on_conductor_lost() override { answer(request_, 503, conductor_away()); }
};

void answer_api(HttpRequest& request, Exchanges& exchanges);

}  // namespace roundelay
