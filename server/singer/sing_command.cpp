#include "server/singer/sing_command.h"
#include "server/singer/fail_early.h"

#include <CLI/CLI.hpp>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>

#include "codec/sound_file.h"
#include "mixer/balance.h"
#include "server/singer/commands.h"
#include "server/singer/heard_marks.h"
#include "server/singer/heard_recording.h"
#include "server/singer/insecure_flag.h"
#include "server/singer/key_option.h"
#include "server/singer/make_room.h"
#include "server/singer/singer.h"
#include "server/wire/control/change_plan.h"
#include "server/wire/control/choose_track.h"
#include "server/wire/control/error.h"
#include "server/wire/control/give_lead.h"
#include "server/wire/control/lead.h"
#include "server/wire/control/lead_asked.h"
#include "server/wire/control/loop.h"
#include "server/wire/control/mark.h"
#include "server/wire/control/move.h"
#include "server/wire/control/notice.h"
#include "server/wire/control/start.h"
#include "server/wire/control/stop.h"
#include "server/wire/control/welcome.h"

namespace roundelay {
namespace {

using nlohmann::json;

// Nothing if it is of another type or cannot be read.
template <typename Message>
std::optional<Message> read_as(const std::string& type, const json& message) {
  if (type != Message::kType) return std::nullopt;
  auto read = Message::read(message);
  return read ? std::optional(*std::move(read)) : std::nullopt;
}

// A file that begins `at` samples after the song's start.
class FileVoice : public VoiceSource {
 public:
  FileVoice(std::vector<float> samples, int64_t at) : samples_(std::move(samples)), at_(at) {}
  void read(int64_t song_sample, std::span<float> out) override {
    for (size_t i = 0; i < out.size(); ++i) {
      const int64_t index = song_sample + static_cast<int64_t>(i) - at_;
      out[i] = index >= 0 && index < static_cast<int64_t>(samples_.size()) ? samples_[static_cast<size_t>(index)] : 0.0F;
    }
  }

 private:
  std::vector<float> samples_;
  int64_t at_;
};

// The `plan` message with these fields, or why there is none.
tl::expected<json, std::string> plan_of(const std::string& text) {
  json message = json::parse(text, nullptr, false);
  if (!message.is_object()) return tl::unexpected(std::string("The plan must be a JSON object, as {\"bpm\": 120}."));
  message["type"] = control::ChangePlan::kType;
  if (const auto read = control::ChangePlan::read(message); !read) return tl::unexpected(read.error().message);
  return message;
}

// "heard.wav" for the first song, "heard-2.wav" for the second.
std::string numbered(const std::string& path, int song) {
  if (song <= 1) return path;
  const size_t slash = path.rfind('/');
  const size_t dot = path.rfind('.');
  const bool has_dot = dot != std::string::npos && (slash == std::string::npos || dot > slash);
  const size_t end = has_dot ? dot : path.size();
  return path.substr(0, end) + "-" + std::to_string(song) + path.substr(end);
}

class Session : public SingerEvents {
 public:
  Session(ClientLoop& loop, const SingOptions& options, const SingerSettings& settings, VoiceSource& voice)
      : loop_(loop), options_(options), singer_(loop, settings, voice, *this), signals_(loop, [this] { leave(); }) {}

  int run() {
    singer_.join();
    if (!over_) loop_.run();
    finish_song();
    const SingerCounts& c = singer_.counts();
    tell({{"event", "done"},
          {"exit_code", exit_code_},
          {"songs", songs_heard_},
          {"heard", c.blocks_heard},
          {"lost", c.blocks_lost},
          {"missing", missing_},
          {"sung", c.blocks_sung},
          {"silent", c.blocks_silent},
          {"reconnects", c.reconnects},
          {"bad_messages", c.bad_messages},
          {"errors", errors_},
          {"loop_ms", loop_ms_},
          {"late_percent", late_percent_}});
    return exit_code_;
  }

  void room_changed(const json& message) override {
    const std::string type = control::type_of(message);
    const RoomView& view = singer_.view();
    if (type == control::Welcome::kType) {
      tell({{"event", "welcome"},
            {"room", view.room},
            {"you", view.me},
            {"bucket", view.myself()->bucket},
            {"people", view.present()},
            {"mix_delay", view.mix_delay},
            {"backing_gain", view.backing_gain},
            {"song", view.song.number}});
    } else if (tells_of(message, view.me)) {
      tell({{"event", "bucket"}, {"bucket", view.myself()->bucket}});
      // The dealing at "lead" may have moved us from the bucket that we were told to sing in.
      if (options_.bucket > 0 && view.myself()->bucket != options_.bucket && !view.leading())
        ask(control::Move{options_.bucket}.to_json());
    } else if (type == control::SongNews::kType) {
      tell_song();
    } else if (const auto news = read_as<control::MarkNews>(type, message)) {
      marks_.set(news->mark);
    } else if (const auto marks = read_as<control::Marks>(type, message)) {
      for (const control::Mark& mark : marks->marks) marks_.set(mark);
    } else if (const auto loop = read_as<control::Loop>(type, message)) {
      loop_ms_ = loop->loop_ms;
      late_percent_ = loop->late_percent;
    } else if (const auto asked = read_as<control::LeadAsked>(type, message)) {
      // Who will not start a song herself does not keep others from it.
      if (options_.start_when == 0 && view.leading() && !view.song.playing && asked->by) ask(control::GiveLead{}.to_json());
    } else if (const auto notice = read_as<control::Notice>(type, message)) {
      tell({{"event", "notice"}, {"message", notice->said.text}});
    } else if (const auto error = read_as<control::Error>(type, message)) {
      take_error(*error);
    }
    if (type != control::Error::kType) lead_and_start();
  }

  void song_begins(const control::Song& song) override {
    if (recording_on_) finish_song();
    recording_ = HeardRecording({song.start});
    recording_on_ = true;
    recorded_ = song;
    marks_.begin_song();
    tell({{"event", "begins"}, {"song", song.number}, {"start", song.start}, {"music", song.music}});
  }

  void mix_heard(Position at, std::span<const float, kOpusBlock> mono) override { recording_.add_mix(at, mono); }
  void backing_heard(Position at, std::span<const float, 2 * kOpusBlock> stereo) override { recording_.add_backing(at, stereo); }
  void part_heard(Position at, std::span<const float, kOpusBlock> mono) override { recording_.add_part(at, mono); }
  void metronome_heard(Position at, std::span<const float, kOpusBlock> mono) override { recording_.add_metronome(at, mono); }

  void block_taken(Position at, int people) override {
    recording_.count_block(at);
    for (const control::Mark& mark : marks_.take(at)) tell_mark(mark, at);
    if (singer_.counts().blocks_heard % 50 == 0) {
      tell({{"event", "heard"}, {"blocks", singer_.counts().blocks_heard}, {"position", at.samples}, {"people", people}});
    }
    const double heard_s = static_cast<double>(at.samples + kBlockSamples - recorded_.start) / kSampleRate;
    if (options_.stop_after_s > 0 && heard_s >= options_.stop_after_s && stopped_song_ != recorded_.number) {
      stopped_song_ = recorded_.number;
      ask(control::Stop{}.to_json());
    }
  }

  void song_heard(const control::Song& song) override {
    recorded_ = song;
    finish_song();
    marks_.end_song();
    ++songs_heard_;
    started_ = false;
    if (songs_heard_ >= options_.songs) leave();
  }

  void connection_lost(const std::string& reason) override { tell({{"event", "lost"}, {"reason", reason}}); }
  void gave_up(const std::string& sentence) override {
    fail(sentence);
    end();
  }
  void left() override { end(); }

 private:
  void tell(const json& event) const {
    if (!options_.json) return;
    std::printf("%s\n", event.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
    std::fflush(stdout);
  }

  void tell_mark(const control::Mark& mark, Position heard) const {
    tell({{"event", "mark"},
          {"id", mark.id},
          {"kind", mark.kind},
          {"payload", mark.payload},
          {"position", mark.position},
          {"heard", heard.samples}});
    if (!options_.marks || options_.json) return;
    std::printf("%s %s\n", mark.kind.c_str(), mark.payload.c_str());
    std::fflush(stdout);
  }

  void tell_song() const {
    const control::Song& song = singer_.view().song;
    tell({{"event", "song"},
          {"number", song.number},
          {"start", song.start},
          {"music", song.music},
          {"end", song.end ? json(*song.end) : json()},
          {"state", song.playing ? control::Song::kPlaying : control::Song::kNone},
          {"track", song.track ? json(song.track->id) : json()}});
  }

  void fail(const std::string& sentence) {
    exit_code_ = 1;
    std::fprintf(stderr, "%s\n", sentence.c_str());
    tell({{"event", "error"}, {"message", sentence}});
  }

  // A numbered message is answered, also where it is refused.
  void ask(json message) {
    message["id"] = ++last_id_;
    singer_.send(message);
  }

  // An answer to something that this client asked for ends the run; what concerns single blocks of sound does not, but is
  // remembered.
  void take_error(const control::Error& error) {
    ++errors_;
    tell({{"event", "error"},
          {"code", error.refusal.code},
          {"message", error.refusal.message},
          {"about", error.about.empty() ? json() : json(error.about)}});
    if (!singer_.joined()) return;  // the answer to hello: gave_up() says it
    exit_code_ = 1;
    std::fprintf(stderr, "%s\n", error.refusal.message.c_str());
    if (!error.id.is_null()) leave();
  }

  void lead_and_start() {
    const RoomView& view = singer_.view();
    if (!singer_.joined() || view.song.playing || started_) return;
    const bool enough = options_.start_when > 0 && view.present() >= options_.start_when;
    if (!enough && !options_.lead) return;
    if (!view.leading()) {
      if (!asked_to_lead_) ask(control::Lead{}.to_json());
      asked_to_lead_ = true;
      return;
    }
    if (!options_.track.empty() && !choose_track(view)) return;
    if (!enough) return;
    started_ = true;
    if (!options_.plan.empty()) ask(*plan_of(options_.plan));
    ask(control::Start{}.to_json());
  }

  // True once the track is the chosen one.
  bool choose_track(const RoomView& view) {
    for (const control::Track& track : view.tracks) {
      if (track.id != options_.track && track.name != options_.track) continue;
      if (view.track == track.id) return true;
      if (!asked_for_track_) ask(control::ChooseTrack{track.id}.to_json());
      asked_for_track_ = true;
      return false;
    }
    fail("The room has no track \"" + options_.track + "\".");
    leave();
    return false;
  }

  void finish_song() {
    if (!recording_on_) return;
    recording_on_ = false;
    const std::optional<Position> end = recorded_.end ? std::optional(Position{*recorded_.end}) : std::nullopt;
    const int number = songs_heard_ + 1;
    const bool stereo = recorded_.track && recorded_.track->channels > 1;
    const std::optional<double> loudness = recorded_.track ? recorded_.track->loudness : std::nullopt;
    const double gain = loudness ? backing_gain_of(*loudness) : singer_.view().backing_gain;
    const auto factor = static_cast<float>(gain * options_.volume_backing);
    write(
        options_.out, number,
        [&] { return recording_.sum(end, factor, static_cast<float>(options_.volume_metronome), stereo ? 2 : 1); },
        stereo ? 2 : 1);
    write(
        options_.mix_out, number, [&] { return recording_.mix(end); }, 1);
    write(
        options_.metronome_out, number, [&] { return recording_.metronome(end); }, 1);
    write(
        options_.part_out, number, [&] { return recording_.part(end); }, 1);
    write(
        options_.backing_out, number, [&] { return recording_.backing(end); }, 2);
    const HeardRecording::Counts counts = recording_.counts(end);
    missing_ += counts.missing;
    tell({{"event", "ended"},
          {"song", recorded_.number},
          {"start", recorded_.start},
          {"music", recorded_.music},
          {"end", end ? json(end->samples) : json()},
          {"blocks", counts.blocks},
          {"before", counts.before},
          {"missing", counts.missing}});
    recording_ = HeardRecording();
  }

  template <typename Samples>
  void write(const std::string& path, int number, Samples samples, int channels) {
    if (path.empty()) return;
    const auto written = write_wav(numbered(path, number), samples(), channels);
    if (!written) fail(written.error());
  }

  void leave() { singer_.leave(); }
  void end() {
    over_ = true;
    loop_.stop();
  }

  ClientLoop& loop_;
  const SingOptions& options_;
  Singer singer_;
  EndSignals signals_;
  HeardRecording recording_;
  bool recording_on_ = false;
  HeardMarks marks_;
  control::Song recorded_;
  int songs_heard_ = 0;
  int64_t missing_ = 0;
  int64_t errors_ = 0;
  json loop_ms_;
  json late_percent_;
  bool asked_to_lead_ = false;
  bool asked_for_track_ = false;
  bool started_ = false;
  uint32_t stopped_song_ = 0;
  int64_t last_id_ = 0;
  bool over_ = false;
  int exit_code_ = 0;
};

}  // namespace

int run_sing(const SingOptions& options) {
  const auto url = parse_server_url(options.url);
  if (!url) return fail_early(url.error());
  if (options.room.empty() && !options.make_room) return fail_early("Give --room ID, or --make-room.");
  std::vector<float> samples;
  if (!options.in.empty()) {
    const auto sound = read_sound(options.in);
    if (!sound) return fail_early(sound.error());
    samples = to_mono(*sound);
  }
  FileVoice voice(std::move(samples), std::llround(options.at_s * kSampleRate));

  SingerSettings settings;
  settings.connection = {*url, options.accept_self_signed};
  if (!options.plan.empty()) {
    if (const auto plan = plan_of(options.plan); !plan) return fail_early(plan.error());
  }
  settings.room = options.room;
  settings.name = options.name;
  settings.key = options.key;
  settings.bucket = options.bucket;
  settings.listener = options.listener;
  settings.part = options.part;
  settings.hears_part = !options.part_out.empty();
  settings.voice.skip_silence = !options.send_silence;
  settings.seed = std::random_device()();

  if (options.make_room) {
    const auto room = make_room(*url, options.accept_self_signed, {.name = {}, .robots = options.robots});
    if (!room) return fail_early(room.error());
    settings.room = room->room;
    settings.key = room->key;
    if (options.json) {
      std::printf("%s\n", json({{"event", "room"}, {"room", room->room}, {"key", room->key}}).dump().c_str());
    } else {
      std::printf("%s\n", room->room.c_str());
    }
    std::fflush(stdout);
  }
  ClientLoop loop(2);
  return Session(loop, options, settings, voice).run();
}

void add_sing_command(CLI::App& app, int& exit_code) {
  CLI::App* sing = app.add_subcommand("sing", "sing a file into a room and write what is heard");
  auto options = std::make_shared<SingOptions>();
  sing->add_option("--url", options->url, "the server, e.g. wss://sing.example/ws")->capture_default_str();
  add_insecure_flag(*sing, options->accept_self_signed);
  sing->add_option("--room", options->room, "the room's id");
  auto* make = sing->add_flag("--make-room", options->make_room, "make a room first and print its id");
  sing->add_flag("--robots", options->robots, "with a robot choir in that room")->needs(make);
  sing->add_option("--name", options->name, "1 to 40 characters")->capture_default_str();
  add_key_option(*sing, options->key);
  sing->add_option("--bucket", options->bucket, "bucket asked for, 1 to 8")->check(CLI::Range(1, 8));
  sing->add_flag("--listener", options->listener, "come to listen");
  sing->add_option("--in", options->in, "sound file to sing");
  sing->add_option("--at", options->at_s, "where in the song the file begins, seconds")->capture_default_str();
  sing->add_flag("--send-silence", options->send_silence, "encode silence too, so that one always counts as a voice");
  sing->add_option("--out", options->out, "WAV of what a browser would play: mix and backing");
  sing->add_option("--mix-out", options->mix_out, "WAV of the mix alone");
  sing->add_option("--backing-out", options->backing_out, "WAV of the backing alone, stereo, at full height");
  sing->add_option("--volume-backing", options->volume_backing, "one's own volume of the backing in --out")
      ->capture_default_str();
  auto* part = sing->add_option("--part", options->part, "the voice part that is sung, as the room calls it");
  sing->add_option("--part-out", options->part_out, "WAV of that part alone, as it is added for who hears it louder")
      ->needs(part);
  sing->add_flag("--lead", options->lead, "take the lead");
  sing->add_option("--start-when", options->start_when, "with so many people present, take the lead and start the song");
  sing->add_option("--metronome-out", options->metronome_out, "WAV of the metronome alone");
  sing->add_option("--volume-metronome", options->volume_metronome, "one's own volume of the metronome in --out");
  sing->add_option("--plan", options->plan, "plan of the song when leading, as JSON: {\"bpm\": 120, \"click\": true}");
  sing->add_option("--track", options->track, "backing track to choose when leading: name or id");
  sing->add_option("--stop-after", options->stop_after_s, "stop the song after so many seconds of it");
  sing->add_option("--songs", options->songs, "leave after so many songs")->capture_default_str();
  sing->add_flag("--marks", options->marks, "print the marks of the song, each when its position is heard");
  sing->add_flag("--json", options->json, "tell what happens as JSON lines");
  sing->callback([options, &exit_code] { exit_code = run_sing(*options); });
}

}  // namespace roundelay
