// A request that is not answered at once: what becomes of its body, of the conductor's reply, and when it goes. Loop thread only.
#pragma once

#include <cstdint>
#include <span>

#include <nlohmann/json.hpp>

#include "server/http/answers.h"
#include "server/http/conductor_line.h"
#include "server/net/http_request.h"

namespace roundelay {

class Exchange {
 public:
  // `id`: what the conductor calls it.
  Exchange(uint64_t id, HttpRequest& request, ConductorLine& conductor) : id_(id), request_(request), conductor_(conductor) {}
  virtual ~Exchange() = default;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  [[nodiscard]] uint64_t id() const { return id_; }
  [[nodiscard]] HttpRequest& request() { return request_; }

  // Of these, none is called once the request is answered, but for on_gone().
  virtual void on_body(std::span<const uint8_t> /*piece*/) {}
  virtual void on_body_end() {}
  virtual void on_reply(int status, nlohmann::json&& body) = 0;
  virtual void on_conductor_lost() = 0;
  virtual void on_gone() {}  // the last call: answered and sent, or broken off

 protected:
  // Its answer comes as on_reply(); 503 at once if the conductor does not take it.
  void ask(const nlohmann::json& message) {
    if (!conductor_.ask(message)) answer(request_, 503, conductor_away());
  }

  const uint64_t id_;
  HttpRequest& request_;
  ConductorLine& conductor_;
};

}  // namespace roundelay
