#include "server/conductor/calendar_watch.h"

#include <spdlog/spdlog.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iterator>

namespace roundelay {
namespace {

constexpr int64_t kSecondsOfADay = 86'400;
constexpr size_t kMostBytes = 64;

}  // namespace

CalendarWatch::CalendarWatch(std::string file) : file_(std::move(file)) {
  std::ifstream in(file_, std::ios::binary);
  std::string said(kMostBytes, '\0');
  in.read(said.data(), static_cast<std::streamsize>(said.size()));
  said.resize(static_cast<size_t>(in.gcount()));
  seen_ = read(said);
}

bool CalendarWatch::may_delete(int64_t unix_s, int64_t boot_s) {
  const int64_t passed_s = seen_ ? unix_s - seen_->unix_s : 0;
  bool trusted = seen_.has_value();
  if (boot_s_) {
    trusted = trusted && std::abs(passed_s - (boot_s - *boot_s_)) <= kMostDriftS;
  } else {
    trusted = trusted && passed_s >= -kMostDriftS && passed_s <= kMostOffS;
  }
  if (!trusted) {
    if (seen_) {
      spdlog::warn(
          "the clock says that {} days have passed since it was looked at last: for {} days nothing is deleted for its age",
          passed_s / kSecondsOfADay, kQuietS / kSecondsOfADay);
    }
    seen_ = Seen{unix_s, unix_s + kQuietS};
  }
  seen_->unix_s = unix_s;
  boot_s_ = boot_s;
  write();
  return unix_s >= seen_->quiet_until_s;
}

std::optional<CalendarWatch::Seen> CalendarWatch::read(std::string_view text) {
  Seen seen;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, seen.unix_s);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != ' ') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, seen.quiet_until_s);
  if (second.ec != std::errc() || second.ptr == end || *second.ptr != '\n' || second.ptr + 1 != end) return std::nullopt;
  // A day that no clock says would make sums overflow.
  constexpr int64_t kFarthest = int64_t{1} << 40;
  const auto far = [](int64_t time) { return time < -kFarthest || time > kFarthest; };
  return far(seen.unix_s) || far(seen.quiet_until_s) ? std::nullopt : std::optional(seen);
}

std::string CalendarWatch::text(const Seen& seen) {
  return std::to_string(seen.unix_s) + " " + std::to_string(seen.quiet_until_s) + "\n";
}

void CalendarWatch::write() const {
  // Where the disk takes nothing, what is known here must do until the next look.
  const std::string made = file_ + ".new";
  std::ofstream out(made, std::ios::binary | std::ios::trunc);
  out << text(*seen_);
  out.close();
  if (!out || std::rename(made.c_str(), file_.c_str()) != 0) (void)std::remove(made.c_str());
}

int64_t boot_seconds() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return time.tv_sec;
}

}  // namespace roundelay
