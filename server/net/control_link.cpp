#include "server/net/control_link.h"

#include <spdlog/spdlog.h>

namespace roundelay {

namespace {

struct WriteRequest {
  uv_write_t request{};
  std::string line;
};

// Names come from people: what is not UTF-8 is replaced rather than thrown over.
std::string to_line(const nlohmann::json& message) {
  return message.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
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
    self->connected_ = true;
    self->incoming_.clear();
    for (const auto& message : self->events_.greeting()) self->write_line(to_line(message));
    for (const auto& [number, line] : self->waiting_) self->write_line(line);
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

void ControlLink::disconnect() {
  const bool was_connected = connected_;
  connected_ = false;
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
      kRetryMs, 0);
}

bool ControlLink::send(const nlohmann::json& message) {
  if (!connected_) return false;
  write_line(to_line(message));
  return true;
}

bool ControlLink::deliver(nlohmann::json message) {
  if (waiting_.size() >= kMaxWaiting) return false;
  const uint64_t number = next_number_++;
  message["seq"] = number;
  waiting_.emplace_back(number, to_line(message));
  if (connected_) write_line(waiting_.back().second);
  return true;
}

void ControlLink::acknowledge(uint64_t number) {
  while (!waiting_.empty() && waiting_.front().first <= number) waiting_.pop_front();
}

void ControlLink::write_line(std::string line) {
  auto* write = new WriteRequest;
  write->line = std::move(line);
  write->line += '\n';
  write->request.data = write;
  uv_buf_t buffer = uv_buf_init(write->line.data(), static_cast<unsigned>(write->line.size()));
  const int status = uv_write(&write->request, as_stream(pipe_), &buffer, 1,
                              [](uv_write_t* r, int) { delete static_cast<WriteRequest*>(r->data); });
  if (status != 0) delete write;
}

void ControlLink::on_read(ssize_t count, const char* data) {
  if (count < 0) return disconnect();
  incoming_.append(data, static_cast<size_t>(count));
  size_t begin = 0;
  for (size_t end = incoming_.find('\n'); end != std::string::npos; end = incoming_.find('\n', begin)) {
    const auto message = nlohmann::json::parse(incoming_.begin() + static_cast<ptrdiff_t>(begin),
                                               incoming_.begin() + static_cast<ptrdiff_t>(end), nullptr, false);
    begin = end + 1;
    const auto op = message.is_object() ? message.find("op") : message.end();
    if (op == message.end() || !op->is_string()) {
      spdlog::error("the conductor sent a line that is no message; connecting anew");
      return disconnect();
    }
    if (*op == "ack") {
      acknowledge(message.value("seq", uint64_t{0}));
      continue;
    }
    events_.message(message);
    if (!connected_) return;
  }
  incoming_.erase(0, begin);
  if (incoming_.size() > kMaxLineBytes) {
    spdlog::error("the conductor sent a line of more than {} bytes; connecting anew", kMaxLineBytes);
    disconnect();
  }
}

}  // namespace roundelay
