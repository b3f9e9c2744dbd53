// One of many singers or listeners under load: answers each block heard with a packet made before, decodes nothing but the first
// block of somebody who comes late, counts everything. One thread (the loop's).
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "server/load/load_counts.h"
#include "server/load/load_delay.h"
#include "server/load/load_voice.h"
#include "server/singer/connection.h"
#include "server/singer/room_view.h"
#include "server/wire/sound/mix_message.h"

namespace roundelay {

class LoadClient : private ConnectionEvents {
 public:
  struct Settings {
    Connection::Settings connection;
    std::string room;
    std::string name;
    std::string key;
    bool listener = false;
    bool comes_back = false;  // whenever the connection is lost, instead of counting as lost
    bool slow = false;        // reads one piece and then nothing until read_on()
  };
  // `voice` may be null for a listener, `delay` when answers leave at once; both and `tally` outlive the client.
  LoadClient(ClientLoop& loop, const Settings& settings, const LoadVoice* voice, LoadDelay* delay, LoadTally& tally);

  void join();
  void leave();
  void cut();  // breaks the connection off; comes back with join()
  void stall(bool stalled) { connection_.pause_reading(stalled); }
  void read_on() { connection_.pause_reading(false); }
  void send(const nlohmann::json& message);
  void send_binary(std::span<uint8_t> message);  // as Connection::send_binary

  // Kept up without the other people: rooms are large.
  [[nodiscard]] const RoomView& view() const { return view_; }
  [[nodiscard]] const LoadCounts& counts() const { return counts_; }
  [[nodiscard]] const Settings& settings() const { return settings_; }
  [[nodiscard]] bool joined() const { return joined_; }
  [[nodiscard]] bool started() const { return started_; }  // join() was called
  [[nodiscard]] bool gone() const { return gone_; }        // after that, and there is no connection
  [[nodiscard]] const std::string& last_error() const { return last_error_; }

  bool disturbed = false;  // by trouble of our own making: its gaps are no fault of the server
  bool came_back = false;  // its connection was lost
  bool late = false;       // comes while a song lasts

 private:
  void on_open() override;
  void on_text(std::string_view message) override;
  void on_binary(std::span<const uint8_t> message) override;
  void on_closed(int code, const std::string& reason) override;
  void first_block(const wire::MixMessage& heard);
  void answer(const wire::MixMessage& heard);

  Settings settings_;
  const LoadVoice* voice_;
  LoadDelay* delay_;
  LoadTally& tally_;
  Connection connection_;
  RoomView view_;
  LoadCounts counts_;
  bool joined_ = false;
  bool started_ = false;
  bool gone_ = false;
  bool leaving_ = false;
  bool cut_ = false;
  std::string last_error_;
  uint64_t opened_ns_ = 0;  // the first socket
};

}  // namespace roundelay
