#include "server/load/load.h"

#include <algorithm>
#include <cstdio>

#include "server/load/codec_floor.h"

namespace roundelay {
namespace {

constexpr int64_t kJoinPatienceMs = 60'000;
constexpr int64_t kLeavePatienceMs = 3'000;
constexpr int kMostConnectsAtOnce = 200;
constexpr int kSlowReceiveBufferBytes = 4'096;
constexpr double kLateShareOfSong = 0.6;  // in which the late ones come

}  // namespace

Load::Load(ClientLoop& loop, const LoadOptions& options, const Connection::Settings& connection,
           const SweptListener::Settings* swept, const std::vector<NewRoom>& rooms)
    : loop_(loop), options_(options), trouble_(options), step_timer_(loop, [this] { step(); }), signals_(loop, [this] {
        end();
      }) {
  const int singers = options.singers * static_cast<int>(rooms.size());
  const int voices = options.voices > 0 ? std::min(options.voices, singers) : singers;
  for (int i = 0; i < voices; ++i) {
    voices_.push_back(std::make_unique<LoadVoice>(static_cast<uint32_t>(i), options.loop_seconds, options.bitrate));
  }
  if (options.jitter_ms > 0) delay_ = std::make_unique<LoadDelay>(loop, options.jitter_ms, options.seed);
  if (swept != nullptr) sweep_ = std::make_unique<Sweep>(loop, options.sweep_ms);
  make_clients(connection, rooms);
  if (swept != nullptr) make_swept(*swept, rooms);
}

void Load::make_clients(const Connection::Settings& connection, const std::vector<NewRoom>& rooms) {
  const auto n = static_cast<int>(rooms.size());
  const int everyone = n * (sweep_ ? options_.singers : options_.people_per_room());
  for (int r = 0; r < n; ++r) rooms_.emplace_back(options_, options_.sing_in < 0 || r < options_.sing_in);
  for (int i = 0; i < everyone; ++i) {
    const int r = i % n;
    const int in_room = i / n;
    LoadClient::Settings settings;
    settings.connection = connection;
    settings.room = rooms[static_cast<size_t>(r)].room;
    settings.name = "Load " + std::to_string(i + 1);
    settings.listener = in_room >= options_.singers;
    const int before_late = everyone - options_.late_joiners;
    settings.slow = i < before_late && i >= before_late - options_.slow_readers;
    settings.comes_back = options_.come_back;
    if (settings.slow) settings.connection.receive_buffer_bytes = kSlowReceiveBufferBytes;
    if (in_room == 0) settings.key = rooms[static_cast<size_t>(r)].key;
    const LoadVoice* voice = settings.listener ? nullptr : voices_[static_cast<size_t>(i) % voices_.size()].get();
    clients_.push_back(std::make_unique<LoadClient>(loop_, settings, voice, delay_.get(), tally_));
    LoadClient& client = *clients_.back();
    client.disturbed = settings.slow;
    client.late = in_room > 0 && i >= before_late;
    room_of_.push_back(r);
    rooms_[static_cast<size_t>(r)].add(client);
    // Every second one is left in peace: what those hear shows how the server copes with the others.
    if (options_.come_back) trouble_.bring_back(client);
    if (in_room % 2 == 1 || settings.slow) trouble_.add(client);
  }
}

void Load::make_swept(const SweptListener::Settings& base, const std::vector<NewRoom>& rooms) {
  for (int i = 0; i < options_.listeners; ++i) {
    for (size_t r = 0; r < rooms.size(); ++r) {
      SweptListener::Settings settings = base;
      settings.room = rooms[r].room;
      settings.name = "Listener " + std::to_string(sweep_->size() + 1);
      sweep_->add(std::move(settings), static_cast<int>(r), tally_);
    }
  }
}

void Load::run() {
  last_step_ms_ = phase_since_ms_ = loop_.now_ms();
  step_timer_.start(0, kStepMs);
  loop_.run();
}

void Load::step() {
  const int64_t now = loop_.now_ms();
  switch (phase_) {
    case Phase::kConnect:
      connect_some();
      break;
    case Phase::kSing:
      sing();
      break;
    case Phase::kLeave:
      if (tally_.open == 0 || now - phase_since_ms_ > kLeavePatienceMs) loop_.stop();
      break;
  }
  last_step_ms_ = now;
}

void Load::connect_some() {
  const int64_t now = loop_.now_ms();
  const size_t on_time = everyone() - static_cast<size_t>(options_.late_joiners);
  const size_t leaders = rooms_.size();
  owed_ = std::min(owed_ + options_.connects_per_s * static_cast<double>(kStepMs) / 1000, 1.0 * kMostConnectsAtOnce);
  // Those who lead come first, and alone.
  const bool leaders_are_in = static_cast<size_t>(tally_.joined) >= leaders;
  for (; owed_ >= 1 && connected_ < (leaders_are_in ? on_time : leaders); owed_ -= 1) {
    connected_ < clients_.size() ? clients_[connected_]->join() : sweep_->join(connected_ - clients_.size());
    ++connected_;
  }
  const int64_t patience = kJoinPatienceMs + 1000 * static_cast<int64_t>(everyone()) / options_.connects_per_s;
  if (now - phase_since_ms_ > patience || (tally_.lost > 0 && tally_.open == 0)) {
    std::fprintf(stderr, "Only %d of %zu came in.\n", tally_.joined, on_time);
    leave();
  } else if (connected_ == on_time && tally_.joined + tally_.lost >= static_cast<int>(on_time)) {
    phase_ = Phase::kSing;
    phase_since_ms_ = now;
  }
}

void Load::connect_late() {
  const int64_t everywhere_ms = rooms_.front().heard_everywhere_ms(loop_.now_ms());
  if (everywhere_ms < 0 || connected_ == clients_.size()) return;
  const size_t on_time = clients_.size() - static_cast<size_t>(options_.late_joiners);
  const double share = static_cast<double>(everywhere_ms) / (kLateShareOfSong * 1000 * options_.seconds);
  const auto due = static_cast<size_t>(share * options_.late_joiners) + 1;
  while (connected_ < std::min(clients_.size(), on_time + due)) clients_[connected_++]->join();
}

void Load::sing() {
  const int64_t now = loop_.now_ms();
  bool over = true;
  bool singing = false;
  for (LoadRoom& room : rooms_) {
    room.step(now);
    over &= room.over();
    singing |= room.sang();
  }
  if (singing && !song_begun_) {
    song_begun_ = true;
    cpu_at_start_s_ = own_cpu_seconds();
    song_started_ms_ = now;
  }
  if (singing) {
    trouble_.step(now, now - last_step_ms_);
    connect_late();
  }
  // Where nobody is to sing, people are there for a while.
  const bool only_there = options_.sing_in == 0 && static_cast<double>(now - phase_since_ms_) < options_.seconds * 1000;
  if (over && !only_there) leave();
}

void Load::leave() {
  if (song_begun_) {
    song_cpu_seconds_ = own_cpu_seconds() - cpu_at_start_s_;
    song_seconds_ = static_cast<double>(loop_.now_ms() - song_started_ms_) / 1000;
  }
  trouble_.calm_down();
  still_there_ = tally_.joined;
  phase_ = Phase::kLeave;
  phase_since_ms_ = loop_.now_ms();
  for (auto& client : clients_) {
    if (client->started()) client->leave();
  }
  if (sweep_) sweep_->leave();
}

void Load::end() {
  if (phase_ == Phase::kSing && song_begun_) {
    for (LoadRoom& room : rooms_) room.stop();
  } else if (phase_ == Phase::kLeave) {
    loop_.stop();
  } else {
    leave();
  }
}

bool Load::sang() const {
  const size_t to_sing =
      options_.sing_in < 0 ? rooms_.size() : std::min<size_t>(rooms_.size(), static_cast<size_t>(options_.sing_in));
  return std::all_of(rooms_.begin(), rooms_.begin() + static_cast<std::ptrdiff_t>(to_sing),
                     [](const LoadRoom& r) { return r.sang(); });
}

std::vector<ClientReport> Load::report() const {
  std::vector<ClientReport> reports;
  for (size_t i = 0; i < clients_.size(); ++i) {
    const LoadClient& client = *clients_[i];
    if (client.started()) reports.push_back({room_of_[i], client.disturbed, client.came_back, client.late, client.counts()});
  }
  if (sweep_) sweep_->report(reports);
  return reports;
}

}  // namespace roundelay
