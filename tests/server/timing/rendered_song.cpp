#include "tests/server/timing/rendered_song.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "codec/opus.h"
#include "mixer/position.h"
#include "server/robots/robot_voice.h"

namespace roundelay::test_parts {
namespace {

constexpr double kRate = kSampleRate;
constexpr std::array<int, 8> kScale = {0, 2, 4, 5, 7, 9, 11, 12};

class Chance {
 public:
  explicit Chance(uint32_t seed) : engine_(seed) {}
  double between(double least, double most) { return least + (most - least) * unit(); }
  int of(int count) { return static_cast<int>(unit() * count); }
  double normal() {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += unit();
    return sum;
  }
  bool happens(double share) { return unit() < share; }

 private:
  double unit() { return static_cast<double>(engine_()) / 4'294'967'296.0; }
  std::mt19937 engine_;
};

// Of a song, before anybody sings it.
struct Written {
  double start_s = 0;
  double length_s = 0;
  int step = 0;  // of the scale
  Vowel vowel = Vowel::kA;
  Consonant consonant = Consonant::kNone;
  bool breath_after = false;
};

std::vector<Written> write(SongKind kind, double seconds, Chance& chance) {
  double beat_s = 0.5;
  std::vector<double> lengths;
  double consonants = 0.8;  // share of notes with one
  double sounding = 1;      // share of a note's length
  switch (kind) {
    case SongKind::kHymn:
      beat_s = chance.between(0.65, 1.0);
      lengths = {1, 1, 1, 1, 2, 0.5, 1};
      consonants = 0.6;
      break;
    case SongKind::kSyllabic:
      beat_s = chance.between(0.45, 0.65);
      lengths = {1, 1, 0.5, 0.5, 2, 1};
      break;
    case SongKind::kStaccato:
      beat_s = chance.between(0.4, 0.6);
      lengths = {1, 1, 0.5, 0.5, 1.5, 1};
      sounding = 0.5;
      break;
    case SongKind::kFree:
      beat_s = chance.between(0.5, 0.8);
      lengths = {1, 0.7, 1.4, 2, 0.5, 1};
      break;
    case SongKind::kSteadyBeat:
      beat_s = chance.between(0.12, 0.2);
      lengths = {1};
      sounding = 0.8;
      break;
  }
  std::vector<Written> notes;
  int step = chance.of(8);
  int in_phrase = 0;
  double stretch = 1;
  for (double at = 0.6; at < seconds - 2;) {
    const double length_s = beat_s * lengths[static_cast<size_t>(chance.of(static_cast<int>(lengths.size())))] * stretch;
    if (kind == SongKind::kFree) stretch = std::clamp(stretch * chance.between(0.9, 1.11), 0.75, 1.35);
    step = std::clamp(step + chance.of(5) - 2, 0, 7);
    Written note{at, length_s * sounding, step, static_cast<Vowel>(chance.of(5)), Consonant::kNone, false};
    if (chance.happens(consonants)) note.consonant = chance.happens(0.6) ? Consonant::kStop : Consonant::kNasal;
    ++in_phrase;
    const bool ends = in_phrase > 6 && chance.happens(0.35) && kind != SongKind::kSteadyBeat;
    if (ends) {
      note.breath_after = true;
      in_phrase = 0;
    }
    notes.push_back(note);
    at += length_s;
    if (ends && chance.happens(0.3)) at += beat_s;
  }
  return notes;
}

VoiceCharacter somebody(Chance& chance) {
  VoiceCharacter who;
  who.type = static_cast<VoiceType>(chance.of(4));
  constexpr std::array<double, 4> kTonics = {466.16, 233.08, 233.08, 116.54};
  who.tonic_hz = kTonics[static_cast<size_t>(who.type)];
  who.detune_cents = 10 * chance.normal();
  who.vibrato_hz = chance.between(4.5, 6.5);
  who.vibrato_cents = chance.between(10, 80);
  who.formant_scale = chance.between(0.93, 1.07);
  who.brightness = chance.between(0.7, 1.6);
  who.breath = chance.between(0.005, 0.02);
  who.attack_s = chance.between(0.04, 0.06);
  who.seed = static_cast<uint32_t>(chance.of(1'000'000)) + 1;
  return who;
}

// How far each onset is off: of one person not quite independently. Their mean is 0, so that she is as late as she is said to be.
std::vector<double> scattered(size_t count, double scatter_ms, Chance& chance) {
  std::vector<double> offs(count);
  double last = 0;
  double sum = 0;
  for (double& off : offs) {
    last = 0.4 * last + 0.92 * scatter_ms * chance.normal();
    sum += off = std::clamp(last, -80.0, 80.0);
  }
  for (double& off : offs) off -= sum / static_cast<double>(count);
  return offs;
}

// A third or so away for another voice, as choirs sing.
std::vector<float> sing(const std::vector<Written>& song, int harmony, double late_ms, double scatter_ms, double seconds,
                        Chance& chance) {
  const std::vector<double> offs_ms = scattered(song.size(), scatter_ms, chance);
  std::vector<Note> notes;
  for (size_t i = 0; i < song.size(); ++i) {
    const Written& each = song[i];
    const double at = each.start_s + (late_ms + offs_ms[i]) / 1000;
    Note note;
    note.start = std::llround(at * kRate);
    note.length = std::llround(each.length_s * kRate);
    note.semitones = kScale[static_cast<size_t>(std::clamp(each.step + harmony, 0, 7))];
    note.vowel = each.vowel;
    note.consonant = each.consonant;
    note.breath_after = each.breath_after;
    if (note.start < 4'800) continue;
    if (!notes.empty()) {
      Note& before = notes.back();
      if (note.start < before.start + 4'000) continue;
      // Legato stays legato, however the onsets scatter.
      const bool joined = before.start + before.length > note.start - 9'600 && !before.breath_after;
      if (joined || before.start + before.length > note.start) before.length = std::min(before.length, note.start - before.start);
    }
    notes.push_back(note);
  }
  return sing_notes(somebody(chance), notes, std::llround(seconds * kRate));
}

double rms_of(const std::vector<float>& sound) {
  double sum = 0;
  int64_t count = 0;
  for (const float x : sound) {
    sum += static_cast<double>(x) * x;
    count += x != 0 ? 1 : 0;
  }
  return std::sqrt(sum / static_cast<double>(std::max<int64_t>(count, 1)));
}

void add(std::vector<float>& out, const std::vector<float>& sound, double factor, int64_t later = 0) {
  for (size_t i = 0; i < out.size(); ++i) {
    const int64_t from = static_cast<int64_t>(i) - later;
    if (from >= 0 && from < static_cast<int64_t>(sound.size()))
      out[i] += static_cast<float>(factor * sound[static_cast<size_t>(from)]);
  }
}

// Four combs side by side: what a room adds.
std::vector<float> reverberated(const std::vector<float>& sound, double level_db, Chance& chance) {
  std::vector<float> out = sound;
  const double gain = std::pow(10, level_db / 20);
  const double decay_s = chance.between(0.25, 0.7);
  for (int comb = 0; comb < 4; ++comb) {
    const auto length = static_cast<size_t>(chance.between(0.023, 0.047) * kRate);
    const double back = std::pow(10, -3.0 * static_cast<double>(length) / kRate / decay_s);
    std::vector<double> line(length);
    for (size_t i = 0; i < sound.size(); ++i) {
      double& held = line[i % length];
      out[i] += static_cast<float>(gain * held);
      held = sound[i] + back * held;
    }
  }
  return out;
}

void add_noise(std::vector<float>& out, double level, Chance& chance) {
  for (float& x : out) x += static_cast<float>(level * chance.between(-1.7, 1.7));
}

// Syllables, four to six a second, in spurts, at the pitch of speech.
std::vector<Written> speech(double seconds, Chance& chance) {
  std::vector<Written> notes;
  for (double at = 0.5; at < seconds - 1;) {
    const int syllables = 3 + chance.of(12);
    for (int i = 0; i < syllables && at < seconds - 1; ++i) {
      const double length_s = chance.between(0.12, 0.3);
      notes.push_back({at, length_s * 0.9, chance.of(4), static_cast<Vowel>(chance.of(5)), static_cast<Consonant>(chance.of(3)),
                       i + 1 == syllables});
      at += length_s;
    }
    at += chance.between(0.2, 1.2);
  }
  return notes;
}

}  // namespace

SongScene any_scene(uint32_t seed, SongKind kind, SingerKind singer, double late_ms) {
  Chance chance(seed * 7'919U + 13);
  SongScene scene;
  scene.seed = seed;
  scene.kind = kind;
  scene.singer = singer;
  scene.late_ms = late_ms;
  scene.seconds = chance.between(60, 110);
  scene.group = 1 + chance.of(7);
  scene.scatter_ms = chance.between(15, 30);
  scene.reverb_db = chance.between(-45, -15);
  scene.noise_db = chance.between(-65, -35);
  return scene;
}

RenderedSong render(const SongScene& scene) {
  Chance chance(scene.seed);
  const std::vector<Written> song = write(scene.kind, scene.seconds, chance);
  const auto length = static_cast<size_t>(std::llround(scene.seconds * kRate));
  RenderedSong out;
  out.mix.resize(length);
  for (int i = 0; i < scene.group; ++i) {
    Chance own(scene.seed * 131U + static_cast<uint32_t>(i) + 7);
    const std::vector<float> voice = sing(song, own.of(4), 0, scene.scatter_ms, scene.seconds, own);
    add(out.mix, voice, 0.08 * own.between(0.6, 1.6) / std::max(rms_of(voice), 1e-9));
  }
  std::vector<float> voice(length);
  Chance own(scene.seed * 977U + 3);
  std::vector<Written> hers = song;
  switch (scene.singer) {
    case SingerKind::kWithGroup:
      break;
    case SingerKind::kOtherPart:
    case SingerKind::kOtherSong: {
      hers = write(scene.singer == SingerKind::kOtherPart ? scene.kind : static_cast<SongKind>(own.of(4)), scene.seconds, own);
      break;
    }
    case SingerKind::kRound: {
      const double phrase_s = song[std::min<size_t>(8, song.size() - 1)].start_s - song[0].start_s;
      for (Written& each : hers) each.start_s += phrase_s;
      break;
    }
    case SingerKind::kSpeech:
      hers = speech(scene.seconds, own);
      break;
    case SingerKind::kNoise:
    case SingerKind::kSilence:
      hers.clear();
      break;
  }
  if (!hers.empty()) voice = sing(hers, own.of(4), scene.late_ms, scene.scatter_ms, scene.seconds, own);
  const double rms = std::max(rms_of(voice), 1e-9);
  for (float& x : voice) x = static_cast<float>(x * 0.08 / rms);
  voice = reverberated(voice, scene.reverb_db, own);
  if (scene.leak_db > -100) add(voice, out.mix, std::pow(10, scene.leak_db / 20), std::llround(scene.leak_ms / 1000 * kRate));
  if (scene.singer != SingerKind::kSilence)
    add_noise(voice, scene.singer == SingerKind::kNoise ? 0.05 : std::pow(10, (scene.noise_db - 22) / 20), own);
  out.voice = std::move(voice);
  return out;
}

std::vector<float> through_opus(const std::vector<float>& sound) {
  BlockEncoder encoder({.channels = 1, .bitrate = 64'000, .complexity = 0, .low_delay = true});
  BlockDecoder decoder;
  std::vector<float> out(sound.size());
  std::array<float, kOpusBlock> block{};
  std::array<uint8_t, kMaxPacketBytes> packet{};
  for (size_t at = 0; at < sound.size() + kLowDelaySamples; at += kOpusBlock) {
    for (size_t i = 0; i < block.size(); ++i) block[i] = at + i < sound.size() ? sound[at + i] : 0.0F;
    const int bytes = encoder.encode(block, packet);
    if (!decoder.decode({packet.data(), static_cast<size_t>(bytes)}, block)) continue;
    for (size_t i = 0; i < block.size(); ++i) {
      const size_t from = at + i;
      if (from >= kLowDelaySamples && from - kLowDelaySamples < out.size()) out[from - kLowDelaySamples] = block[i];
    }
  }
  return out;
}

const char* name_of(SongKind kind) {
  constexpr std::array<const char*, 5> kNames = {"hymn", "syllabic", "staccato", "free", "steady beat"};
  return kNames[static_cast<size_t>(kind)];
}

const char* name_of(SingerKind kind) {
  constexpr std::array<const char*, 7> kNames = {"with the group", "another part", "a round", "another song",
                                                 "speech",         "noise",        "silence"};
  return kNames[static_cast<size_t>(kind)];
}

}  // namespace roundelay::test_parts
