// Many clients in one process: connects them, leads their rooms through songs, troubles them, and says at the end what they
// heard. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/load/load_client.h"
#include "server/load/load_delay.h"
#include "server/load/load_options.h"
#include "server/load/load_report.h"
#include "server/load/load_room.h"
#include "server/load/load_trouble.h"
#include "server/load/sweep.h"
#include "server/singer/make_room.h"

namespace roundelay {

class Load {
 public:
  // Makes the voices (seconds of work for hundreds), connects nobody yet. `swept`: what swept listeners are made of, or null.
  Load(ClientLoop& loop, const LoadOptions& options, const Connection::Settings& connection, const SweptListener::Settings* swept,
       const std::vector<NewRoom>& rooms);

  void run();  // until all songs are over and everybody has left

  [[nodiscard]] std::vector<ClientReport> report() const;
  [[nodiscard]] const std::vector<std::unique_ptr<LoadVoice>>& voices() const { return voices_; }
  [[nodiscard]] bool sang() const;  // in every room that was to sing
  [[nodiscard]] int lost() const { return tally_.lost; }
  [[nodiscard]] int still_there() const { return still_there_; }  // when the songs were over
  [[nodiscard]] double song_seconds() const { return song_seconds_; }
  [[nodiscard]] double song_cpu_seconds() const { return song_cpu_seconds_; }  // of this process, meanwhile

 private:
  static constexpr int64_t kStepMs = 20;
  enum class Phase { kConnect, kSing, kLeave };

  void make_clients(const Connection::Settings& connection, const std::vector<NewRoom>& rooms);
  void make_swept(const SweptListener::Settings& base, const std::vector<NewRoom>& rooms);
  [[nodiscard]] size_t everyone() const { return clients_.size() + (sweep_ ? sweep_->size() : 0); }
  void step();
  void connect_some();
  void connect_late();
  void sing();
  void leave();
  void end();  // at SIGINT, SIGTERM

  ClientLoop& loop_;
  const LoadOptions& options_;
  LoadTally tally_;
  std::vector<std::unique_ptr<LoadVoice>> voices_;
  std::unique_ptr<LoadDelay> delay_;
  std::vector<LoadRoom> rooms_;
  std::vector<std::unique_ptr<LoadClient>> clients_;  // first those who lead, last those who come late
  std::vector<int> room_of_;                          // of each client
  std::unique_ptr<Sweep> sweep_;                      // the listeners, if they are swept; otherwise null
  LoadTrouble trouble_;
  Timer step_timer_;
  EndSignals signals_;
  Phase phase_ = Phase::kConnect;
  int64_t phase_since_ms_ = 0;
  size_t connected_ = 0;  // so many of clients_, and then of sweep_, were told to join
  double owed_ = 0;       // connections
  bool song_begun_ = false;
  double cpu_at_start_s_ = 0;
  int64_t song_started_ms_ = 0;
  double song_cpu_seconds_ = 0;
  double song_seconds_ = 0;
  int still_there_ = 0;
  int64_t last_step_ms_ = 0;
};

}  // namespace roundelay
