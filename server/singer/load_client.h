// One of many singers under load: answers each block heard with a packet made before, decodes nothing, counts everything. One
// thread (the loop's).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/singer/connection.h"
#include "server/singer/load_voice.h"
#include "server/singer/room_view.h"
#include "server/wire/mix_message.h"

namespace roundelay {

struct LoadCounts {
  int64_t messages = 0;
  int64_t blocks = 0;      // received
  int64_t gap_blocks = 0;  // positions passed over
  int64_t backing_blocks = 0;
  int64_t silent_blocks = 0;    // mixes of length 0
  int64_t sent = 0;             // voice blocks
  int64_t unsent_messages = 0;  // the socket took no more
  int64_t errors = 0;           // error messages of the server
  int64_t bad_messages = 0;
  double loop_ms = -1;  // as the server last said; -1: never
  double late_percent = -1;
};

class LoadClient : private ConnectionEvents {
 public:
  struct Settings {
    Connection::Settings connection;
    std::string room;
    std::string name;
    std::string key;
    bool listener = false;
    int bucket = 0;
  };
  // `voice` may be null for a listener. `changed` is called after each control message and when the connection is gone.
  LoadClient(ClientLoop& loop, const Settings& settings, const LoadVoice* voice, std::function<void(LoadClient&)> changed);

  void join() { connection_.open(settings_.connection); }
  void leave() { connection_.close(); }
  void send(const nlohmann::json& message);

  [[nodiscard]] const RoomView& view() const { return view_; }  // kept up only until the song starts: rooms are large
  [[nodiscard]] const LoadCounts& counts() const { return counts_; }
  [[nodiscard]] bool joined() const { return joined_; }
  [[nodiscard]] bool gone() const { return gone_; }
  [[nodiscard]] const std::string& last_error() const { return last_error_; }
  [[nodiscard]] int bucket_heard() const { return bucket_; }
  [[nodiscard]] int64_t first_position() const { return first_; }  // of this song; -1: nothing yet
  [[nodiscard]] int64_t last_position() const { return last_; }

 private:
  void on_open() override;
  void on_text(std::string_view message) override;
  void on_binary(std::span<const uint8_t> message) override;
  void on_closed(int code, const std::string& reason) override;
  void answer(const wire::MixMessage& heard);

  Settings settings_;
  const LoadVoice* voice_;
  std::function<void(LoadClient&)> changed_;
  Connection connection_;
  RoomView view_;
  LoadCounts counts_;
  bool joined_ = false;
  bool gone_ = false;
  std::string last_error_;
  int bucket_ = 0;
  uint32_t song_ = 0;
  int64_t song_start_ = 0;
  int64_t first_ = -1;
  int64_t last_ = -1;
  std::array<uint8_t, Connection::kSpare + wire::kMaxVoiceMessageBytes> buffer_;
};

}  // namespace roundelay
