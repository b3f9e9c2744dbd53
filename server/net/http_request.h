// One HTTP request and its answer. On the loop's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mixer/file_descriptor.h"
#include "server/base/ip_address.h"
#include "server/net/file_body.h"
#include "server/net/http_head.h"

namespace roundelay {

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::shared_ptr<const std::string> body;
  std::shared_ptr<const FileBody> file = {};  // the body, instead of the one above
  bool immutable = false;                     // may be cached for ever
  bool is_hers = false;                       // by her who asked alone: others may not see it
  bool close = false;                         // close the connection afterwards
  bool any_site = false;                      // pages of other sites may have it
  bool streams = false;                       // the body comes piece by piece (send_piece), as long as the connection lasts
  std::string location;                       // of a redirection
  std::string more_headers = {};              // whole lines
};

// The answer that tells a fault (PROTOCOL.md 4); closes.
[[nodiscard]] HttpResponse response_to(const HttpFault& fault);
// Status line and headers, with the empty line behind them.
[[nodiscard]] std::string head_of(const HttpResponse& response, size_t body_bytes, bool close);

// Owned by its connection; valid until on_request_gone.
class HttpRequest {
 public:
  // What carries it.
  class Channel {
   public:
    virtual void on_answer() = 0;  // respond() was called
    virtual void pause_body(bool paused) = 0;
    virtual bool send_piece(std::span<const uint8_t>) { return true; }
    virtual void end_stream() {}

   protected:
    ~Channel() = default;
  };

  // `peer`: the other end of the connection.
  HttpRequest(HttpHead head, std::string peer, const AddressList& trusted_proxies, Channel& channel);
  HttpRequest(const HttpRequest&) = delete;
  HttpRequest& operator=(const HttpRequest&) = delete;

  enum class Method { kGet, kHead, kPost, kDelete, kPut, kPatch, kOther };
  Method method = Method::kOther;
  std::string path;                    // decoded; no query
  std::vector<std::string> arguments;  // "name=value" of the query, decoded
  std::string query;                   // as it came
  std::string authorization;           // the header, or empty
  std::string last_event_id;           // likewise
  std::string host;                    // likewise
  std::string range;                   // likewise
  std::string if_range;                // likewise
  std::string if_none_match;           // likewise
  std::string cookie;                  // likewise
  std::string origin;                  // likewise
  std::string content_type;            // likewise
  std::string user_agent;              // likewise
  std::string address;                 // who asks (asker_of())
  std::string peer;                    // the other end of the connection: hers, or that of a proxy
  std::string forwarded_for;           // what the headers say of it, believed or not
  int64_t content_length = -1;         // -1: not given
  // How quick the body must be. kSmall: there within HttpTimes::body_ms. kUpload: as long as it takes, with pauses of up to
  // HttpTimes::upload_pause_ms; to be set in on_request.
  enum class Pace { kSmall, kUpload };
  Pace pace = Pace::kSmall;
  bool any_site = false;  // the answer is for pages of other sites too; to be set before it is given
  void* user = nullptr;

  // Answers; once per request, now or later. A body that has not come completely is not waited for: the connection is closed
  // after the answer.
  void respond(HttpResponse response);
  // Answers with a file of so many bytes, or the part of it that is asked for (206, 416), or that the client has it already
  // (304). `etag`: of its content, in quotation marks. `immutable`: this path never gives another content. `more_headers`: whole
  // lines.
  void respond_with_file(std::shared_ptr<const FileDescriptor> file, int64_t bytes, const std::string& etag,
                         const std::string& content_type, bool immutable = false, const std::string& more_headers = {});
  // Answers that the same path and query is to be asked for at `origin` (scheme and host), and closes.
  void respond_moved(const std::string& origin);
  // Answers with a stream, of which nothing is kept anywhere (no-store). To HEAD the headers are the whole answer.
  void respond_with_stream(const std::string& content_type);
  // More of it, at once; safe in the tick. False: the client took so little that kMostStreamWaiting bytes wait for it; then its
  // connection is broken off. Whether the connection stands is not told here.
  bool send_piece(std::span<const uint8_t> bytes) { return channel_.send_piece(bytes); }
  // There is no more of it; this request goes, before it returns.
  void end_stream() { channel_.end_stream(); }
  static constexpr size_t kMostStreamWaiting = 65'536;
  // Stops or resumes the body (flow control towards the sender). A client that waits for leave to send it (Expect:
  // 100-continue) gets that when the body is not paused after on_request, or later when it is resumed.
  void pause_body(bool paused) { channel_.pause_body(paused); }
  [[nodiscard]] bool answered() const { return answered_; }
  [[nodiscard]] const HttpResponse& response() const { return response_; }  // once answered

 private:
  Channel& channel_;
  bool answered_ = false;
  HttpResponse response_;
};

}  // namespace roundelay
