#include "server/net/control_link.h"

#include <spdlog/spdlog.h>

#include "server/net/write_at_once.h"
#include "server/wire/link/ack.h"
#include "server/wire/link/enclosed.h"

namespace roundelay {

namespace {

struct WriteRequest {
  uv_write_t request{};
  std::string line;
};

std::string take_first(std::deque<std::string>& from) {
  std::string line = std::move(from.front());
  from.pop_front();
  return line;
}

}  // namespace

ControlLink::ControlLink(uv_loop_t* loop, std::string path, Events events)
    : loop_(loop), path_(std::move(path)), events_(std::move(events)), read_buffer_(65'536, '\0') {
  auto* timer = new uv_timer_t;
  uv_timer_init(loop_, timer);
  timer->data = this;
  retry_.reset(timer);
  connect();
}

ControlLink::~ControlLink() {
  close();
}

void ControlLink::close() {
  if (pipe_) pipe_->data = nullptr;
  pipe_.reset();
  retry_.reset();
  connected_ = false;
}

void ControlLink::connect() {
  auto* pipe = new uv_pipe_t;
  uv_pipe_init(loop_, pipe, 0);
  pipe->data = this;
  pipe_.reset(pipe);
  auto* request = new uv_connect_t;
  // The pipe may be closed, or replaced, before the answer comes: then its data is null and nothing happens.
  uv_pipe_connect(request, pipe, path_.c_str(), [](uv_connect_t* r, int status) {
    auto* self = static_cast<ControlLink*>(r->handle->data);
    delete r;
    if (self == nullptr) return;
    if (status != 0) return self->retry_later();
    self->on_connected();
    uv_read_start(
        as_stream(self->pipe_),
        [](uv_handle_t* h, size_t, uv_buf_t* buffer) {
          auto* link = static_cast<ControlLink*>(h->data);
          *buffer = link != nullptr ? uv_buf_init(link->read_buffer_.data(), static_cast<unsigned>(link->read_buffer_.size()))
                                    : uv_buf_init(nullptr, 0);
        },
        [](uv_stream_t* stream, ssize_t count, const uv_buf_t* buffer) {
          if (auto* link = static_cast<ControlLink*>(stream->data)) link->on_read(count, buffer->base);
        });
    if (self->events_.state) self->events_.state(true);
  });
}

void ControlLink::on_connected() {
  connected_ = true;
  pause_.connected(uv_now(loop_));
  lines_ = LineSplitter(kMaxLineBytes);
  for (const auto& message : events_.greeting()) greeting_.push_back(link::line_of(message));
  pump();
}

void ControlLink::disconnect() {
  const bool was_connected = connected_;
  connected_ = false;
  greeting_.clear();
  requests_.clear();
  request_bytes_ = 0;
  newest_.clear();
  sent_ = 0;
  if (pipe_) pipe_->data = nullptr;
  pipe_.reset();
  if (was_connected && events_.state) events_.state(false);
  retry_later();
}

void ControlLink::retry_later() {
  uv_timer_start(
      retry_.get(),
      [](uv_timer_t* t) {
        auto* self = static_cast<ControlLink*>(t->data);
        if (self->pipe_) self->pipe_->data = nullptr;
        self->connect();
      },
      pause_.next_ms(uv_now(loop_)), 0);
}

bool ControlLink::send_line(std::string line) {
  if (!connected_) return false;
  if (line.size() > kMaxLineBytes || request_bytes_ + line.size() > kMaxRequestBytes) return false;
  request_bytes_ += line.size();
  requests_.push_back(std::move(line));
  pump();
  return true;
}

void ControlLink::send_newest(const std::vector<nlohmann::json>& messages) {
  dropped_ += newest_.size();
  newest_.clear();
  if (!connected_) return;
  for (const auto& message : messages) {
    if (std::string line = link::line_of(message); line.size() <= kMaxLineBytes) newest_.push_back(std::move(line));
  }
  pump();
}

bool ControlLink::deliver(nlohmann::json message) {
  if (waiting_.size() >= kMaxWaiting || waiting_bytes_ >= kMaxWaitingBytes) return false;
  push(std::move(message));
  if (waiting_.back().second.size() > kMaxLineBytes) {
    waiting_bytes_ -= waiting_.back().second.size();
    waiting_.pop_back();
    return false;
  }
  pump();
  return true;
}

void ControlLink::deliver_end(nlohmann::json message) {
  push(std::move(message));
  pump();
}

void ControlLink::push(nlohmann::json message) {
  const uint64_t number = next_number_++;
  link::set_number(message, number);
  waiting_.emplace_back(number, link::line_of(message));
  waiting_bytes_ += waiting_.back().second.size();
}

void ControlLink::acknowledge(uint64_t number) {
  while (!waiting_.empty() && waiting_.front().first <= number) {
    waiting_bytes_ -= waiting_.front().second.size();
    waiting_.pop_front();
    if (sent_ > 0) --sent_;
  }
}

size_t ControlLink::waiting_bytes() const {
  size_t bytes = waiting_bytes_ + request_bytes_ + (connected_ ? uv_stream_get_write_queue_size(as_stream(pipe_)) : 0);
  for (const auto* lines : {&greeting_, &newest_}) {
    for (const std::string& line : *lines) bytes += line.size();
  }
  return bytes;
}

void ControlLink::pump() {
  while (connected_ && uv_stream_get_write_queue_size(as_stream(pipe_)) < kAheadBytes) {
    if (!greeting_.empty()) {
      write_line(take_first(greeting_));
    } else if (sent_ < waiting_.size()) {
      write_line(waiting_[sent_++].second);
    } else if (!requests_.empty()) {
      request_bytes_ -= requests_.front().size();
      write_line(take_first(requests_));
    } else if (!newest_.empty()) {
      write_line(take_first(newest_));
    } else {
      return;
    }
  }
}

void ControlLink::write_line(std::string line) {
  line += '\n';
  const size_t gone = write_at_once(as_stream(pipe_), line);
  if (gone == line.size()) return;
  auto* write = new WriteRequest;
  write->line = line.substr(gone);
  write->request.data = write;
  uv_buf_t buffer = uv_buf_init(write->line.data(), static_cast<unsigned>(write->line.size()));
  const int status = uv_write(&write->request, as_stream(pipe_), &buffer, 1, [](uv_write_t* r, int result) {
    auto* link = static_cast<ControlLink*>(r->handle->data);  // null when it has let go of this connection
    delete static_cast<WriteRequest*>(r->data);
    if (result == 0 && link != nullptr) link->pump();
  });
  if (status != 0) delete write;
}

void ControlLink::on_read(ssize_t count, const char* data) {
  if (count < 0) return disconnect();
  const size_t too_long = lines_.feed({data, static_cast<size_t>(count)}, [this](std::string_view line) {
    if (connected_) on_line(line);
  });
  if (too_long > 0)
    spdlog::error("the conductor sent {} lines of more than {} bytes; they are left out", too_long, kMaxLineBytes);
}

void ControlLink::on_line(std::string_view line) {
  auto message = link::message_of(line);
  const std::string kind = link::kind_of(message);
  pause_.heard();
  if (kind.empty()) {
    spdlog::error("the conductor sent a line that is no message");
  } else if (kind != link::Ack::kOp) {
    events_.message(std::move(message));
  } else if (const auto ack = link::Ack::read(message)) {
    acknowledge(ack->number);
  } else {
    spdlog::error("the conductor sent an '{}' that cannot be read", kind);
  }
}

}  // namespace roundelay
