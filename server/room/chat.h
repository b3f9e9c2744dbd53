// What is said in writing in a room: the last lines, and how often one may say something. Pure; owned by the Room.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/base/rate_limit.h"
#include "server/room/person.h"

namespace roundelay {

namespace control {
struct Line;
}

struct ChatLine {
  uint64_t id = 0;  // later ones have larger numbers, over restarts too
  PersonId person = 0;
  std::string name;  // as she was called then
  std::string text;
  int64_t at_ms = 0;  // Unix time
  bool announcement = false;
};

// As clients see it.
[[nodiscard]] control::Line as_shown(const ChatLine& line);

class Chat {
 public:
  static constexpr size_t kMostLines = 200;
  static constexpr size_t kMostBytes = size_t{64} * 1024;  // of names and texts
  // The last of them stay, whatever is said after them.
  static constexpr size_t kKeptAnnouncements = 5;

  enum class Pace { kFine, kTooFast, kTooMany };
  // Whether she may say something now; if so it is counted. `announces`: it does not count among the room's.
  [[nodiscard]] Pace take(PersonId person, bool announces, int64_t now_ns);

  // The oldest first.
  void restore(std::vector<ChatLine> lines);
  // Returns the line with its id. Lines that make room for it are put into `dropped`.
  const ChatLine& add(ChatLine line, std::vector<uint64_t>& dropped);
  // False: there is no such line any more.
  bool remove(uint64_t id);
  [[nodiscard]] const std::deque<ChatLine>& lines() const { return lines_; }

 private:
  static size_t bytes_of(const ChatLine& line) { return line.name.size() + line.text.size(); }
  void drop_one(std::vector<uint64_t>& dropped);

  std::deque<ChatLine> lines_;
  size_t bytes_ = 0;
  uint64_t last_id_ = 0;
  std::unordered_map<PersonId, RateLimit> limits_;  // of those who said something lately
  RateLimit of_all_{5, 30};                         // a second; what thousands are told of costs the server thousands of messages
};

}  // namespace roundelay
