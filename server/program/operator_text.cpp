#include "server/program/operator_text.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "server/wire/control/fields.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr int64_t kMinuteS = 60;
constexpr int64_t kHourS = 60 * kMinuteS;
constexpr int64_t kDayS = 24 * kHourS;

std::string shown(const std::string& text) {
  std::string out;
  for (const char each : text) out += static_cast<unsigned char>(each) < 0x20 || each == 0x7F ? '?' : each;
  return out;
}

int64_t whole(const json& in, const char* key) {
  return integer_field(in, key, 0, kMaxNumber).value;
}

double real(const json& in, const char* key) {
  return number_field(in, key, 0, 1e15).value;
}

std::string text_of(const json& in, const char* key) {
  return shown(text_field(in, key).value);
}

const json& part(const json& in, const char* key) {
  static const json kNothing;
  const json* found = find_field(in, key);
  return found != nullptr ? *found : kNothing;
}

std::string counted(int64_t count, const char* one, const char* more) {
  return std::to_string(count) + " " + (count == 1 ? one : more);
}

std::string rounded(double value, const char* unit) {
  char out[64];
  std::snprintf(out, sizeof out, "%.1f %s", value, unit);
  return out;
}

std::string gigabytes(int64_t bytes) {
  return rounded(static_cast<double>(bytes) / 1e9, "GB");
}

std::string span(int64_t seconds) {
  if (seconds < kMinuteS) return std::to_string(seconds) + " s";
  if (seconds < kHourS) return std::to_string(seconds / kMinuteS) + " min";
  if (seconds < kDayS) return std::to_string(seconds / kHourS) + " h " + std::to_string(seconds % kHourS / kMinuteS) + " min";
  return counted(seconds / kDayS, "day", "days");
}

// "2:31 recorded", of the song of a room; "-" without one.
std::string song_text(const json& room) {
  const json& song = part(room, "song");
  if (!song.is_object()) return "-";
  const auto seconds = static_cast<int64_t>(real(song, "seconds"));
  char out[64];
  std::snprintf(out, sizeof out, "%lld:%02lld", static_cast<long long>(seconds / 60), static_cast<long long>(seconds % 60));
  return std::string(out) + (bool_field(song, "recorded").value ? " recorded" : "");
}

std::string loop_text(const json& in) {
  return integer_field(in, "loop_ms", 0, kMaxNumber).given() ? std::to_string(whole(in, "loop_ms")) + " ms" : "-";
}

// Characters as a terminal counts them, nearly: bytes that begin one.
size_t width(const std::string& text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char each) { return (static_cast<unsigned char>(each) & 0xC0U) != 0x80; }));
}

std::string live_rooms(const json& rooms) {
  std::vector<std::vector<std::string>> rows{{"room", "people", "singers", "song", "slowest loop", "interval", "name"}};
  for (const json& room : rooms) {
    rows.push_back({text_of(room, "room"), std::to_string(whole(room, "people")), std::to_string(whole(room, "singers")),
                    song_text(room), loop_text(room), std::to_string(whole(room, "interval_ms")) + " ms", text_of(room, "name")});
  }
  return table(rows);
}

std::string shard_lines(const json& shards) {
  std::vector<std::vector<std::string>> rows{{"shard", "state", "singers", "load", "strain", "starts"}};
  for (const json& shard : shards) {
    const int64_t strain = whole(shard, "strain");
    rows.push_back({std::to_string(whole(shard, "index")), text_of(shard, "state"),
                    std::to_string(whole(shard, "singers")) + " of " + std::to_string(whole(shard, "capacity")),
                    std::to_string(std::lround(real(shard, "load") * 100)) + " %", strain == 0 ? "none" : std::to_string(strain),
                    std::to_string(whole(shard, "starts"))});
  }
  return table(rows);
}

}  // namespace

std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += row[i];
      if (i + 1 < row.size()) line.append(widths[i] - width(row[i]) + 2, ' ');
    }
    out += line + "\n";
  }
  return out;
}

std::string status_text(const json& status) {
  const json& counts = part(status, "counts");
  std::string out = "Roundelay " + text_of(status, "version") + ", up " + span(whole(status, "uptime_s")) + "\n";
  out += counted(whole(counts, "rooms"), "room", "rooms") + " in use, " + counted(whole(counts, "people"), "person", "people") +
         ", " + counted(whole(counts, "singers"), "of them sings", "of them sing") + "; " +
         counted(whole(counts, "songs"), "song", "songs") + ", " +
         counted(whole(counts, "songs_recorded"), "recording", "recordings") + "\n";
  if (whole(counts, "loops_measured") > 0) {
    out += "loop time: half of the singers up to " + std::to_string(whole(counts, "loop_median_ms")) + " ms, nine in ten up to " +
           std::to_string(whole(counts, "loop_worst_tenth_ms")) + " ms, the slowest " +
           std::to_string(whole(counts, "loop_worst_ms")) + " ms\n";
  }
  if (whole(counts, "disk_bytes") > 0)
    out += "disk: " + gigabytes(whole(counts, "disk_left_bytes")) + " left of " + gigabytes(whole(counts, "disk_bytes")) + "\n";
  const json& memory = part(status, "shared_memory");
  out += "shared memory: " + gigabytes(whole(memory, "used_bytes")) + " used";
  if (integer_field(memory, "left_bytes", 0, kMaxNumber).given()) out += ", " + gigabytes(whole(memory, "left_bytes")) + " left";
  out += "\n";
  const json& store = part(status, "store");
  if (bool_field(store, "failing").value) {
    out += "THE DATABASE TAKES NO CHANGES: " + counted(whole(store, "waiting"), "waits", "wait") +
           " in memory (see the log; is the disk full?)\n";
  }
  for (const auto& [key, what] : {std::pair("recordings_waiting", "recordings whose files are being made"),
                                  std::pair("uploads_waiting", "uploads that wait for a worker")}) {
    if (whole(counts, key) > 0) out += std::to_string(whole(counts, key)) + " " + what + "\n";
  }
  out += "\n" + shard_lines(part(status, "shards"));
  if (!part(status, "rooms").empty()) out += "\n" + live_rooms(part(status, "rooms"));
  return out;
}

std::string rooms_text(const json& rooms, int64_t now) {
  if (rooms.empty()) return "There are no rooms.\n";
  std::vector<std::vector<std::string>> rows{{"room", "people", "song", "last used", "name"}};
  for (const json& room : rooms) {
    const bool in_use = bool_field(room, "in_use").value;
    const int64_t people = whole(room, "people");
    rows.push_back({text_of(room, "room"), in_use ? std::to_string(people) : "-", song_text(room),
                    people > 0 ? "now" : span(std::max<int64_t>(0, now - whole(room, "last_used"))) + " ago",
                    text_of(room, "name")});
  }
  return table(rows);
}

std::string room_text(const json& room) {
  std::string out = text_of(room, "name") + " (" + text_of(room, "room") + ")\n";
  std::string doors;
  for (const auto& [key, what] : {std::pair("listed", "listed on the first page"), std::pair("locked", "closed to newcomers"),
                                  std::pair("password", "with a password")}) {
    if (bool_field(room, key).value) doors += (doors.empty() ? "" : ", ") + std::string(what);
  }
  if (!doors.empty()) out += doors + "\n";
  out += counted(whole(room, "tracks"), "track", "tracks") + ", " + counted(whole(room, "scores"), "score", "scores") + ", " +
         counted(whole(room, "recordings"), "recording", "recordings") + "\n";
  if (!bool_field(room, "in_use").value) return out + "not in use\n";
  const std::string title = text_of(part(room, "song"), "title");
  out += "song: " + song_text(room) + (title.empty() ? "" : " " + title) + "; interval " +
         std::to_string(whole(room, "interval_ms")) + " ms\n";
  const json& present = part(room, "present");
  if (present.empty()) return out;
  std::vector<std::vector<std::string>> rows{{"name", "group", "loop", ""}};
  for (const json& person : present) {
    std::string what;
    for (const char* key : {"leader", "organiser", "engineer", "muted", "robot"}) {
      if (bool_field(person, key).value) what += (what.empty() ? "" : ", ") + std::string(key);
    }
    if (!bool_field(person, "connected").value) what += (what.empty() ? "" : ", ") + std::string("connection lost");
    const bool sings = text_of(person, "role") == "singer";
    rows.push_back(
        {text_of(person, "name"), sings ? std::to_string(whole(person, "group")) : "listens", loop_text(person), what});
  }
  return out + "\n" + table(rows);
}

std::string link_text(std::string begin, const std::string& path) {
  const auto without_slash = [&] {
    while (begin.ends_with('/')) begin.pop_back();
  };
  without_slash();
  const std::string under = path.substr(0, path.substr(0, path.find('#')).rfind("/r/"));
  if (!under.empty() && begin.ends_with(under)) begin.resize(begin.size() - under.size());
  without_slash();
  return begin + path;
}

}  // namespace roundelay
