#include "server/singer/make_room.h"

#include <nlohmann/json.hpp>

#include "server/singer/http_fetch.h"

namespace roundelay {
namespace {

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
  const auto answer = fetch({.url = address_of(url), .json = wanted.dump(), .any_certificate = accept_self_signed});
  if (answer) return parse_answer(answer->status, answer->body);
  if (answer.error().timed_out) return tl::unexpected(std::string("The server did not answer within 10 s."));
  return tl::unexpected("The room could not be made: " + answer.error().why + ".");
}

}  // namespace roundelay
