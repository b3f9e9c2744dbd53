#include "server/singer/make_room.h"

#include <curl/curl.h>

#include <memory>
#include <nlohmann/json.hpp>

namespace roundelay {
namespace {

constexpr long kTimeoutMs = 10'000;
constexpr size_t kMaxAnswerBytes = 64 * 1024;

size_t take_answer(const char* bytes, size_t, size_t len, void* to) {
  auto& answer = *static_cast<std::string*>(to);
  if (answer.size() + len > kMaxAnswerBytes) return 0;
  answer.append(bytes, len);
  return len;
}

std::string address_of(const ServerUrl& url) {
  std::string out = url.tls ? "https://" : "http://";
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  out.append(is_ipv6 ? "[" : "").append(url.host).append(is_ipv6 ? "]" : "");
  // Beside the socket, which may be under a path: /sing/ws.
  const std::string base = url.path.substr(0, url.path.rfind('/') + 1);
  return out.append(":").append(std::to_string(url.port)).append(base).append("api/rooms");
}

std::string text_in(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

tl::expected<NewRoom, std::string> parse_answer(long status, const std::string& answer) {
  const auto json = nlohmann::json::parse(answer, nullptr, false);
  if (status != 201) {
    const std::string why = json.is_object() && json.contains("error") ? text_in(json["error"], "message") : std::string();
    return tl::unexpected("The room could not be made (HTTP " + std::to_string(status) + "). " + why);
  }
  NewRoom room{text_in(json, "room"), text_in(json, "key")};
  if (room.room.empty()) return tl::unexpected(std::string("The server made a room but did not say which."));
  return room;
}

}  // namespace

tl::expected<NewRoom, std::string> make_room(const ServerUrl& url, bool accept_self_signed, const RoomWish& wish) {
  nlohmann::json wanted = nlohmann::json::object();
  if (!wish.name.empty()) wanted["name"] = wish.name;
  if (wish.robots) wanted["robots"] = true;
  const std::string body = wanted.dump();
  const std::string address = address_of(url);

  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> request(curl_easy_init(), curl_easy_cleanup);
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"), curl_slist_free_all);
  if (!request || !headers) return tl::unexpected(std::string("The room could not be made: there is no memory left."));
  std::string answer;
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(request.get(), CURLOPT_URL, address.c_str());
  curl_easy_setopt(request.get(), CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(request.get(), CURLOPT_NOPROXY, "localhost,127.0.0.1,::1");
  curl_easy_setopt(request.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(request.get(), CURLOPT_TIMEOUT_MS, kTimeoutMs);
  curl_easy_setopt(request.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
  curl_easy_setopt(request.get(), CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(request.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(request.get(), CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(request.get(), CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(request.get(), CURLOPT_ERRORBUFFER, error);
  if (accept_self_signed) {
    curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYPEER, 0L);
    curl_easy_setopt(request.get(), CURLOPT_SSL_VERIFYHOST, 0L);
  }
  const CURLcode done = curl_easy_perform(request.get());
  if (done == CURLE_OPERATION_TIMEDOUT) return tl::unexpected(std::string("The server did not answer within 10 s."));
  if (done != CURLE_OK) {
    const std::string why = error[0] != '\0' ? error : curl_easy_strerror(done);
    return tl::unexpected("The room could not be made: " + why + ".");
  }
  long status = 0;
  curl_easy_getinfo(request.get(), CURLINFO_RESPONSE_CODE, &status);
  return parse_answer(status, answer);
}

}  // namespace roundelay
