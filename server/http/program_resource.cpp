#include "server/http/program_resource.h"

#include <memory>
#include <utility>

#include "server/http/json_exchange.h"
#include "server/wire/control/fields.h"
#include "server/wire/link/http.h"

namespace roundelay {
namespace {

// Each ends with an empty line; the first line says that whoever reads them may come again at once.
std::string as_server_sent(const nlohmann::json& events) {
  std::string out = "retry: 0\n\n";
  for (const nlohmann::json& event : events) {
    out.append("id: ").append(std::to_string(integer_field(event, "id", 0, kMaxNumber).value));
    out.append("\nevent: ").append(text_field(event, "event").value);
    out.append("\ndata: ").append(event.at("data").dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)).append("\n\n");
  }
  return out;
}

class ProgramExchange final : public JsonExchange {
 public:
  using JsonExchange::JsonExchange;

  void on_reply(int status, nlohmann::json&& body) override {
    const nlohmann::json* events = status == 200 ? find_field(body, "events") : nullptr;
    HttpResponse response = json_response(status, body);
    if (events != nullptr) {
      response.content_type = "text/event-stream";
      response.body = std::make_shared<const std::string>(as_server_sent(*events));
    }
    request_.respond(std::move(response));
  }

 private:
  void send(const char* method, nlohmann::json body) override {
    std::string after = argument(request_.arguments, "after");
    if (after.empty()) after = request_.last_event_id;
    link::Http http{.request = id_,
                    .method = method,
                    .path = request_.path,
                    .address = request_.address,
                    .body = std::move(body),
                    .token = token_of(request_),
                    .after = std::move(after)};
    ask(std::move(http).to_json());
  }
};

}  // namespace

void answer_program(HttpRequest& request, Exchanges& exchanges) {
  exchanges.make<ProgramExchange>(request).begin();
}

void answer_openapi(HttpRequest& request, const char* text) {
  HttpResponse response;
  response.body = std::make_shared<const std::string>(text);
  request.respond(std::move(response));
}

}  // namespace roundelay
