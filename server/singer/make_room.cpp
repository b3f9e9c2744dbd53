#include "server/singer/make_room.h"

#include <cstring>
#include <nlohmann/json.hpp>

#include "server/singer/lws_callbacks.h"

namespace roundelay {
namespace {

constexpr int64_t kTimeoutMs = 10'000;
constexpr size_t kMaxAnswerBytes = 64 * 1024;

struct Request {
  ClientLoop& loop;
  std::string body;
  unsigned status = 0;
  std::string answer;
  std::string error;  // of the connection
  bool done = false;

  void end() {
    done = true;
    loop.stop();
  }
};

bool add_header(lws* wsi, const char* name, const std::string& value, unsigned char** at, unsigned char* end) {
  return lws_add_http_header_by_name(wsi, reinterpret_cast<const unsigned char*>(name),
                                     reinterpret_cast<const unsigned char*>(value.data()), static_cast<int>(value.size()), at,
                                     end) == 0;
}

int write_body(lws* wsi, const std::string& body) {
  std::string buffer(LWS_PRE, '\0');
  buffer += body;
  lws_client_http_body_pending(wsi, 0);
  auto* bytes = reinterpret_cast<unsigned char*>(buffer.data()) + LWS_PRE;
  return lws_write(wsi, bytes, body.size(), LWS_WRITE_HTTP_FINAL) < 0 ? -1 : 0;
}

int read_answer(lws* wsi) {
  char buffer[LWS_PRE + 4096];
  char* at = buffer + LWS_PRE;
  int len = 4096;
  return lws_http_client_read(wsi, &at, &len) < 0 ? -1 : 0;
}

tl::expected<NewRoom, std::string> parse_answer(const Request& request) {
  if (!request.done) return tl::unexpected(std::string("The server did not answer within 10 s."));
  if (request.status == 0) return tl::unexpected("The room could not be made: " + request.error + ".");
  const auto json = nlohmann::json::parse(request.answer, nullptr, false);
  const auto text = [](const nlohmann::json& in, const char* name) {
    const auto found = in.is_object() ? in.find(name) : in.end();
    return in.is_object() && found != in.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (request.status != 201) {
    const std::string why = json.is_object() && json.contains("error") ? text(json["error"], "message") : std::string();
    return tl::unexpected("The room could not be made (HTTP " + std::to_string(request.status) + "). " + why);
  }
  NewRoom room{text(json, "room"), text(json, "key")};
  if (room.room.empty()) return tl::unexpected(std::string("The server made a room but did not say which."));
  return room;
}

}  // namespace

int http_callback(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t len) {
  auto* request = static_cast<Request*>(user);
  if (request == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_CLIENT_APPEND_HANDSHAKE_HEADER: {
      auto** at = static_cast<unsigned char**>(in);
      unsigned char* end = *at + len;
      if (!add_header(wsi, "content-type:", "application/json", at, end) ||
          !add_header(wsi, "content-length:", std::to_string(request->body.size()), at, end)) {
        return -1;
      }
      lws_client_http_body_pending(wsi, 1);
      lws_callback_on_writable(wsi);
      return 0;
    }
    case LWS_CALLBACK_CLIENT_HTTP_WRITEABLE:
      return write_body(wsi, request->body);
    case LWS_CALLBACK_ESTABLISHED_CLIENT_HTTP:
      request->status = lws_http_client_http_response(wsi);
      return 0;
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP:
      return read_answer(wsi);
    case LWS_CALLBACK_RECEIVE_CLIENT_HTTP_READ:
      if (request->answer.size() + len > kMaxAnswerBytes) return -1;
      request->answer.append(static_cast<const char*>(in), len);
      return 0;
    case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
      request->error = in != nullptr ? std::string(static_cast<const char*>(in), len) : "no connection";
      request->end();
      return 0;
    case LWS_CALLBACK_COMPLETED_CLIENT_HTTP:
      request->end();
      return -1;
    case LWS_CALLBACK_CLOSED_CLIENT_HTTP:
      if (!request->done) request->end();
      return 0;
    default:
      return 0;
  }
}

tl::expected<NewRoom, std::string> make_room(ClientLoop& loop, const ServerUrl& url, bool accept_self_signed,
                                             const RoomWish& wish) {
  nlohmann::json body = nlohmann::json::object();
  if (!wish.name.empty()) body["name"] = wish.name;
  if (wish.robots) body["robots"] = true;
  Request request{loop, body.dump(), 0, {}, {}, false};
  lws* wsi = nullptr;
  lws_client_connect_info info{};
  info.context = loop.lws();
  info.address = url.host.c_str();
  info.port = url.port;
  info.path = "/api/rooms";
  const std::string host = url.host + ":" + std::to_string(url.port);
  info.host = host.c_str();
  info.method = "POST";
  info.protocol = "roundelay-http";
  info.local_protocol_name = "roundelay-http";
  info.alpn = "http/1.1";
  info.userdata = &request;
  info.pwsi = &wsi;
  if (url.tls) info.ssl_connection = tls_flags(accept_self_signed);
  lws_client_connect_via_info(&info);
  if (!request.done) {
    Timer timeout(loop, [&] { loop.stop(); });
    timeout.start(kTimeoutMs);
    loop.run();
  }
  if (wsi != nullptr) lws_set_wsi_user(wsi, nullptr);
  return parse_answer(request);
}

}  // namespace roundelay
