// The HTTP of one connection: one request after the other, each with its answer, until it is closed or becomes a WebSocket.
// While a request waits for its answer nothing further is read. Loop thread only.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "server/base/rate_limit.h"
#include "server/net/file_reader.h"
#include "server/net/http_request.h"
#include "server/net/tcp_stream.h"
#include "server/net/web_handler.h"

namespace roundelay {

// What a connection may take for each thing; then it gets 408, or is closed when there is nobody to tell.
struct HttpTimes {
  int head_ms = 10'000;           // a request's head, from its first byte
  int idle_ms = 30'000;           // until a request begins
  int body_ms = 10'000;           // a small body
  int upload_pause_ms = 125'000;  // until kUploadProgressBytes more of an upload have come
  int answer_ms = 60'000;         // the answer of who handles it; uploads may take any time
  int write_ms = 60'000;          // until the client has taken another piece of the answer
};

class HttpConnection final : public TcpStream::Owner, private HttpRequest::Channel {
 public:
  // A request that wants to become a WebSocket. Nothing: it has become one, to whom the stream belongs from now on (`rest` came
  // behind the head).
  using Upgrade = std::function<std::optional<HttpFault>(const HttpHead& head, std::span<uint8_t> rest)>;

  // `trusted_proxies` are believed when they tell who asks. `tls_alone`: who comes without TLS is sent to https. All of these
  // outlive it.
  HttpConnection(TcpStream& stream, WebHandler& handler, FilePace& pace, const HttpTimes& times,
                 const AddressList& trusted_proxies, bool tls_alone, Upgrade upgrade);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  static constexpr size_t kUploadProgressBytes = 8'192;
  // More requests than these wait, unread.
  static constexpr double kRequestsPerS = 100;
  static constexpr double kRequestsBurst = 200;

 private:
  enum class State { kHead, kBody, kAnswer, kStream, kOver };

  void on_bytes(std::span<uint8_t> bytes) override;
  void on_end() override;
  void on_turn() override;
  void on_deadline() override;
  void on_over() override;
  void on_answer() override;
  void pause_body(bool paused) override;
  bool send_piece(std::span<const uint8_t> bytes) override;
  void end_stream() override;

  void look_at_head();
  void begin(HttpHead head);
  void take_body(std::span<const uint8_t> piece);
  void write_some();
  // With the first piece of the body, where one is there.
  void write_head(size_t body_bytes, std::span<const uint8_t> piece);
  void use_piece();
  [[nodiscard]] bool write_memory();
  [[nodiscard]] bool write_file();
  void end_request();
  void refuse(const HttpFault& fault);

  TcpStream& stream_;
  WebHandler& handler_;
  FilePace& pace_;
  const HttpTimes& times_;
  const AddressList& trusted_proxies_;
  bool tls_alone_;
  Upgrade upgrade_;
  State state_ = State::kHead;
  std::string held_;  // came and was not used yet
  std::unique_ptr<HttpRequest> request_;
  RateLimit requests_{kRequestsPerS, kRequestsBurst};
  bool too_fast_ = false;  // the next request waits for its time
  bool head_begun_ = false;
  bool keep_alive_ = false;
  bool is_head_ = false;     // the answer has no body
  bool leave_owed_ = false;  // 100 Continue
  bool body_paused_ = false;
  int64_t body_left_ = 0;
  size_t progress_bytes_ = 0;           // of an upload, since its time was renewed
  bool head_written_ = false;           // of the answer
  size_t sent_ = 0;                     // of the answer's body
  std::unique_ptr<FileReader> reader_;  // of an answer from a file
};

}  // namespace roundelay
