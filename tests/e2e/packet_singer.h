// A singer whose every packet is known: she answers each block that she hears with a packet of her own, keeps all of them, and
// comes back to her place when her connection ends. On a thread of her own.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <nlohmann/json.hpp>

#include "codec/opus.h"
#include "tests/e2e/raw_client.h"

namespace roundelay::e2e {

class PacketSinger {
 public:
  using Clock = std::chrono::steady_clock;
  struct Sent {
    std::vector<uint8_t> packet;
    Clock::time_point when;
  };
  struct Options {
    int bucket = 1;
    double hz = 300;
    nlohmann::json hello = nlohmann::json::object();  // more of it
    // Every 5 s so many blocks are held back and come all at once, as after a stall of the line.
    int held_blocks = 0;
    // Each block comes so many blocks late; what is left of a song comes when the next one begins.
    size_t delay_blocks = 0;
  };
  PacketSinger(int port, std::string room, std::string name, Options options);
  ~PacketSinger();  // goes
  PacketSinger(const PacketSinger&) = delete;
  PacketSinger& operator=(const PacketSinger&) = delete;

  void say(const nlohmann::json& message);
  // Her line breaks; she comes back.
  void lose_line() { loses_line_ = true; }
  // Of the present song: its number, start, and its end once that is known.
  struct Song {
    uint32_t number = 0;
    int64_t start = 0;
    int64_t end = -1;
    bool playing = false;
    bool recording = false;
  };
  [[nodiscard]] Song song() const;
  [[nodiscard]] std::map<int64_t, Sent> sent() const;
  [[nodiscard]] size_t count() const;
  [[nodiscard]] int connections() const { return connections_.load(); }
  [[nodiscard]] std::string person() const;
  [[nodiscard]] std::string token() const;
  [[nodiscard]] std::vector<nlohmann::json> heard(const std::string& type) const;  // control messages

 private:
  void run();
  void sing(RawClient& client, const std::vector<uint8_t>& mix);
  void hear(const nlohmann::json& message);

  int port_;
  std::string room_;
  std::string name_;
  Options options_;
  mutable std::mutex mutex_;
  std::shared_ptr<RawClient> client_;
  std::string token_;
  std::string person_;
  Song song_;
  std::map<int64_t, Sent> sent_;
  std::vector<std::vector<uint8_t>> held_;
  uint32_t held_song_ = 0;
  BlockEncoder encoder_{{.bitrate = 48'000, .complexity = 1}};
  std::vector<nlohmann::json> heard_;
  std::atomic<int> connections_{0};
  std::atomic<bool> over_{false};
  std::atomic<bool> loses_line_{false};
  std::thread thread_;
};

}  // namespace roundelay::e2e
