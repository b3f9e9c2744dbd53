// What it costs to make a recording's files: one voice's packets into her file and her sound into the mix, beside decoding alone.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <vector>

#include "bench/check.h"
#include "bench/music.h"
#include "codec/opus.h"
#include "server/render/final_mix.h"
#include "server/render/voices_pass.h"
#include "server/wire/record/record_writer.h"

namespace roundelay::bench {
namespace {

constexpr int kBitrate = 64'000;
constexpr int64_t kStart = int64_t{960} * 90'000'000'000;

struct CloseFile {
  void operator()(FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<FILE, CloseFile>;

File file_of(const std::vector<uint8_t>& bytes) {
  File file(std::tmpfile());
  check(file != nullptr, "a file could be made");
  check(bytes.empty() || write(fileno(file.get()), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
        "it could be written");
  return file;
}

template <typename Value>
void append(std::vector<uint8_t>& log, const Value& value) {
  const size_t at = log.size();
  log.resize(at + wire::kMaxRecordBytes);
  log.resize(at + wire::write_record(value, std::span(log).subspan(at)));
}

// Of so many voices, as their packets came.
std::vector<uint8_t> log_of(int voices) {
  std::vector<uint8_t> log(wire::kRecordMagic.begin(), wire::kRecordMagic.end());
  wire::SongRecord song;
  song.song = 1;
  song.start = song.music = {kStart};
  append(log, song);
  for (int v = 0; v < voices; ++v)
    append(log, wire::PersonRecord{static_cast<uint32_t>(v + 1), static_cast<uint64_t>(v + 1), false, "A singer", ""});
  for (int block = 0; block < kMusicBlocks; ++block) {
    for (int v = 0; v < voices; ++v) {
      const auto& packet = packets_of(static_cast<unsigned>(v) % kVoices, kBitrate)[static_cast<size_t>(block)];
      append(log, wire::PacketRecord{static_cast<uint32_t>(v + 1), Position{kStart} + Blocks{block}, 1, false, packet});
    }
  }
  append(log, wire::EndRecord{Position{kStart} + Blocks{kMusicBlocks}});
  return log;
}

// Seconds of one voice for each second of a core.
void count_real_time(benchmark::State& state, double voices) {
  const double seconds = static_cast<double>(state.iterations()) * voices * kMusicBlocks / 50;
  state.counters["x_real_time"] = benchmark::Counter(seconds, benchmark::Counter::kIsRate);
}

void decode_alone(benchmark::State& state) {
  BlockDecoder decoder;
  std::vector<float> out(kOpusBlock);
  bool good = true;
  for (auto _ : state) {
    for (const auto& packet : packets_of(0, kBitrate)) good &= decoder.decode(packet, out);
    benchmark::DoNotOptimize(out.data());
  }
  check(good, "a packet was refused");
  count_real_time(state, 1);
}
BENCHMARK(decode_alone);

// Argument: voices. From the log to their files and the choir's sum.
void render_voices(benchmark::State& state) {
  const auto voices = static_cast<int>(state.range(0));
  const File log = file_of(log_of(voices));
  for (auto _ : state) {
    auto logs = render::RecordingLogs::survey({fileno(log.get())});
    check(logs && logs->singers().size() == static_cast<size_t>(voices), "the log can be read");
    std::vector<File> made;
    std::vector<render::SingerFile> files;
    for (int v = 0; v < voices; ++v) {
      made.push_back(file_of({}));
      files.push_back({static_cast<size_t>(v), v + 1, fileno(made.back().get()), 0});
    }
    const File scratch = file_of({});
    render::VoicesPass pass(*logs, fileno(scratch.get()));
    float loudest = 0;
    const auto mixed = [&](int64_t, const render::Choir::Sum& now, const render::Choir::Sum&) {
      loudest = std::max(loudest, peak_of(now.voices));
      return tl::expected<void, std::string>();
    };
    check(pass.run(files, mixed, [](double) {}).has_value(), "the files could be made");
    check(loudest > 0 && files[0].blocks == kMusicBlocks, "all of it was mixed");
  }
  count_real_time(state, voices);
}
BENCHMARK(render_voices)->ArgName("voices")->Arg(1)->Arg(30);

// What follows once a song, however many sing: loudness, limiter, FLAC and Opus in stereo.
void final_mix(benchmark::State& state) {
  std::vector<float> stereo;
  for (const float x : music(0)) stereo.insert(stereo.end(), {x, x});
  for (auto _ : state) {
    const File scratch = file_of({});
    const File flac = file_of({});
    const File opus = file_of({});
    render::FinalMix mix(fileno(scratch.get()));
    check(mix.add(stereo).has_value(), "the mix could be kept");
    const auto result = mix.write({fileno(flac.get()), fileno(opus.get()), {}}, kMusicBlocks * kOpusBlock, [](double) {});
    check(result && result->loudness && *result->loudness > -17 && *result->loudness < -15, "it is as loud as it should be");
  }
  count_real_time(state, 1);
}
BENCHMARK(final_mix);

}  // namespace
}  // namespace roundelay::bench
