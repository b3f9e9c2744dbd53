#include "server/room/chat.h"

#include <algorithm>
#include <utility>

#include "server/base/text.h"
#include "server/wire/control/said.h"

namespace roundelay {
namespace {

constexpr double kPerSecond = 1;
constexpr double kBurst = 5;
constexpr size_t kMostLimits = 256;  // above which those are forgotten who may say everything again

}  // namespace

control::Line as_shown(const ChatLine& line) {
  return {id_text(line.id), id_text(line.person), line.name, line.text, line.at_ms, line.announcement};
}

Chat::Pace Chat::take(PersonId person, bool announces, int64_t now_ns) {
  if (limits_.size() >= kMostLimits) std::erase_if(limits_, [&](const auto& entry) { return entry.second.full(now_ns); });
  RateLimit& own = limits_.try_emplace(person, kPerSecond, kBurst).first->second;
  if (!own.take(now_ns)) return Pace::kTooFast;
  return announces || of_all_.take(now_ns) ? Pace::kFine : Pace::kTooMany;
}

void Chat::restore(std::vector<ChatLine> lines) {
  std::vector<uint64_t> dropped;
  for (ChatLine& line : lines) {
    last_id_ = std::max(last_id_, line.id);
    bytes_ += bytes_of(line);
    lines_.push_back(std::move(line));
  }
  while (lines_.size() > kMostLines || bytes_ > kMostBytes) drop_one(dropped);
}

const ChatLine& Chat::add(ChatLine line, std::vector<uint64_t>& dropped) {
  last_id_ = std::max(last_id_ + 1, static_cast<uint64_t>(std::max<int64_t>(line.at_ms, 0)));
  line.id = last_id_;
  bytes_ += bytes_of(line);
  lines_.push_back(std::move(line));
  while (lines_.size() > kMostLines || bytes_ > kMostBytes) drop_one(dropped);
  return lines_.back();
}

void Chat::drop_one(std::vector<uint64_t>& dropped) {
  const auto is_announcement = [](const ChatLine& line) { return line.announcement; };
  const auto announcements = static_cast<size_t>(std::count_if(lines_.begin(), lines_.end(), is_announcement));
  const auto goes = [&](const ChatLine& line) { return !line.announcement || announcements > kKeptAnnouncements; };
  const auto oldest = std::find_if(lines_.begin(), lines_.end(), goes);
  if (oldest == lines_.end()) return;
  dropped.push_back(oldest->id);
  bytes_ -= bytes_of(*oldest);
  lines_.erase(oldest);
}

bool Chat::remove(uint64_t id) {
  const auto line = std::find_if(lines_.begin(), lines_.end(), [&](const ChatLine& each) { return each.id == id; });
  if (line == lines_.end()) return false;
  bytes_ -= bytes_of(*line);
  lines_.erase(line);
  return true;
}

}  // namespace roundelay
