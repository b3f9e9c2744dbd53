// The shard's end of the control link, played by a test over the real socket.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <nlohmann/json.hpp>
#include <string>

#include "server/wire/link/enclosed.h"
#include "server/wire/link/envelope.h"
#include "tests/server/conductor/loop_fixture.h"

namespace roundelay {

class ScriptedShard {
 public:
  ScriptedShard(Loop& loop, const std::string& path) : loop_(loop), fd_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0) << strerror(errno);
    fcntl(fd_, F_SETFL, O_NONBLOCK);
  }
  ~ScriptedShard() { hang_up(); }
  ScriptedShard(const ScriptedShard&) = delete;
  ScriptedShard& operator=(const ScriptedShard&) = delete;

  void hang_up() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }
  void say(const nlohmann::json& object) { say_raw(object.dump() + "\n"); }
  void say_raw(std::string bytes) {
    EXPECT_TRUE(loop_.run_until([&] {
      const ssize_t count = write(fd_, bytes.data(), bytes.size());
      if (count > 0) bytes.erase(0, static_cast<size_t>(count));
      return bytes.empty() || (count < 0 && errno != EAGAIN);
    }));
  }
  void greet(int index, nlohmann::json sessions = nlohmann::json::array()) {
    say({{"op", "shard"},
         {"index", index},
         {"version", link::kLinkVersion},
         {"pid", getpid()},
         {"sessions", std::move(sessions)}});
  }
  void client(uint64_t session, nlohmann::json message) {
    say({{"op", "client"}, {"session", session}, {"address", "127.0.0.1"}, {"msg", std::move(message)}});
  }

  // The next object of this op that fits, taken out; those before it are dropped. Null when none comes.
  nlohmann::json next(
      const std::string& op, const std::function<bool(const nlohmann::json&)>& fits = [](const auto&) { return true; }) {
    nlohmann::json found;
    const bool came = loop_.run_until([&] {
      pull();
      while (!got_.empty()) {
        nlohmann::json object = std::move(got_.front());
        got_.pop_front();
        if (object["op"] == op && fits(object)) {
          found = std::move(object);
          return true;
        }
      }
      return false;
    });
    EXPECT_TRUE(came) << "no " << op;
    return found;
  }
  // The next message of this type to this session.
  nlohmann::json sent(uint64_t session, const std::string& type) {
    const nlohmann::json object = next("send", [&](const nlohmann::json& o) {
      return o["msg"]["type"] == type && std::find(o["sessions"].begin(), o["sessions"].end(), session) != o["sessions"].end();
    });
    return object.is_null() ? object : object["msg"];
  }
  nlohmann::json to_room(const std::string& type) {
    const nlohmann::json object = next("room", [&](const nlohmann::json& o) { return o["msg"]["type"] == type; });
    return object.is_null() ? object : object["msg"];
  }
  // The next that the room is told of somebody who fits, alone or with others.
  nlohmann::json person(const std::function<bool(const nlohmann::json&)>& fits) {
    nlohmann::json found;
    next("room", [&](const nlohmann::json& object) {
      const nlohmann::json& message = object["msg"];
      const nlohmann::json people = message["type"] == "people"   ? message["people"]
                                    : message["type"] == "person" ? nlohmann::json::array({message["person"]})
                                                                  : nlohmann::json::array();
      const auto it = std::find_if(people.begin(), people.end(), fits);
      if (it != people.end()) found = *it;
      return it != people.end();
    });
    return found;
  }
  // True once the other end has closed the link.
  bool cut_off() {
    return loop_.run_until([&] {
      pull();
      return ended_;
    });
  }
  void pull() {
    char buffer[65'536];
    for (;;) {
      const ssize_t count = read(fd_, buffer, sizeof buffer);
      if (count == 0 || (count < 0 && errno != EAGAIN)) ended_ = true;
      if (count <= 0) break;
      rest_.append(buffer, static_cast<size_t>(count));
    }
    for (size_t end = rest_.find('\n'); end != std::string::npos; end = rest_.find('\n')) {
      got_.push_back(link::message_of(std::string_view(rest_).substr(0, end)));
      rest_.erase(0, end + 1);
    }
  }
  std::deque<nlohmann::json>& got() { return got_; }

 private:
  Loop& loop_;
  int fd_;
  bool ended_ = false;
  std::string rest_;
  std::deque<nlohmann::json> got_;
};

}  // namespace roundelay
