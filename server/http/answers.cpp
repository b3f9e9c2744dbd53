#include "server/http/answers.h"

#include <charconv>

namespace roundelay {

nlohmann::json error_body(const std::string& code, const std::string& message) {
  return {{"error", {{"code", code}, {"message", message}}}};
}

nlohmann::json error_body(const std::string& code, const Sentence& said) {
  nlohmann::json out = error_body(code, said.text);
  put_sentence(said.code, said.values, out["error"]);
  return out;
}

nlohmann::json conductor_away() {
  return error_body("busy", phrase("server_is_restarting"));
}

HttpResponse json_response(int status, const nlohmann::json& body) {
  HttpResponse response;
  response.status = status;
  response.body = std::make_shared<const std::string>(body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
  return response;
}

void answer(HttpRequest& request, int status, const nlohmann::json& body, bool close) {
  HttpResponse response = json_response(status, body);
  response.close = close;
  request.respond(std::move(response));
}

std::string argument(const std::vector<std::string>& arguments, const std::string& name) {
  for (const std::string& each : arguments) {
    if (each.starts_with(name + "=")) return each.substr(name.size() + 1);
  }
  return {};
}

int64_t number_argument(const HttpRequest& request, const char* name) {
  const std::string text = argument(request.arguments, name);
  int64_t number = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : -1;
}

std::string token_of(const HttpRequest& request) {
  constexpr std::string_view kBearer = "bearer ";
  const std::string scheme = in_small_letters(request.authorization.substr(0, kBearer.size()));
  return scheme == kBearer ? request.authorization.substr(kBearer.size()) : std::string();
}

}  // namespace roundelay
