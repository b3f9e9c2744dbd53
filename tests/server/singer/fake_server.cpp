#include "tests/server/singer/fake_server.h"

#include <cstring>
#include <deque>
#include <stdexcept>

#include "server/singer/lws_callbacks.h"

namespace roundelay {

struct FakeServerCallbacks {
  static int call(lws* wsi, lws_callback_reasons reason, void*, void* in, size_t len) {
    lws_vhost* vhost = lws_get_vhost(wsi);
    auto** slot = vhost == nullptr ? nullptr : static_cast<FakeServer**>(lws_vhost_user(vhost));
    FakeServer* self = slot == nullptr ? nullptr : *slot;
    if (self == nullptr) return 0;
    switch (reason) {
      case LWS_CALLBACK_ESTABLISHED:
        self->wsi_ = wsi;
        self->close_code_ = 0;
        self->cut_ = false;
        self->out_.clear();
        ++self->connections;
        return 0;
      case LWS_CALLBACK_RECEIVE: {
        const auto* bytes = static_cast<const uint8_t*>(in);
        self->in_.insert(self->in_.end(), bytes, bytes + len);
        if (lws_is_final_fragment(wsi) == 0 || lws_remaining_packet_payload(wsi) != 0) return 0;
        std::vector<uint8_t> message = std::move(self->in_);
        self->in_.clear();
        if (lws_frame_is_binary(wsi) != 0) {
          if (self->on_binary) self->on_binary(std::move(message));
        } else if (self->on_text) {
          self->on_text(nlohmann::json::parse(message));
        }
        return 0;
      }
      case LWS_CALLBACK_SERVER_WRITEABLE:
        return wsi == self->wsi_ && !self->write_all() ? -1 : 0;
      case LWS_CALLBACK_CLOSED:
        if (wsi == self->wsi_) self->wsi_ = nullptr;
        return 0;
      default:
        return 0;
    }
  }
};

FakeServer::FakeServer(ClientLoop& loop) {
  static const lws_protocols kProtocols[] = {{"roundelay.1", FakeServerCallbacks::call, 0, 64 * 1024, 0, nullptr, 0},
                                             {nullptr, nullptr, 0, 0, 0, nullptr, 0}};
  static std::deque<FakeServer*> all_slots;
  slot_ = &all_slots.emplace_back(this);
  lws_context_creation_info info{};
  info.port = 0;
  info.iface = "127.0.0.1";
  info.vhost_name = "fake";
  info.protocols = kProtocols;
  info.user = slot_;
  lws_vhost* vhost = lws_create_vhost(loop.lws(), &info);
  if (vhost == nullptr) throw std::runtime_error("the fake server cannot start");
  port_ = lws_get_vhost_listen_port(vhost);
}

FakeServer::~FakeServer() {
  *slot_ = nullptr;
}

void FakeServer::queue(const void* bytes, size_t len, bool binary) {
  if (wsi_ == nullptr) return;
  std::vector<uint8_t> message(LWS_PRE + len);
  std::memcpy(message.data() + LWS_PRE, bytes, len);
  out_.push_back({std::move(message), binary});
  lws_callback_on_writable(wsi_);
}

void FakeServer::close(int code) {
  close_code_ = code;
  if (wsi_ != nullptr) lws_callback_on_writable(wsi_);
}

void FakeServer::cut() {
  cut_ = true;
  if (wsi_ != nullptr) lws_callback_on_writable(wsi_);
}

bool FakeServer::write_all() {
  if (cut_) return false;
  for (Out& out : out_) {
    if (lws_write(wsi_, out.bytes.data() + LWS_PRE, out.bytes.size() - LWS_PRE, out.binary ? LWS_WRITE_BINARY : LWS_WRITE_TEXT) <
        0)
      return false;
  }
  out_.clear();
  if (close_code_ == 0) return true;
  uint8_t frame[LWS_PRE + 2] = {};
  frame[LWS_PRE] = static_cast<uint8_t>(close_code_ >> 8);
  frame[LWS_PRE + 1] = static_cast<uint8_t>(close_code_ & 0xFF);
  close_code_ = 0;
  return lws_write(wsi_, frame + LWS_PRE, 2, kWriteClose) >= 0;
}

nlohmann::json FakeServer::welcome(const std::string& token, bool playing, int64_t start) {
  const nlohmann::json you = {{"id", "7"},      {"name", "Ada"},   {"bucket", 2},       {"role", "singer"},
                              {"muted", false}, {"leader", false}, {"connected", true}, {"robot", false}};
  return {
      {"type", "welcome"},
      {"version", 1},
      {"you", you},
      {"token", token},
      {"organiser", false},
      {"room", {{"id", "r1"}, {"name", "Choir"}}},
      {"people", nlohmann::json::array({you})},
      {"leader", nullptr},
      {"song", {{"number", 4}, {"start", start}, {"end", nullptr}, {"track", nullptr}, {"state", playing ? "playing" : "none"}}},
      {"settings",
       {{"interval_blocks", 50},
        {"first_offset_blocks", 0},
        {"buckets", 6},
        {"offsets", {0, 50, 100, 150, 200, 250}},
        {"automatic_gain", true},
        {"ring_blocks", 1024}}},
      {"tracks", nlohmann::json::array()},
      {"track", nullptr},
      {"position", start},
      {"mix_delay", 120},
      {"backing_gain", 0.192}};
}

}  // namespace roundelay
