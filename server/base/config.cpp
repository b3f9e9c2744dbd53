#include "server/base/config.h"

#include <sodium.h>
#include <sys/un.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>
#include <type_traits>

#include "mixer/room_state.h"
#include "server/base/cores.h"

namespace roundelay {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kMaxSocketPath = sizeof(sockaddr_un::sun_path) - 1;  // 107 bytes

// Calls visit(key, field, least, most) for every number and visit(key, field) for texts and yes or no: the one list of the
// settings.
template <typename AnyConfig, typename Visitor>
void for_each_setting(AnyConfig& c, Visitor&& visit) {
  visit("shards", c.shards, 0, 64);
  visit("port", c.port, 0, 65'535);
  visit("host", c.host);
  visit("data_dir", c.data_dir);
  visit("web_dir", c.web_dir);
  visit("theme", c.theme);
  visit("public_origin", c.public_origin);
  visit("tls_certificate", c.tls_certificate);
  visit("tls_key", c.tls_key);
  visit("metrics_public", c.metrics_public);
  visit("max_rooms", c.max_rooms, 1, 65'536);
  visit("max_singers_per_room", c.max_singers_per_room, 1, 10'000);
  visit("max_listeners_per_room", c.max_listeners_per_room, 0, 1'000'000);
  visit("max_connections_per_shard", c.max_connections_per_shard, 1, 100'000);
  visit("max_joins_per_s", c.max_joins_per_s, 20, 100'000);
  visit("max_robot_rooms", c.max_robot_rooms, 0, 1'000);
  visit("max_upload_bytes", c.max_upload_bytes, 1'000, 4'000'000'000);
  visit("max_uploads_per_person", c.max_uploads_per_person, 1, 1'000);
  visit("max_uploads_per_room", c.max_uploads_per_room, 1, 1'000);
  visit("max_uploads_per_address", c.max_uploads_per_address, 1, 10'000);
  visit("max_uploads", c.max_uploads, 1, 10'000);
  visit("max_uploads_bytes", c.max_uploads_bytes, 1'000, 1'000'000'000'000);
  visit("max_track_seconds", c.max_track_seconds, 1, 7'200);
  visit("default_interval_ms", c.default_interval_ms, 0, 10'000);
  visit("min_automatic_interval_ms", c.min_automatic_interval_ms, 60, 10'000);
  visit("default_first_offset_ms", c.default_first_offset_ms, 0, 10'000);
  visit("default_buckets", c.default_buckets, 2, 8);
  visit("lead_in_ms", c.lead_in_ms, 100, 30'000);
  visit("forget_person_s", c.forget_person_s, 1, 86'400);
  visit("drain_s", c.drain_s, 0, 86'400);
  visit("empty_room_s", c.empty_room_s, 0, 86'400);
  visit("forget_room_days", c.forget_room_days, 1, 36'500);
  visit("token_days", c.token_days, 1, 3'650);
  visit("mix_bitrate", c.mix_bitrate, 16'000, 256'000);
  visit("mix_complexity", c.mix_complexity, 0, 10);
  visit("blocks_per_message", c.blocks_per_message, 0, 5);
  visit("refuse_singers", c.refuse_singers);
  visit("voice_late_window_s", c.voice_late_window_s, 1, 60);
  visit("log_level", c.log_level);
  visit("log_format", c.log_format);
  visit("core_dumps", c.core_dumps);
}

std::string range_error(std::string_view key, int64_t least, int64_t most) {
  return std::string(key) + " must be from " + std::to_string(least) + " to " + std::to_string(most) + ".";
}

// Sets one field from a JSON value; remembers the first thing that was wrong.
struct Reader {
  std::string_view key;
  const json& value;
  bool known = false;
  std::string error;

  template <typename Number>
  void operator()(std::string_view name, Number& field, int64_t least, int64_t most) {
    if (name != key) return;
    known = true;
    if constexpr (std::is_floating_point_v<Number>) {
      if (!value.is_number()) {
        error = std::string(key) + " must be a number.";
        return;
      }
      const double number = value.get<double>();
      if (!(number >= static_cast<double>(least) && number <= static_cast<double>(most))) {
        error = range_error(key, least, most);
        return;
      }
      field = number;
    } else {
      if (!value.is_number_integer()) {
        error = std::string(key) + " must be a whole number.";
        return;
      }
      const bool huge = value.is_number_unsigned() && value.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX);
      if (huge || value.get<int64_t>() < least || value.get<int64_t>() > most) {
        error = range_error(key, least, most);
        return;
      }
      field = static_cast<Number>(value.get<int64_t>());
    }
  }
  void operator()(std::string_view name, std::string& field) {
    if (name != key) return;
    known = true;
    if (value.is_string()) {
      field = value.get<std::string>();
    } else {
      error = std::string(key) + " must be a text.";
    }
  }
  void operator()(std::string_view name, bool& field) {
    if (name != key) return;
    known = true;
    if (value.is_boolean()) {
      field = value.get<bool>();
    } else {
      error = std::string(key) + " must be true or false.";
    }
  }
};

struct RangeCheck {
  std::string error;
  template <typename Number>
  void operator()(std::string_view name, const Number& field, int64_t least, int64_t most) {
    const auto number = static_cast<double>(field);
    const bool inside = number >= static_cast<double>(least) && number <= static_cast<double>(most);
    if (error.empty() && !inside) error = range_error(name, least, most);
  }
  void operator()(std::string_view, const std::string&) {}
  void operator()(std::string_view, bool) {}
};

struct Writer {
  json& out;
  template <typename Number>
  void operator()(const char* name, const Number& field, int64_t, int64_t) {
    out[name] = field;
  }
  void operator()(const char* name, const std::string& field) { out[name] = field; }
  void operator()(const char* name, bool field) { out[name] = field; }
};

// "" if it is an origin as browsers send it: scheme and host, perhaps a port, nothing behind.
std::string origin_error(const std::string& origin) {
  const size_t scheme = origin.starts_with("https://") ? 8 : origin.starts_with("http://") ? 7 : 0;
  if (scheme == 0 || origin.size() == scheme || origin.find('/', scheme) != std::string::npos) {
    return "public_origin must look like https://sing.example, without a path.";
  }
  return "";
}

}  // namespace

std::string Config::segment_name() const {
  unsigned char hash[crypto_generichash_BYTES_MIN];
  crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(data_dir.data()), data_dir.size(), nullptr, 0);
  char hex[2 * 8 + 1];
  sodium_bin2hex(hex, sizeof hex, hash, 8);
  return std::string("/roundelay-") + hex;
}

std::string Config::control_socket() const {
  return data_dir + "/control.sock";
}

std::string Config::wake_socket(int shard) const {
  return data_dir + "/wake-" + std::to_string(shard) + ".sock";
}

std::string Config::database() const {
  return data_dir + "/roundelay.sqlite";
}

std::string Config::tracks_dir() const {
  return data_dir + "/tracks";
}

std::string Config::recordings_dir() const {
  return data_dir + "/recordings";
}

std::string recording_id(const std::string& room, uint32_t song) {
  return room + "-" + std::to_string(song);
}

std::string Config::scores_dir() const {
  return data_dir + "/scores";
}

std::string Config::uploads_dir() const {
  return data_dir + "/uploads";
}

tl::expected<Config, std::string> apply_json(Config base, const json& object) {
  if (!object.is_object()) return tl::unexpected(std::string("The configuration must be a JSON object."));
  for (const auto& [key, value] : object.items()) {
    Reader reader{key, value, false, {}};
    for_each_setting(base, reader);
    if (!reader.known) return tl::unexpected("There is no setting named " + key + ".");
    if (!reader.error.empty()) return tl::unexpected(reader.error);
  }
  return base;
}

json to_json(const Config& config) {
  json out = json::object();
  for_each_setting(config, Writer{out});
  return out;
}

tl::expected<Config, std::string> checked(Config config) {
  RangeCheck ranges;
  for_each_setting(config, ranges);
  if (!ranges.error.empty()) return tl::unexpected(ranges.error);
  if (config.shards == 0) config.shards = std::min(usable_cores(), 64);
  if (config.host.empty()) return tl::unexpected(std::string("host must be an address, such as 0.0.0.0."));
  if (!config.public_origin.empty()) {
    if (std::string error = origin_error(config.public_origin); !error.empty()) return tl::unexpected(error);
  }
  if (config.tls_certificate.empty() != config.tls_key.empty()) {
    return tl::unexpected(std::string("tls_certificate and tls_key belong together: give both, or none."));
  }
  constexpr std::string_view kLevels[] = {"trace", "debug", "info", "warn", "error"};
  if (std::find(std::begin(kLevels), std::end(kLevels), config.log_level) == std::end(kLevels)) {
    return tl::unexpected(std::string("log_level must be trace, debug, info, warn or error."));
  }
  if (config.log_format != "auto" && config.log_format != "text" && config.log_format != "json")
    return tl::unexpected(std::string("log_format must be auto, text or json."));
  if (config.default_interval_ms != 0 && config.default_interval_ms < 60)
    return tl::unexpected(std::string("default_interval_ms must be 0 (automatic) or from 60 to 10000."));
  const int last_offset_ms = config.default_first_offset_ms + (config.default_buckets - 1) * config.default_interval_ms;
  if (last_offset_ms / 20 + kRingSlackBlocks > static_cast<int>(kLineBlocks)) {
    return tl::unexpected("default_first_offset_ms + (default_buckets - 1) x default_interval_ms must be at most " +
                          std::to_string((static_cast<int>(kLineBlocks) - kRingSlackBlocks) * 20) + ".");
  }
  if (config.data_dir.empty()) return tl::unexpected(std::string("data_dir must name a folder."));
  std::error_code failure;
  fs::path absolute = fs::absolute(config.data_dir, failure);
  if (!failure) absolute = fs::weakly_canonical(absolute, failure);
  if (failure) return tl::unexpected("data_dir " + config.data_dir + " cannot be used: " + failure.message() + ".");
  config.data_dir = absolute.string();
  while (config.data_dir.size() > 1 && config.data_dir.back() == '/') config.data_dir.pop_back();
  if (std::max(config.control_socket().size(), config.wake_socket(config.shards - 1).size()) > kMaxSocketPath) {
    return tl::unexpected("data_dir " + config.data_dir + " is too long: the paths of its sockets may have " +
                          std::to_string(kMaxSocketPath) + " bytes.");
  }
  return config;
}

}  // namespace roundelay
