#include "server/robots/robots_command.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <random>

#include "codec/sound_file.h"
#include "server/robots/choir_plan.h"
#include "server/robots/robot_choir.h"
#include "server/singer/commands.h"
#include "server/singer/fail_early.h"
#include "server/singer/insecure_flag.h"
#include "server/singer/key_option.h"
#include "server/singer/singer.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/move.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

using nlohmann::json;

class PartVoice : public VoiceSource {
 public:
  explicit PartVoice(std::vector<float> part) : part_(std::move(part)) {}
  // Where others say when a song is over, the round goes on and on.
  void repeat(bool repeats) { repeats_ = repeats; }
  void read(int64_t song_sample, std::span<float> out) override {
    const auto length = static_cast<int64_t>(part_.size());
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t index = song_sample + static_cast<int64_t>(i);
      const bool sings = index >= 0 && (repeats_ || index < length);
      out[i] = sings ? part_[static_cast<size_t>(index % length)] : 0.0F;
    }
  }

 private:
  std::vector<float> part_;
  bool repeats_ = false;
};

class Robot : public SingerEvents {
 public:
  Robot(ClientLoop& loop, const SingerSettings& settings, int index, int64_t song_samples,
        std::function<void(const std::string&)> ended)
      : voice_(render_robot_part(index)),
        singer_(loop, settings, voice_, *this),
        index_(index),
        song_samples_(song_samples),
        ended_(std::move(ended)) {}

  Singer& singer() { return singer_; }
  [[nodiscard]] const Singer& singer() const { return singer_; }
  [[nodiscard]] int songs_heard() const { return songs_heard_; }

  [[nodiscard]] bool in_place() const {
    const control::Person* me = singer_.view().myself();
    return singer_.joined() && me != nullptr && me->bucket == place();
  }
  void go_to_place() {
    if (singer_.joined() && !in_place()) singer_.send(control::Move{place()}.to_json());
  }
  // The last song in which this robot has sung the round to its end; 0: none yet.
  [[nodiscard]] uint32_t sung_out() const { return sung_out_; }

  void room_changed(const json& message) override {
    if (control::type_of(message) == control::Welcome::kType || tells_of(message, singer_.view().me)) go_to_place();
  }
  void song_begins(const control::Song& song) override {
    song_ = song;
    const auto leader = singer_.view().people.find(singer_.view().leader);
    const bool robots_lead = leader != singer_.view().people.end() && leader->second.robot;
    voice_.repeat(song.track.has_value() || !robots_lead);
  }
  void block_taken(Position at, int) override {
    if (at.samples >= song_.start + song_samples_) sung_out_ = song_.number;
  }
  void song_heard(const control::Song&) override { ++songs_heard_; }
  void connection_lost(const std::string&) override {}
  void gave_up(const std::string& sentence) override { ended_(sentence); }
  void left() override { ended_(""); }
  void mix_heard(Position, std::span<const float, kOpusBlock>) override {}
  void backing_heard(Position, std::span<const float, 2 * kOpusBlock>) override {}

 private:
  [[nodiscard]] int place() const { return std::min(robot_bucket(index_), singer_.view().buckets); }

  PartVoice voice_;
  Singer singer_;
  int index_;
  int64_t song_samples_;
  std::function<void(const std::string&)> ended_;
  control::Song song_;
  uint32_t sung_out_ = 0;
  int songs_heard_ = 0;
};

class Choir {
 public:
  Choir(ClientLoop& loop, const RobotsOptions& options, const SingerSettings& settings)
      : loop_(loop),
        options_(options),
        plan_timer_(loop, [this] { act(); }),
        signals_(loop, [this] { leave(); }),
        plan_(static_cast<int64_t>(options.pause_s * 1000)) {
    const int64_t song_samples = options.song_s > 0 ? std::llround(options.song_s * kSampleRate) : kRoundSamples;
    for (int i = 0; i < kRobots; ++i) {
      SingerSettings own = settings;
      own.name = robot_name(i);
      own.bucket = robot_bucket(i);
      own.seed = std::random_device()();
      robots_.push_back(std::make_unique<Robot>(loop, own, i, song_samples, [this](const std::string& why) { one_ended(why); }));
    }
  }

  int run() {
    for (auto& robot : robots_) robot->singer().join();
    plan_timer_.start(kActEveryMs, kActEveryMs);
    if (ended_ < kRobots) loop_.run();
    return exit_code_;
  }

 private:
  static constexpr int64_t kActEveryMs = 100;
  static constexpr int64_t kPlaceEvery = 10;  // turns of the above

  [[nodiscard]] ChoirSight look() const {
    const Singer& first = robots_.front()->singer();
    const RoomView& view = first.view();
    ChoirSight sight;
    sight.now_ms = loop_.now_ms();
    sight.all_in = std::all_of(robots_.begin(), robots_.end(), [](const auto& r) { return r->singer().joined(); });
    sight.in_place = std::all_of(robots_.begin(), robots_.end(), [](const auto& r) { return r->in_place(); });
    for (const auto& [id, person] : view.people) {
      const bool human = person.connected && !person.robot;
      sight.human_present = sight.human_present || human;
      sight.human_leads = sight.human_leads || (human && id == view.leader);
      sight.leader_away = sight.leader_away || (!person.connected && !person.robot && id == view.leader);
    }
    sight.robot_leads = view.leading();
    sight.playing = view.song.playing;
    sight.ends = view.song.end.has_value();
    sight.sung_out = view.song.number != 0 && robots_.front()->sung_out() == view.song.number;
    return sight;
  }

  void act() {
    if (options_.songs > 0 && robots_.front()->songs_heard() >= options_.songs) leave();
    if (++turn_ % kPlaceEvery == 0) {
      for (auto& robot : robots_) robot->go_to_place();
    }
    Singer& first = robots_.front()->singer();
    if (!first.joined()) return;
    switch (plan_.next(look())) {
      case ChoirPlan::Action::kLead:
        first.send(control::Lead{}.to_json());
        break;
      case ChoirPlan::Action::kStart:
        first.send(control::Start{}.to_json());
        break;
      case ChoirPlan::Action::kStop:
        first.send(control::Stop{}.to_json());
        break;
      case ChoirPlan::Action::kNone:
        break;
    }
  }

  void leave() {
    if (leaving_) return;
    leaving_ = true;
    plan_timer_.stop();
    for (auto& robot : robots_) robot->singer().leave();
  }

  void one_ended(const std::string& why) {
    if (!why.empty() && !leaving_) {
      std::fprintf(stderr, "%s\n", why.c_str());
      exit_code_ = 1;
    }
    if (++ended_ == kRobots) {
      loop_.stop();
    } else {
      leave();
    }
  }

  ClientLoop& loop_;
  const RobotsOptions& options_;
  std::vector<std::unique_ptr<Robot>> robots_;
  Timer plan_timer_;
  EndSignals signals_;
  ChoirPlan plan_;
  int64_t turn_ = 0;
  int ended_ = 0;
  bool leaving_ = false;
  int exit_code_ = 0;
};

int render(const std::string& dir) {
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  if (error) return fail_early("The folder '" + dir + "' cannot be made: " + error.message() + ".");
  std::vector<std::vector<float>> parts;
  std::vector<ChoirVoice> voices;
  for (int i = 0; i < kRobots; ++i) {
    parts.push_back(render_robot_part(i));
    const auto written = write_wav(dir + "/robot-" + std::to_string(i + 1) + ".wav", parts.back(), 1);
    if (!written) return fail_early(written.error());
  }
  voices.reserve(kRobots);
  for (int i = 0; i < kRobots; ++i) voices.push_back({parts[static_cast<size_t>(i)], i == 0});
  const auto written = write_wav(dir + "/sum.wav", offline_sum(voices, kLowDelaySamples), 1);
  return written ? 0 : fail_early(written.error());
}

}  // namespace

int run_robots(const RobotsOptions& options) {
  if (!options.render_dir.empty()) return render(options.render_dir);
  const auto url = parse_server_url(options.url);
  if (!url) return fail_early(url.error());
  if (options.room.empty()) return fail_early("Give --room ID.");
  // Whoever started the choir takes it along when it dies, also when that has happened already.
  const pid_t parent = getppid();
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) return 0;

  SingerSettings settings;
  settings.connection = {*url, options.accept_self_signed};
  settings.room = options.room;
  settings.key = options.key;
  settings.robot = true;
  ClientLoop loop(2 * kRobots);
  return Choir(loop, options, settings).run();
}

void add_robots_command(CLI::App& app, int& exit_code) {
  CLI::App* robots = app.add_subcommand("robots", "eight robots sing a round in a room");
  auto options = std::make_shared<RobotsOptions>();
  robots->add_option("--url", options->url, "the server")->capture_default_str();
  add_insecure_flag(*robots, options->accept_self_signed);
  robots->add_option("--room", options->room, "the room's id");
  add_key_option(*robots, options->key);
  robots->add_option("--render", options->render_dir,
                     "write the eight parts and their sum as WAV files into this folder (made if need be), and end");
  robots->add_option("--songs", options->songs, "leave after so many songs; 0: stay");
  robots->add_option("--song-seconds", options->song_s, "end a song of theirs after so much of the round; 0: all of it");
  robots->add_option("--pause", options->pause_s, "seconds between their songs")->capture_default_str();
  robots->callback([options, &exit_code] { exit_code = run_robots(*options); });
}

}  // namespace roundelay
