// A singer without a browser: a whole client of the protocol. Joins a room, sings from a VoiceSource into each block that it
// hears, hands on what it heard, position by position, and comes back by itself when the connection is lost.
// Any number of them on one ClientLoop; all calls and callbacks on its thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <random>
#include <string>
#include <vector>

#include "server/singer/backoff.h"
#include "server/singer/connection.h"
#include "server/singer/heard_stream.h"
#include "server/singer/room_view.h"
#include "server/singer/voice_stream.h"

namespace roundelay {

namespace control {
struct Error;
}

struct SingerSettings {
  Connection::Settings connection;
  std::string room;
  std::string name;
  std::string key;  // the organiser's; empty: none
  int bucket = 0;   // asked for; 0: the server's choice
  bool listener = false;
  bool robot = false;
  std::string part;         // the voice part that she sings; empty: as it was
  bool hears_part = false;  // in packets of its own too
  VoiceStream::Settings voice;
  int64_t first_connection_ms = 10'000;  // how long to try before giving up
  int64_t lost_connection_ms = 60'000;   // the same, later
  uint64_t seed = 1;                     // of the waits between tries
};

// What was sent and received over all songs and connections.
struct SingerCounts {
  int64_t blocks_heard = 0;
  int64_t blocks_lost = 0;    // positions passed over by the server
  int64_t blocks_sung = 0;    // voice blocks sent, without those left out as silence
  int64_t blocks_silent = 0;  // sent with length 0
  int64_t unknown_song = 0;   // blocks of a song that this client was not told of
  int64_t bad_messages = 0;   // that could not be understood
  int64_t reconnects = 0;
  int64_t probes_answered = 0;
};

// Called on the loop's thread. The Singer must not be destroyed in these.
class SingerEvents : public HeardSamples {
 public:
  virtual void room_changed(const nlohmann::json& message) = 0;  // any control message, after RoomView took it
  virtual void song_begins(const control::Song& song) = 0;       // its first block has arrived; once per song
  virtual void block_taken(Position at, int people) = 0;         // after its samples
  virtual void song_heard(const control::Song& song) = 0;        // to its end; once per song
  virtual void connection_lost(const std::string& reason) = 0;   // and will be tried again
  virtual void gave_up(const std::string& sentence) = 0;         // for good: refused, or no connection
  virtual void left() = 0;                                       // after leave()
};

class Singer : private ConnectionEvents {
 public:
  Singer(ClientLoop& loop, const SingerSettings& settings, VoiceSource& voice, SingerEvents& events);

  void join();
  void leave();
  void send(const nlohmann::json& message);  // a control message; nothing happens while not connected
  [[nodiscard]] const RoomView& view() const { return view_; }
  [[nodiscard]] const SingerCounts& counts() const { return counts_; }
  [[nodiscard]] bool joined() const { return joined_; }
  [[nodiscard]] Position last_heard() const { return last_heard_; }  // samples below 0: nothing yet of this song

 private:
  void on_open() override;
  void on_text(std::string_view message) override;
  void on_binary(std::span<const uint8_t> message) override;
  void on_closed(int code, const std::string& reason) override;

  void take_error(const control::Error& error);
  void answer_probe(const wire::MixMessage& probe);
  void enter_song(const wire::MixMessage& message);
  void sing(const wire::MixMessage& message, Position from);
  bool errors_again();
  void check_song_end();
  void end_song();

  ClientLoop& loop_;
  SingerSettings settings_;
  SingerEvents& events_;
  Connection connection_;
  Timer again_;
  Timer last_blocks_;  // lets blocks in flight arrive when a song was said to be over
  std::mt19937_64 random_;
  Backoff backoff_;
  RoomView view_;
  HeardStream heard_;
  VoiceStream voice_;
  SingerCounts counts_;
  bool joined_ = false;
  bool leaving_ = false;
  std::string refusal_;           // the server's answer to hello, if it was an error
  bool token_forgotten_ = false;  // that error: then once more without it
  int64_t trying_since_ms_ = 0;
  bool was_joined_ = false;  // at least once
  std::vector<int64_t> error_closes_ms_;
  control::Song current_;  // the song that blocks are heard of; number 0: none
  int bucket_ = 0;         // the one heard last
  Position last_heard_{-1};
  Position last_sung_{-1};
  bool song_heard_ = true;  // the current one's end was told
};

}  // namespace roundelay
