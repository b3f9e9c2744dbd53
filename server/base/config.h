// The settings of `roundelay serve`: defaults, then a JSON file (--config), then the command line; checked, handed to every
// process. settings_table.cpp has what each means, and which of them change while the server runs (live_settings.h).
#pragma once

#include <cstdint>
#include <string>

#include <nlohmann/json_fwd.hpp>
#include <tl/expected.hpp>

namespace roundelay {

struct Config {
  int shards = 0;                 // processes that carry sound; 0: one per core that affinity and quota leave (at most 64)
  int port = 8080;                // TCP; 0: any free one
  std::string host = "::";        // address to listen on; "::": all, of IPv6 and IPv4 (IPv4 alone where there is no IPv6)
  std::string data_dir = "data";  // database, tracks, sockets
  std::string web_dir;            // the built page; empty: beside the program, or the source tree's web/dist
  std::string theme;              // JSON file of the operator's own colours; empty: the page's alone
  std::string base_path = "/";    // the path under which everything is, for instance "/sing/"
  // Proxies that are believed when they tell who asks (X-Forwarded-For, Forwarded): addresses and networks; empty: none
  std::string trusted_proxies = "127.0.0.0/8, ::1";
  std::string public_origin;         // e.g. "https://sing.example": an Origin allowed beside the Host's own; empty: none
  std::string tls_certificate;       // PEM file: serve HTTPS and WSS with it and its tls_key; both or none
  std::string tls_key;               // PEM file
  bool metrics_public = false;       // /metrics answers everybody; otherwise loopback and private addresses alone
  int max_rooms = 1024;              // rooms in use at once
  int max_singers_per_room = 1'000;  // with those whose connection is lost
  int max_listeners_per_room = 20'000;
  int max_connections_per_shard = 16'000;
  int max_live_players_per_shard = 2'000;  // that hear rooms by their live links
  int max_live_players_per_address = 100;  // of those on one shard
  int max_joins_per_s = 1'000;             // let in on one shard; more wait their turn
  int max_robot_rooms = 4;                 // robot choirs at once
  int64_t max_upload_bytes = 350'000'000;  // 20 minutes of WAV as studios write it: 48 kHz, 24 bits, stereo
  int max_uploads_per_person = 2;          // at once, until they are tracks
  int max_uploads_per_room = 4;
  int max_uploads_per_address = 8;
  int max_uploads = 24;
  int64_t max_uploads_bytes = 4'000'000'000;  // of disk, for all uploads on their way
  double max_track_seconds = 20 * 60;
  int default_interval_ms = 0;  // distance of neighbouring buckets in new rooms; 0: automatic, from measured loop times
  int min_automatic_interval_ms = 200;
  int default_first_offset_ms = 0;  // the leader's offset
  int default_buckets = 6;
  int lead_in_ms = 1500;       // from pressing start to the song's first sample in bucket 1
  int forget_person_s = 120;   // how long a lost connection keeps its place
  int drain_s = 120;           // how long SIGTERM lets songs go on to their end; 0: not at all
  int empty_room_s = 60;       // how long an empty room keeps its row in shared memory
  int forget_room_days = 90;   // a room that nobody used for so long is forgotten, with its tracks
  int token_days = 90;         // how long a place and its rights are known by a session's token
  int mix_bitrate = 64'000;    // bits per second
  int mix_complexity = 10;     // 0 to 10: the most; a busy shard takes less
  int blocks_per_message = 0;  // 1 to 5: pinned, for measurements; 0: chosen per connection
  bool refuse_singers = true;  // new ones, while all shards are full; false: for measurements
  int voice_late_window_s =
      10;  // over which a singer's share of late blocks is taken; her loop time over six, or more where little is measured
  std::string log_level = "info";   // trace, debug, info, warn, error
  std::string log_format = "auto";  // text, or json: an object a line; auto: json where systemd's journal reads, text elsewhere
  bool core_dumps = false;          // a crash may leave a dump, which holds the keys of TLS and tokens

  // Derived names; the same in every process of one server.
  [[nodiscard]] std::string segment_name() const;          // "/roundelay-" + 16 hex digits of a hash of the data directory
  [[nodiscard]] std::string control_socket() const;        // unix stream socket of the conductor
  [[nodiscard]] std::string wake_socket(int shard) const;  // unix datagram socket of a shard
  [[nodiscard]] std::string database() const;              // SQLite file
  [[nodiscard]] std::string tracks_dir() const;            // blobs named by their SHA-256, hex
  [[nodiscard]] std::string recordings_dir() const;        // a folder for each recording
  [[nodiscard]] std::string scores_dir() const;            // likewise
  [[nodiscard]] std::string uploads_dir() const;           // uploads on their way; the supervisor empties it at start
};

// The recording of a room's song: its id and the name of its folder.
[[nodiscard]] std::string recording_id(const std::string& room, uint32_t song);

// Reads what `json` sets; unknown keys and wrong types or ranges are errors that name the key and what is allowed.
[[nodiscard]] tl::expected<Config, std::string> apply_json(Config base, const nlohmann::json& json);
[[nodiscard]] nlohmann::json to_json(const Config& config);
// Checks ranges and that the names above fit their sockets (107 bytes); makes data_dir absolute.
[[nodiscard]] tl::expected<Config, std::string> checked(Config config);

}  // namespace roundelay
