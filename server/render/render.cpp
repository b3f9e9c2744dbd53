#include "server/render/render.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include "codec/file_view.h"
#include "mixer/bucket_mixer.h"
#include "server/base/text.h"
#include "server/render/beside.h"
#include "server/render/final_mix.h"

namespace roundelay::render {
namespace {

using nlohmann::json;

constexpr double kVoicesShare = 0.7;  // of the work
constexpr double kLeastGainDb = -60;

double rounded(double value, double step) {
  return std::round(value / step) * step;
}

double gain_db_of(double factor) {
  return rounded(std::max(kLeastGainDb, 20 * std::log10(std::max(factor, 1e-6))), 0.01);
}

tl::expected<void, std::string> write_text(int fd, const std::string& text) {
  if (write_at(fd, 0, {reinterpret_cast<const uint8_t*>(text.data()), text.size()})) return {};
  return tl::unexpected<std::string>(std::strerror(errno));
}

std::string waveform_text(const std::vector<float>& waveform) {
  json peaks = json::array();
  for (const float peak : waveform) peaks.push_back(rounded(std::min(peak, 1.0F), 0.001));
  return json{{"peaks", peaks}}.dump() + "\n";
}

// The choir as the last bucket heard it, late blocks included, and the track beside it.
class LiveMix {
 public:
  LiveMix(const RecordingLogs& logs, const RecordingLogs::Beside& beside, FinalMix& mix)
      : loudness_{logs.song().automatic_gain, logs.song().volume, logs.song().leader_boost},
        track_(logs, beside.track),
        mix_(mix),
        stereo_(2 * kBlockSamples) {}

  tl::expected<void, std::string> add(int64_t block, const Choir::Sum& now, const Choir::Sum& next) {
    alignas(64) float choir[kBlockSamples];
    mixer_.level(choir, now, next, loudness_);
    for (size_t i = 0; i < kBlockSamples; ++i) stereo_[2 * i] = stereo_[2 * i + 1] = choir[i];
    track_.add(block, stereo_);
    if (now.result.people > 0) {
      people_sum_ += now.result.people;
      ++sung_blocks_;
    }
    return mix_.add(stereo_);
  }

  // How loud the track is beside voices that are simply added up.
  [[nodiscard]] double track_gain() const {
    const auto people =
        static_cast<int>(std::lround(static_cast<double>(people_sum_) / static_cast<double>(std::max<int64_t>(1, sung_blocks_))));
    const float voices = loudness_.volume * (loudness_.automatic ? automatic_gain(people) : 1.0F);
    return voices > 0 ? track_.gain() / voices : track_.gain();
  }

 private:
  BucketMixer mixer_;
  BucketMixer::Loudness loudness_;
  TrackSound track_;
  FinalMix& mix_;
  std::vector<float> stereo_;
  int64_t people_sum_ = 0;
  int64_t sung_blocks_ = 0;
};

double seconds_of(int64_t blocks) {
  return rounded(static_cast<double>(blocks) * kBlockSamples / kSampleRate, 0.01);
}

json track_json(const LoggedSinger& singer, const SingerFile& file) {
  return {{"track", track_name_of(file.number)},
          {"number", file.number},
          {"file", track_name_of(file.number) + ".opus"},
          {"person", id_text(singer.person)},
          {"name", singer.name},
          {"part", singer.part},
          {"seconds", seconds_of(file.blocks)},
          {"missing_blocks", singer.missing_blocks},
          {"gain_db", gain_db_of(singer.gain_sum / static_cast<double>(std::max<int64_t>(1, singer.packets)))}};
}

}  // namespace

int64_t left_out_of(const RecordingLogs& logs) {
  return std::count_if(logs.singers().begin(), logs.singers().end(), [](const LoggedSinger& singer) { return singer.left_out; });
}

std::vector<size_t> singers_with_tracks(const RecordingLogs& logs) {
  std::vector<size_t> with;
  for (size_t i = 0; i < logs.singers().size(); ++i) {
    if (!logs.singers()[i].left_out && logs.singers()[i].packets > 0) with.push_back(i);
  }
  return with;
}

std::string track_name_of(int number) {
  return "track-" + std::to_string(number);
}

tl::expected<void, std::string> render_recording(RecordingLogs& logs, const RecordingLogs::Beside& beside, RenderFiles& files,
                                                 const std::vector<std::string>& log_names,
                                                 const std::function<void(double)>& progress) {
  if (files.track >= 0) {
    if (auto written = write_beside(logs, beside.track, files.track, 0, "Backing"); !written) return written;
  }
  if (files.metronome >= 0) {
    if (auto written = write_beside(logs, beside.metronome, files.metronome, 0, "Metronome"); !written) return written;
  }
  FinalMix mix(files.scratch_mix);
  LiveMix live(logs, beside, mix);
  VoicesPass voices(logs, files.scratch_sums);
  const auto mixed = [&](int64_t block, const Choir::Sum& now, const Choir::Sum& next) { return live.add(block, now, next); };
  auto sung = voices.run(files.singers, mixed, [&](double share) { progress(share * kVoicesShare); });
  if (!sung) return sung;
  const auto result =
      mix.write({.flac = files.flac, .opus = files.opus, .tags = {{"TITLE", "Mix"}}}, logs.blocks() * kBlockSamples,
                [&](double share) { progress(kVoicesShare + share * (1 - kVoicesShare)); });
  if (!result) return tl::unexpected(result.error());
  if (auto written = write_text(files.waveform, waveform_text(result->waveform)); !written) return written;

  const wire::SongRecord& song = logs.song();
  json tracks = json::array();
  for (const SingerFile& file : files.singers) tracks.push_back(track_json(logs.singers()[file.singer], file));
  json all = {{"song", song.song},
              {"room", std::string(song.room)},
              {"began_ms", song.unix_ms},
              {"seconds", seconds_of(logs.blocks())},
              {"music_seconds", static_cast<double>(song.music.samples - song.start.samples) / kSampleRate},
              {"cut", logs.cut()},
              {"missing_blocks", logs.missing_blocks()},
              {"loudness", result->loudness ? json(rounded(*result->loudness, 0.01)) : json()},
              {"true_peak", rounded(result->true_peak_db, 0.01)},
              {"backing", nullptr},
              {"metronome", nullptr},
              {"tracks", tracks},
              {"left_out", left_out_of(logs)},
              {"logs", log_names}};
  if (files.track >= 0) all["backing"] = {{"file", "backing.opus"}, {"gain_db", gain_db_of(live.track_gain())}};
  if (files.metronome >= 0) all["metronome"] = {{"file", "metronome.opus"}};
  return write_text(files.tracks, all.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
}

}  // namespace roundelay::render
