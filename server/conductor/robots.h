// Choirs of robots: one process `roundelay robots` for each room that was made with them. On the conductor's loop.
//
// A choir ends with its conductor (the program asks for SIGTERM at its parent's death): after a restart of the conductor the room
// goes on without its robots. To find them again would need their process ids in the database, for a room that is a try-out.
#pragma once

#include <uv.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <tl/expected.hpp>

#include "server/jobs/child.h"

namespace roundelay {

class RobotChoirs {
 public:
  struct Options {
    std::vector<std::string> command;  // what comes before --url and --room; the key is in its environment
    std::string url;
    int max_choirs = 4;
    int64_t alone_ns = 60'000'000'000;  // how long they sing without a human
  };
  RobotChoirs(uv_loop_t* loop, Options options) : loop_(loop), options_(std::move(options)) {}
  // Ends them all.
  ~RobotChoirs();
  RobotChoirs(const RobotChoirs&) = delete;
  RobotChoirs& operator=(const RobotChoirs&) = delete;

  void set_max_choirs(int most) { options_.max_choirs = most; }
  [[nodiscard]] bool full() const { return static_cast<int>(choirs_.size()) >= options_.max_choirs; }
  [[nodiscard]] size_t count() const { return choirs_.size(); }
  // The error is for the log.
  [[nodiscard]] tl::expected<void, std::string> start(const std::string& room, const std::string& key, int64_t now_ns);
  // Ends those that were without a human too long; `humans` counts the connected ones of a room.
  void tick(int64_t now_ns, const std::function<int(const std::string& room)>& humans);

 private:
  struct Choir {
    std::unique_ptr<Child> child;
    int64_t human_seen_ns;
    bool ending = false;
  };
  uv_loop_t* loop_;
  Options options_;
  std::unordered_map<std::string, Choir> choirs_;  // by room
};

// Where a program on this machine reaches a server that listens on `host`.
[[nodiscard]] std::string local_url(const std::string& host, int port, bool tls = false, const std::string& base_path = "/");

}  // namespace roundelay
