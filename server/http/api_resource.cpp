#include "server/http/api_resource.h"

#include "server/wire/link/http.h"

namespace roundelay {
namespace {

class ApiExchange final : public ForwardedExchange {
 public:
  using ForwardedExchange::ForwardedExchange;

  void begin() {
    const bool posts = request_.method == HttpRequest::Method::kPost;
    if (posts && request_.content_length > 0) return;  // its body comes first
    send(posts ? "POST" : request_.method == HttpRequest::Method::kDelete ? "DELETE" : "GET", nullptr);
  }
  void on_body(std::span<const uint8_t> piece) override {
    body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  void on_body_end() override {
    auto body = nlohmann::json::parse(body_, nullptr, false);
    if (body.is_discarded()) return answer(request_, 400, error_body("bad_message", "The body must be JSON."));
    send("POST", std::move(body));
  }

 private:
  void send(const char* method, nlohmann::json body) {
    link::Http http{
        .request = id_, .method = method, .path = request_.path, .address = request_.address, .body = std::move(body)};
    ask(std::move(http).to_json());
  }

  std::string body_;
};

}  // namespace

void answer_api(HttpRequest& request, Exchanges& exchanges) {
  exchanges.make<ApiExchange>(request).begin();
}

}  // namespace roundelay
