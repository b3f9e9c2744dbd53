#include "server/singer/load_command.h"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/singer/commands.h"
#include "server/singer/load_client.h"
#include "server/singer/make_room.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr double kEnoughDelivered = 0.99;
constexpr int64_t kJoinPatienceMs = 60'000;

double cpu_seconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

class Load {
 public:
  Load(ClientLoop& loop, const LoadOptions& options, const LoadClient::Settings& base)
      : loop_(loop),
        options_(options),
        base_(base),
        connect_timer_(loop, [this] { connect_some(); }),
        end_timer_(loop, [this] { finish(); }),
        signals_(loop, [this] { finish(); }) {}

  // The sum of the voices' making is paid before the first connection.
  void make_voices() {
    for (int i = 0; i < options_.singers; ++i) {
      voices_.push_back(std::make_unique<LoadVoice>(static_cast<uint32_t>(i), options_.loop_seconds, options_.bitrate));
    }
  }

  int run() {
    connect_timer_.start(0, kConnectEveryMs);
    end_timer_.start(kJoinPatienceMs + 1000 * (options_.singers + options_.listeners) / options_.connects_per_s);
    loop_.run();
    return report();
  }

 private:
  static constexpr int64_t kConnectEveryMs = 20;

  [[nodiscard]] int everyone() const { return options_.singers + options_.listeners; }

  void connect_some() {
    owed_ += options_.connects_per_s * static_cast<double>(kConnectEveryMs) / 1000;
    // The leader comes first, and alone.
    if (clients_.size() == 1 && !clients_.front()->joined()) owed_ = 0;
    while (owed_ >= 1 && static_cast<int>(clients_.size()) < everyone()) {
      owed_ -= 1;
      const auto i = static_cast<int>(clients_.size());
      LoadClient::Settings settings = base_;
      settings.name = "Load " + std::to_string(i + 1);
      settings.listener = i >= options_.singers;
      if (i > 0) settings.key.clear();
      settings.bucket = 0;
      const LoadVoice* voice = settings.listener ? nullptr : voices_[static_cast<size_t>(i)].get();
      clients_.push_back(std::make_unique<LoadClient>(loop_, settings, voice, [this](LoadClient& c) { changed(c); }));
      clients_.back()->join();
      if (i == 0) return;
    }
    if (static_cast<int>(clients_.size()) == everyone()) connect_timer_.stop();
  }

  void changed(LoadClient& client) {
    if (client.gone() && !ending_) {
      ++lost_;
      if (lost_ == 1) std::fprintf(stderr, "%s\n", client.last_error().c_str());
      if (&client == clients_.front().get()) finish();
    }
    if (client.gone() && ending_ && std::all_of(clients_.begin(), clients_.end(), [](const auto& c) { return c->gone(); }))
      loop_.stop();
    // The last bucket has heard the end.
    if (stopping_ && !ending_ && &client == clients_.front().get() && !client.view().song.playing) finish();
    if (!ending_ && !started_ && static_cast<int>(clients_.size()) == everyone() && all_joined()) lead();
  }

  [[nodiscard]] bool all_joined() const {
    return std::all_of(clients_.begin(), clients_.end(), [](const auto& c) { return c->joined() || c->gone(); });
  }

  // Called on each change until the song plays: one step at a time.
  void lead() {
    LoadClient& first = *clients_.front();
    const RoomView& view = first.view();
    if (!first.joined()) return;
    if (step_ == 0) {
      step_ = 1;
      first.send({{"type", "lead"}});
    }
    if (step_ == 1 && view.leading()) {
      step_ = 2;
      json settings = {{"type", "settings"}, {"buckets", options_.buckets}};
      if (options_.interval_ms > 0) settings["interval_ms"] = options_.interval_ms;
      first.send(settings);
      first.send({{"type", "lead"}});  // deals everybody into the buckets there are now
      if (!options_.track.empty()) first.send({{"type", "track"}, {"track", options_.track}});
      first.send({{"type", "start"}});
    }
    if (step_ == 2 && view.song.playing) {
      started_ = true;
      const auto last_bucket_ms = (options_.buckets - 1) * view.interval_blocks * 20;
      end_timer_.start(static_cast<int64_t>(options_.seconds * 1000) + last_bucket_ms + kLeadInMs);
      cpu_at_start_ = cpu_seconds();
      song_started_ms_ = loop_.now_ms();
    }
  }
  static constexpr int64_t kLeadInMs = 2000;

  void finish() {
    if (ending_) {
      loop_.stop();  // somebody does not go
      return;
    }
    if (started_ && !stopping_ && clients_.front()->joined()) {
      stopping_ = true;
      cpu_of_song_ = cpu_seconds() - cpu_at_start_;
      song_seconds_ = static_cast<double>(loop_.now_ms() - song_started_ms_) / 1000;
      still_there_ = static_cast<int>(std::count_if(clients_.begin(), clients_.end(), [](const auto& c) { return c->joined(); }));
      clients_.front()->send({{"type", "stop"}});
      const RoomView& view = clients_.front()->view();
      end_timer_.start((options_.buckets - 1) * view.interval_blocks * 20 + kLeadInMs);
      return;
    }
    ending_ = true;
    connect_timer_.stop();
    int open = 0;
    for (auto& client : clients_) {
      open += client->gone() ? 0 : 1;
      client->leave();
    }
    if (open == 0) loop_.stop();
    end_timer_.start(3000);
  }

  // What everybody of a bucket should have received lies between the first and the last block that anybody of it has.
  [[nodiscard]] int64_t expected_blocks() const {
    std::map<int, std::pair<int64_t, int64_t>> by_bucket;
    for (const auto& c : clients_) {
      if (c->first_position() < 0) continue;
      auto [entry, is_new] = by_bucket.try_emplace(c->bucket_heard(), c->first_position(), c->last_position());
      auto& [first, last] = entry->second;
      first = std::min(first, c->first_position());
      last = std::max(last, c->last_position());
    }
    int64_t expected = 0;
    int64_t longest = 0;
    for (const auto& [bucket, range] : by_bucket) longest = std::max(longest, (range.second - range.first) / kBlockSamples + 1);
    for (const auto& c : clients_) {
      const auto range = by_bucket.find(c->bucket_heard());
      // Whoever heard nothing at all should have heard as much as anybody.
      expected += range == by_bucket.end() ? longest : (range->second.second - range->second.first) / kBlockSamples + 1;
    }
    return expected;
  }

  int report() {
    LoadCounts sum;
    std::vector<double> loops;
    double late = 0;
    for (const auto& c : clients_) {
      const LoadCounts& n = c->counts();
      sum.messages += n.messages;
      sum.blocks += n.blocks;
      sum.gap_blocks += n.gap_blocks;
      sum.backing_blocks += n.backing_blocks;
      sum.silent_blocks += n.silent_blocks;
      sum.sent += n.sent;
      sum.unsent_messages += n.unsent_messages;
      sum.errors += n.errors;
      sum.bad_messages += n.bad_messages;
      if (n.loop_ms >= 0) loops.push_back(n.loop_ms);
      late = std::max(late, n.late_percent);
    }
    std::sort(loops.begin(), loops.end());
    const int64_t expected = expected_blocks();
    const double delivered = expected > 0 ? static_cast<double>(sum.blocks) / static_cast<double>(expected) : 0;
    json summary = {{"singers", options_.singers},
                    {"listeners", options_.listeners},
                    {"still_there", still_there_},
                    {"lost_connections", lost_},
                    {"song_seconds", song_seconds_},
                    {"blocks", sum.blocks},
                    {"expected", expected},
                    {"delivered", delivered},
                    {"gap_blocks", sum.gap_blocks},
                    {"messages", sum.messages},
                    {"backing_blocks", sum.backing_blocks},
                    {"silent_blocks", sum.silent_blocks},
                    {"sent", sum.sent},
                    {"unsent_messages", sum.unsent_messages},
                    {"errors", sum.errors},
                    {"bad_messages", sum.bad_messages},
                    {"loop_ms_median", loops.empty() ? json() : json(loops[loops.size() / 2])},
                    {"loop_ms_most", loops.empty() ? json() : json(loops.back())},
                    {"late_percent_most", late},
                    {"own_cpu_ms_per_client_second",
                     song_seconds_ > 0 ? 1000 * cpu_of_song_ / song_seconds_ / std::max(1, everyone()) : 0.0}};
    if (options_.decode_alone) summary["decode_alone_ms_per_singer_second"] = decode_alone_ms();
    if (options_.json) {
      std::printf("%s\n", summary.dump().c_str());
    } else {
      for (const auto& [name, value] : summary.items()) std::printf("%-30s %s\n", name.c_str(), value.dump().c_str());
    }
    if (!started_) std::fprintf(stderr, "The song did not start.\n");
    return started_ && delivered >= kEnoughDelivered && lost_ == 0 ? 0 : 1;
  }

  // CPU time of decoding a second of each voice, block by block in turn as the server meets them, per voice.
  [[nodiscard]] double decode_alone_ms() const {
    constexpr int64_t kBlocks = 250;
    std::vector<BlockDecoder> decoders;
    for (size_t i = 0; i < voices_.size(); ++i) decoders.emplace_back(1);
    std::array<float, kOpusBlock> pcm{};
    int64_t refused = 0;
    const double before = cpu_seconds();
    for (int64_t block = 0; block < kBlocks; ++block) {
      for (size_t i = 0; i < voices_.size(); ++i) refused += decoders[i].decode(voices_[i]->packet(block), pcm) ? 0 : 1;
    }
    const double cpu_s = cpu_seconds() - before;
    return refused == 0 ? 1000 * cpu_s / static_cast<double>(voices_.size()) / (kBlocks / 50.0) : -1;
  }

  ClientLoop& loop_;
  const LoadOptions& options_;
  LoadClient::Settings base_;
  std::vector<std::unique_ptr<LoadVoice>> voices_;
  std::vector<std::unique_ptr<LoadClient>> clients_;
  Timer connect_timer_;
  Timer end_timer_;
  EndSignals signals_;
  double owed_ = 1;
  int step_ = 0;  // 0: not asked for the lead yet, 1: asked, 2: asked for the start
  bool started_ = false;
  bool stopping_ = false;  // the song was stopped; its end is on its way through the buckets
  bool ending_ = false;
  int lost_ = 0;
  int still_there_ = 0;
  double cpu_at_start_ = 0;
  double cpu_of_song_ = 0;
  int64_t song_started_ms_ = 0;
  double song_seconds_ = 0;
};

int fail_early(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

}  // namespace

int run_load(const LoadOptions& options) {
  const auto url = parse_server_url(options.url);
  if (!url) return fail_early(url.error());
  if (options.room.empty() && !options.make_room) return fail_early("Give --room ID, or --make-room.");
  const int everyone = options.singers + options.listeners;
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = std::min<rlim_t>(files.rlim_max, std::max<rlim_t>(files.rlim_cur, static_cast<rlim_t>(everyone) + 64));
  setrlimit(RLIMIT_NOFILE, &files);

  ClientLoop loop(everyone + 2);
  LoadClient::Settings base;
  base.connection = {*url, options.accept_self_signed};
  base.room = options.room;
  base.key = options.key;
  if (options.make_room) {
    const auto room = make_room(loop, *url, options.accept_self_signed, "Load");
    if (!room) return fail_early(room.error());
    base.room = room->room;
    base.key = room->key;
  }
  Load load(loop, options, base);
  load.make_voices();
  return load.run();
}

void add_load_command(CLI::App& app, int& exit_code) {
  CLI::App* load = app.add_subcommand("load", "many singers, to see what a server bears");
  auto options = std::make_shared<LoadOptions>();
  load->add_option("--url", options->url, "the server")->capture_default_str();
  load->add_flag("--accept-self-signed", options->accept_self_signed, "accept any TLS certificate");
  load->add_option("--room", options->room, "the room's id");
  load->add_flag("--make-room", options->make_room, "make a room first");
  load->add_option("--key", options->key, "the organiser's key");
  load->add_option("--singers", options->singers, "how many sing")->capture_default_str()->check(CLI::Range(1, 100'000));
  load->add_option("--listeners", options->listeners, "how many only listen")
      ->capture_default_str()
      ->check(CLI::Range(0, 100'000));
  load->add_option("--buckets", options->buckets, "buckets of the room")->capture_default_str()->check(CLI::Range(2, 8));
  load->add_option("--interval-ms", options->interval_ms, "interval of the room, ms");
  load->add_option("--seconds", options->seconds, "length of the song")->capture_default_str();
  load->add_option("--connects-per-s", options->connects_per_s, "new connections a second")
      ->capture_default_str()
      ->check(CLI::Range(1, 10'000));
  load->add_option("--loop-seconds", options->loop_seconds, "length of each voice before it repeats")
      ->capture_default_str()
      ->check(CLI::Range(1, 600));
  load->add_option("--bitrate", options->bitrate, "of the voices, bits per second")->capture_default_str();
  load->add_option("--track", options->track, "id of a backing track of the room");
  load->add_flag("--decode-alone", options->decode_alone, "afterwards, measure decoding the same packets without a server");
  load->add_flag("--json", options->json, "the summary as a JSON object");
  load->callback([options, &exit_code] { exit_code = run_load(*options); });
}

}  // namespace roundelay
