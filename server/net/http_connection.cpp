#include "server/net/http_connection.h"

#include <algorithm>

#include "server/net/websocket_handshake.h"

namespace roundelay {

namespace {

constexpr size_t kPieceBytes = 32'768;        // of an answer, written at once
constexpr int kPiecesPerTurn = 8;             // then others have their turn
constexpr int kTooFastMs = 50;                // then it is looked again whether there is time for another request
constexpr size_t kSmallAnswerBytes = 12'288;  // written together with its head: one record of TLS

std::span<const uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

HttpConnection::HttpConnection(TcpStream& stream, WebHandler& handler, FilePace& pace, const HttpTimes& times,
                               const AddressList& trusted_proxies, bool tls_alone, Upgrade upgrade)
    : stream_(stream),
      handler_(handler),
      pace_(pace),
      times_(times),
      trusted_proxies_(trusted_proxies),
      tls_alone_(tls_alone),
      upgrade_(std::move(upgrade)) {
  stream_.set_deadline(times_.head_ms);
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::on_bytes(std::span<uint8_t> bytes) {
  if (state_ == State::kBody) {
    const size_t length = std::min<size_t>(bytes.size(), static_cast<size_t>(body_left_));
    bytes = bytes.subspan(length);
    take_body({bytes.data() - length, length});
  }
  held_.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (state_ == State::kHead) look_at_head();
}

void HttpConnection::look_at_head() {
  held_.erase(0, std::min(held_.find_first_not_of("\r\n"), held_.size()));  // empty lines in front (RFC 9112, 2.2)
  if (held_.empty()) return stream_.read(true);
  if (!head_begun_) {
    head_begun_ = true;
    stream_.set_deadline(times_.head_ms);
  }
  const auto length = head_length(held_);
  if (length.value_or(held_.size()) > kMaxHeadBytes) {
    return refuse({.status = 431, .code = "too_large", .message = "The headers of a request may have 32 KB."});
  }
  if (!length) return stream_.read(true);
  too_fast_ = !requests_.take(stream_.now_ns());
  if (too_fast_) {
    stream_.read(false);
    return stream_.set_deadline(kTooFastMs);
  }
  auto head = parse_head(std::string_view(held_).substr(0, *length));
  held_.erase(0, *length);
  head_begun_ = false;
  if (!head) return refuse(head.error());
  begin(std::move(*head));
}

void HttpConnection::begin(HttpHead head) {
  if (wants_websocket(head) && head.content_length <= 0) {
    std::string rest;
    rest.swap(held_);
    const auto fault = upgrade_(head, {reinterpret_cast<uint8_t*>(rest.data()), rest.size()});
    if (fault) return refuse(*fault);
    state_ = State::kOver;
    return;
  }
  keep_alive_ = head.keep_alive;
  is_head_ = head.method == "HEAD";
  leave_owed_ = head.expects_continue && head.content_length > 0;
  body_left_ = std::max<int64_t>(0, head.content_length);
  body_paused_ = false;
  head_written_ = false;
  sent_ = 0;
  state_ = body_left_ > 0 ? State::kBody : State::kAnswer;
  HttpRequest::Channel& channel = *this;
  request_ = std::make_unique<HttpRequest>(std::move(head), stream_.address(), trusted_proxies_, channel);
  stream_.read(false);
  stream_.set_deadline(body_left_ > 0 ? times_.body_ms : times_.answer_ms);
  if (tls_alone_ && !stream_.encrypted()) {
    request_->respond_moved("https://" + request_->host);
  } else {
    handler_.on_request(*request_);
  }
  if (state_ != State::kBody) return;
  pause_body(body_paused_);
  const std::string came = held_.substr(0, static_cast<size_t>(body_left_));
  held_.erase(0, came.size());
  take_body(bytes_of(came));
}

void HttpConnection::pause_body(bool paused) {
  body_paused_ = paused;
  if (state_ != State::kBody) return;
  if (!paused && leave_owed_) {
    leave_owed_ = false;
    stream_.write(bytes_of("HTTP/1.1 100 Continue\r\n\r\n"));
  }
  stream_.read(!paused);
  if (request_->pace != HttpRequest::Pace::kUpload) return;
  progress_bytes_ = 0;
  if (paused) {
    stream_.clear_deadline();
  } else {
    stream_.set_deadline(times_.upload_pause_ms);
  }
}

void HttpConnection::take_body(std::span<const uint8_t> piece) {
  if (piece.empty()) return;
  body_left_ -= static_cast<int64_t>(piece.size());
  leave_owed_ = false;  // the client did not wait for it
  handler_.on_body(*request_, piece);
  if (state_ != State::kBody) return;  // answered
  const bool upload = request_->pace == HttpRequest::Pace::kUpload;
  progress_bytes_ += piece.size();
  if (upload && !body_paused_ && progress_bytes_ >= kUploadProgressBytes) {
    progress_bytes_ = 0;
    stream_.set_deadline(times_.upload_pause_ms);
  }
  if (body_left_ > 0) return;
  state_ = State::kAnswer;
  stream_.read(false);
  if (upload) {
    stream_.clear_deadline();
  } else {
    stream_.set_deadline(times_.answer_ms);
  }
  handler_.on_body_end(*request_);
}

void HttpConnection::on_answer() {
  state_ = State::kAnswer;
  stream_.read(false);
  if (request_->response().streams && !is_head_) {
    stream_.keep_little_in_kernel();
    write_head(0, {});
    state_ = State::kStream;
    return stream_.clear_deadline();
  }
  stream_.set_deadline(times_.write_ms);
  stream_.ask_turn();
}

bool HttpConnection::send_piece(std::span<const uint8_t> bytes) {
  if (state_ != State::kStream) return true;
  if (stream_.waiting_bytes() > HttpRequest::kMostStreamWaiting) {
    stream_.break_off();
    return false;
  }
  stream_.write(bytes);  // whether it stands still is told by on_over()
  return true;
}

void HttpConnection::end_stream() {
  if (state_ == State::kStream) end_request();
}

void HttpConnection::on_turn() {
  if (state_ == State::kAnswer && request_->answered()) return write_some();
  if (state_ == State::kHead) look_at_head();
}

void HttpConnection::write_some() {
  const bool from_file = request_->response().file != nullptr;
  if (!(from_file ? write_file() : write_memory())) return;
  stream_.set_deadline(times_.write_ms);
  if (stream_.busy()) return stream_.ask_turn();
  end_request();
}

void HttpConnection::write_head(size_t body_bytes, std::span<const uint8_t> piece) {
  head_written_ = true;
  const HttpResponse& response = request_->response();
  if (response.close || body_left_ > 0) keep_alive_ = false;
  std::string head = head_of(response, body_bytes, !keep_alive_);
  if (is_head_) sent_ = body_bytes;
  if (!response.file && sent_ == 0 && body_bytes <= kSmallAnswerBytes) {
    head += *response.body;
    sent_ = body_bytes;
  }
  if (sent_ == body_bytes) piece = {};
  stream_.write(bytes_of(head), piece);
  sent_ += piece.size();
}

// Both: false while something of the body is left; then they are called again.
bool HttpConnection::write_memory() {
  const std::string_view body = *request_->response().body;
  if (!head_written_) write_head(body.size(), bytes_of(body.substr(0, kPieceBytes)));
  for (int piece = 0; piece < kPiecesPerTurn && sent_ < body.size() && !stream_.busy(); ++piece) {
    const size_t length = std::min(kPieceBytes, body.size() - sent_);
    if (!stream_.write(bytes_of(body.substr(sent_, length)))) return false;
    sent_ += length;
  }
  if (sent_ == body.size()) return true;
  stream_.set_deadline(times_.write_ms);
  stream_.ask_turn();
  return false;
}

bool HttpConnection::write_file() {
  const std::shared_ptr<const FileBody>& file = request_->response().file;
  const auto bytes = static_cast<size_t>(file->bytes);
  if (!head_written_) {
    if (bytes > 0 && !is_head_)
      reader_ = std::make_unique<FileReader>(stream_.loop(), pace_, file, [this] { stream_.ask_turn(); });
    write_head(bytes, reader_ ? reader_->piece() : std::span<const uint8_t>());
    stream_.set_deadline(times_.write_ms);
    if (sent_ > 0 && sent_ < bytes) {
      use_piece();
      return false;
    }
  }
  if (sent_ == bytes) return true;
  // Less than was promised: only the end of the connection tells the client.
  if (reader_->failed()) {
    stream_.cut();
    return false;
  }
  const std::span<const uint8_t> piece = reader_->piece();
  if (piece.empty()) return false;  // it is being read
  if (stream_.busy()) {
    stream_.ask_turn();
    return false;
  }
  if (!stream_.write(piece)) return false;
  sent_ += piece.size();
  stream_.set_deadline(times_.write_ms);
  if (sent_ == bytes) return true;
  use_piece();
  return false;
}

void HttpConnection::use_piece() {
  reader_->use();
  if (!reader_->piece().empty()) stream_.ask_turn();
}

void HttpConnection::end_request() {
  reader_.reset();
  handler_.on_request_gone(*request_);
  request_.reset();
  if (!keep_alive_) {
    state_ = State::kOver;
    return stream_.finish();
  }
  state_ = State::kHead;
  if (held_.empty()) {
    stream_.set_deadline(times_.idle_ms);
    stream_.read(true);
  } else {
    stream_.ask_turn();  // the next one has come already; others have their turn before
  }
}

void HttpConnection::refuse(const HttpFault& fault) {
  state_ = State::kOver;
  const HttpResponse response = response_to(fault);
  stream_.write(bytes_of(head_of(response, response.body->size(), true) + *response.body));
  stream_.finish();
}

void HttpConnection::on_end() {
  // Whoever asked completely may have said so by closing this half: it is answered.
  if (state_ != State::kAnswer) return stream_.cut();
  keep_alive_ = false;
}

void HttpConnection::on_deadline() {
  if (state_ == State::kHead && too_fast_) return look_at_head();
  if (state_ == State::kHead && head_begun_)
    return refuse({.status = 408, .code = "too_slow", .message = "The request did not come in time."});
  if (state_ == State::kBody && !request_->answered())
    return request_->respond(
        response_to({.status = 408, .code = "too_slow", .message = "The request's body did not come in time."}));
  if (state_ == State::kAnswer && !request_->answered())
    return request_->respond(
        response_to({.status = 503, .code = "busy", .message = "The server did not find an answer in time."}));
  stream_.cut();
}

void HttpConnection::on_over() {
  state_ = State::kOver;
  reader_.reset();
  if (request_) handler_.on_request_gone(*request_);
  request_.reset();
}

}  // namespace roundelay
