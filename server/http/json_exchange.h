// A request under /api/ whose body, if it has one, is JSON: it is collected, parsed and asked of the conductor. Loop thread only.
#pragma once

#include <string>
#include <utility>

#include "server/http/forwarded_exchange.h"

namespace roundelay {

class JsonExchange : public ForwardedExchange {
 public:
  using ForwardedExchange::ForwardedExchange;

  void begin();
  void on_body(std::span<const uint8_t> piece) final;
  void on_body_end() final;

 protected:
  // Asks the conductor; `body` is null where none came.
  virtual void send(const char* method, nlohmann::json body) = 0;

 private:
  std::string body_;
};

}  // namespace roundelay
