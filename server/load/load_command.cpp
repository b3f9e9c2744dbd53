#include "server/load/load_command.h"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>

#include "server/load/codec_floor.h"
#include "server/load/load.h"
#include "server/load/load_report.h"
#include "server/singer/commands.h"
#include "server/singer/fail_early.h"
#include "server/singer/insecure_flag.h"
#include "server/singer/key_option.h"
#include "server/singer/make_room.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr double kEnoughDelivered = 0.99;
constexpr int kMixBitrate = 64'000;

void allow_files(size_t files) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, files));
  setrlimit(RLIMIT_NOFILE, &limit);
}

std::vector<NewRoom> read_rooms(const std::string& path) {
  std::vector<NewRoom> rooms;
  std::ifstream file(path);
  for (NewRoom room; file >> room.room >> room.key;) rooms.push_back(room);
  return rooms;
}

json in_song(const Load& load, size_t people) {
  const double seconds = load.song_seconds();
  const double cpu = load.song_cpu_seconds();
  return {{"song_seconds", seconds},
          {"own_cpu_share", seconds > 0 ? cpu / seconds : 0},
          {"own_cpu_ms_per_client_second", seconds > 0 ? 1000 * cpu / seconds / static_cast<double>(people) : 0}};
}

void print(const json& summary, bool as_json) {
  if (as_json) {
    std::printf("%s\n", summary.dump().c_str());
    return;
  }
  for (const auto& [name, value] : summary.items()) std::printf("%-30s %s\n", name.c_str(), value.dump().c_str());
}

}  // namespace

int run_load(const LoadOptions& options) {
  const auto url = parse_server_url(options.url);
  if (!url) return fail_early(url.error());
  std::vector<NewRoom> rooms;
  if (!options.rooms_file.empty()) {
    rooms = read_rooms(options.rooms_file);
    if (rooms.empty()) return fail_early("There are no rooms in " + options.rooms_file + ".");
  } else if (!options.room.empty()) {
    rooms.push_back({options.room, options.key});
  } else if (!options.make_room) {
    return fail_early("Give --room ID, or --rooms-file FILE, or --make-room.");
  }
  if (options.singers + options.listeners < 1) return fail_early("Nobody would come: give --singers or --listeners.");
  if (options.singers == 0 && !options.no_lead && options.sing_in != 0)
    return fail_early("Somebody must sing to lead: give --singers, or --no-lead.");
  const size_t people = std::max<size_t>(rooms.size(), 1) * static_cast<size_t>(options.people_per_room());
  const size_t listeners = people - std::max<size_t>(rooms.size(), 1) * static_cast<size_t>(options.singers);
  if (options.late_joiners + options.slow_readers >= static_cast<int>(people))
    return fail_early("There must be more people than --late-joiners and --slow-readers.");
  if (options.sweep_ms > 0 && (url->tls || options.late_joiners + options.slow_readers > 0 || options.singers == 0))
    return fail_early(
        "--sweep-ms is for plain connections (ws://), beside singers, and without --late-joiners and --slow-readers.");
  allow_files(people + 64);

  const Connection::Settings connection{*url, options.accept_self_signed, 0};
  if (rooms.empty()) {
    const auto room = make_room(*url, options.accept_self_signed, {.name = "Load", .robots = false});
    if (!room) return fail_early(room.error());
    rooms.push_back(*room);
  }
  tl::expected<SweptListener::Settings, std::string> swept;
  if (options.sweep_ms > 0) swept = SweptListener::settings_for(*url);
  if (!swept) return fail_early(swept.error());
  ClientLoop loop(static_cast<int>(options.sweep_ms > 0 ? people - listeners : people) + 2);
  Load load(loop, options, connection, options.sweep_ms > 0 ? &*swept : nullptr, rooms);
  const double decode_before = options.decode_alone ? decode_alone_ms(load.voices()) : -1;
  load.run();

  json summary = summarize(load.report());
  summary["singers"] = options.singers * static_cast<int>(rooms.size());
  summary["listeners"] = options.listeners * static_cast<int>(rooms.size());
  summary["rooms"] = rooms.size();
  summary["still_there"] = load.still_there();
  summary["lost_connections"] = load.lost();
  summary.update(in_song(load, people));
  if (options.decode_alone) {
    const double after = decode_alone_ms(load.voices());
    summary["decode_alone_before_ms"] = decode_before;
    summary["decode_alone_after_ms"] = after;
    summary["decode_alone_ms_per_singer_second"] = (decode_before + after) / 2;
    summary["encode_alone_us"] = encode_alone_us(load.voices(), kMixBitrate);
  }
  print(summary, options.json);
  if (options.sing_in == 0) return load.lost() == 0 && load.still_there() == static_cast<int>(people) ? 0 : 1;
  if (!load.sang()) return fail_early("A song did not start.");
  if (options.come_back) return summary["gap_blocks"] == 0 ? 0 : 1;
  return summary["delivered"].get<double>() >= kEnoughDelivered && load.lost() == 0 ? 0 : 1;
}

void add_load_command(CLI::App& app, int& exit_code) {
  CLI::App* load = app.add_subcommand("load", "many singers and listeners, to see what a server bears");
  auto options = std::make_shared<LoadOptions>();
  LoadOptions& o = *options;
  load->add_option("--url", o.url, "the server")->capture_default_str();
  add_insecure_flag(*load, o.accept_self_signed);
  load->add_option("--room", o.room, "the room's id");
  load->add_flag("--make-room", o.make_room, "make a room first");
  add_key_option(*load, o.key);
  load->add_option("--rooms-file", o.rooms_file,
                   "several rooms, a line each: id and key; all numbers of people are then per room")
      ->check(CLI::ExistingFile);
  load->add_option("--sing-in", o.sing_in, "of these rooms, how many sing (0: everybody is only there, for --seconds)");
  load->add_option("--singers", o.singers, "how many sing, each with a voice of her own")
      ->capture_default_str()
      ->check(CLI::Range(0, 100'000));
  load->add_option("--listeners", o.listeners, "how many only listen")->capture_default_str()->check(CLI::Range(0, 100'000));
  load->add_option("--sweep-ms", o.sweep_ms,
                   "listeners are bare sockets, all read every so many ms: a quarter of the cost, for thousands (plain ws:// "
                   "alone, and no "
                   "trouble but that of singers)")
      ->check(CLI::Range(10, 500));
  load->add_flag("--no-lead", o.no_lead, "another process leads: stay until the song is over");
  load->add_option("--buckets", o.buckets, "buckets of the room")->capture_default_str()->check(CLI::Range(2, 8));
  load->add_option("--interval-ms", o.interval_ms, "interval of the room, ms (otherwise as the room has it)");
  load->add_option("--seconds", o.seconds, "length of each song, s")->capture_default_str();
  load->add_option("--songs", o.songs, "so many songs, one after the other")->capture_default_str()->check(CLI::Range(1, 10'000));
  load->add_option("--wait-s", o.wait_s, "s before each song in which everybody is only there")->capture_default_str();
  load->add_option("--connects-per-s", o.connects_per_s, "new connections a second")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
  load->add_option("--loop-seconds", o.loop_seconds, "length of each voice before it repeats, s")
      ->capture_default_str()
      ->check(CLI::Range(1, 600));
  load->add_option("--voices", o.voices, "different voices (otherwise as many as singers)");
  load->add_option("--bitrate", o.bitrate, "of the voices, bits per second")->capture_default_str();
  load->add_option("--track", o.track, "id of a backing track of the room");
  load->add_flag("--decode-alone", o.decode_alone,
                 "before and after, measure decoding the same packets (and encoding a mix) without a server");
  load->add_flag("--json", o.json, "the summary as a JSON object");
  const std::string trouble = "Trouble, for every second client (whoever met it does not count in `delivered`)";
  load->add_option("--jitter-ms", o.jitter_ms, "each answer leaves 0 to so many ms later, in order")
      ->check(CLI::Range(0, 10'000))
      ->group(trouble);
  load->add_option("--stall-percent", o.stall_percent, "share of the clients that neither read nor answer, on average, %")
      ->check(CLI::Range(0.0, 90.0))
      ->group(trouble);
  load->add_option("--stall-ms", o.stall_ms, "length of such a stall, ms")
      ->capture_default_str()
      ->check(CLI::Range(20, 60'000))
      ->group(trouble);
  load->add_option("--slow-readers", o.slow_readers, "so many have a receive buffer of 4 KB and read at most 16 KB/s")
      ->group(trouble);
  load->add_option("--reconnects-per-min", o.reconnects_per_min, "connections broken off per minute of all; they come back")
      ->group(trouble);
  load->add_flag("--come-back", o.come_back, "all come back when the server loses their connection, instead of failing the run")
      ->group(trouble);
  load->add_option("--late-joiners", o.late_joiners,
                   "so many (the last ones) come while the first song is heard everywhere; "
                   "join_ms in the summary is theirs: socket to first decoded block")
      ->group(trouble);
  load->add_option("--seed", o.seed, "of trouble")->capture_default_str()->group(trouble);
  load->callback([options, &exit_code] { exit_code = run_load(*options); });
}

}  // namespace roundelay
