// One of thousands of listeners, as cheap as can be: a bare socket without an event loop, read when step() is called, so that one
// system call fetches the messages of a while. Plain ws:// alone. What it hears is counted, not decoded. One thread.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

#include "server/load/frame_reader.h"
#include "server/load/load_counts.h"
#include "server/singer/server_url.h"

namespace roundelay {

class SweptListener {
 public:
  struct Settings {
    std::string room;
    std::string name;
    std::string host;  // as the server is called in the request
    std::string path;
    sockaddr_storage address{};
    socklen_t address_bytes = 0;
  };
  // `settings.address` of a URL; the error is a sentence. Blocks while the name is looked up.
  [[nodiscard]] static tl::expected<Settings, std::string> settings_for(const ServerUrl& url);

  // `tally` outlives it.
  SweptListener(Settings settings, LoadTally& tally) : settings_(std::move(settings)), tally_(tally) {}
  ~SweptListener();
  SweptListener(const SweptListener&) = delete;
  SweptListener& operator=(const SweptListener&) = delete;

  void join();
  void step();  // reads what has come, says what is due
  void leave();

  [[nodiscard]] bool joined() const { return state_ == State::kIn; }
  [[nodiscard]] bool open() const { return fd_ >= 0; }
  [[nodiscard]] bool started() const { return opened_ns_ != 0; }
  [[nodiscard]] const LoadCounts& counts() const { return counts_; }

 private:
  enum class State { kOutside, kConnecting, kUpgrading, kGreeting, kIn };
  void ask_for_upgrade();
  void read();
  void take_answer(std::span<const uint8_t> bytes);
  void take(const Frame& frame);
  void take_text(std::string_view text);
  void send(const std::string& bytes);  // all or nothing: they are few
  void close_socket();
  void lose(const std::string& why);

  Settings settings_;
  LoadTally& tally_;
  State state_ = State::kOutside;
  int fd_ = -1;
  uint64_t opened_ns_ = 0;
  std::string answer_;  // to the upgrade, as far as it has come
  FrameReader frames_;
  LoadCounts counts_;
};

}  // namespace roundelay
