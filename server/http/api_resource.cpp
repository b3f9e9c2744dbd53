#include "server/http/api_resource.h"

#include <utility>

#include "server/http/json_exchange.h"
#include "server/wire/link/http.h"

namespace roundelay {
namespace {

class ApiExchange final : public JsonExchange {
 public:
  using JsonExchange::JsonExchange;

 private:
  void send(const char* method, nlohmann::json body) override {
    link::Http http{
        .request = id_, .method = method, .path = request_.path, .address = request_.address, .body = std::move(body)};
    ask(std::move(http).to_json());
  }
};

}  // namespace

void answer_api(HttpRequest& request, Exchanges& exchanges) {
  exchanges.make<ApiExchange>(request).begin();
}

}  // namespace roundelay
