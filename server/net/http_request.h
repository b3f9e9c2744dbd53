// One HTTP request, read from what libwebsockets has parsed, and its answer, written to the socket piece by piece. On the loop's
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct lws;

namespace roundelay {

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::shared_ptr<const std::string> body;
  bool immutable = false;  // may be cached for ever
  bool close = false;      // close the connection afterwards
  std::string location;    // of a redirection
};

// Owned by the WebServer; valid until on_request_gone.
class HttpRequest {
 public:
  // The headers have come; they are copied. `path` as lws decoded it, without the query.
  HttpRequest(lws* wsi, std::string_view path);
  HttpRequest(const HttpRequest&) = delete;
  HttpRequest& operator=(const HttpRequest&) = delete;

  enum class Method { kGet, kHead, kPost, kDelete, kOther };
  Method method = Method::kOther;
  std::string path;                    // decoded by lws; no query
  std::vector<std::string> arguments;  // "name=value" of the query, decoded
  std::string authorization;           // the header, or empty
  std::string address;
  int64_t content_length = -1;  // -1: not given
  void* user = nullptr;

  // Answers; once per request, now or later.
  void respond(HttpResponse response);
  // Answers that the same path and query is to be asked for at `origin` (scheme and host), and closes.
  void respond_moved(const std::string& origin);
  // Stops or resumes the body (flow control towards the sender).
  void pause_body(bool paused);
  [[nodiscard]] bool answered() const { return answered_; }

  static constexpr size_t kPieceBytes = 32'768;  // of a body, at most, read or written at once

 private:
  friend class WebServer;
  // The socket takes something: writes the next piece of the answer, which is there. Returns what the lws callback shall: -1 to
  // close the connection.
  int write();
  int write_head();
  int write_piece();
  // Everything is written.
  [[nodiscard]] int finish() const;

  lws* wsi_;
  bool answered_ = false;
  bool headers_sent_ = false;
  size_t sent_ = 0;  // of the body
  HttpResponse response_;
};

}  // namespace roundelay
