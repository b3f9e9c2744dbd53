// Five singers on two shards are recorded while lines break, blocks come late, a shard and the conductor are killed: each track
// holds the very packets that were sent, at their places, and the mix is their sum. Runs by name, because it takes a quarter of a
// minute.
#include <fcntl.h>
#include <unistd.h>

#include <cmath>
#include <fstream>
#include <numeric>

#include "codec/opus_file_reader.h"
#include "codec/sound_file.h"
#include "server/render/recording_logs.h"
#include "tests/e2e/recorded_song.h"

namespace roundelay::e2e::recording_choir_test {
namespace {

constexpr int kHeldBlocks = 25;  // of 250: so 6 in 100 come later than the next group hears them
constexpr std::chrono::milliseconds kExcused{800};
constexpr size_t kMostLost = 100;  // blocks of one singer, by a kill and a broken line

class RecordedChoir : public Recording {
 protected:
  [[nodiscard]] std::vector<const PacketSinger*> all() const {
    std::vector<const PacketSinger*> out{leader.get(), singer.get()};
    for (const auto& each : others) out.push_back(each.get());
    return out;
  }
  void all_sing(size_t blocks) {
    std::vector<size_t> wanted;
    for (const PacketSinger* each : all()) wanted.push_back(each->count() + blocks);
    ASSERT_TRUE(wait_until(
        [&] {
          const auto now = all();
          return std::equal(now.begin(), now.end(), wanted.begin(),
                            [](const auto* each, size_t n) { return each->count() >= n; });
        },
        30s))
        << server.log();
  }
  // Every packet of the track is the one that was sent then, and none is missing but by what broke. How many are.
  size_t expect_track(const std::string& file, const PacketSinger& who, int64_t end) const {
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const auto reader = OpusFileReader::open(fd);
    EXPECT_NE(reader, nullptr) << file;
    const auto sent = who.sent();
    size_t lost = 0;
    int64_t at = start - render::RecordingLogs::kPreroll * kBlockSamples;
    while (const auto packet = reader ? reader->next() : std::nullopt) {
      const auto original = sent.find(at);
      const bool same = original != sent.end() && std::equal(packet->begin(), packet->end(), original->second.packet.begin(),
                                                             original->second.packet.end());
      if (at >= start && at < end && original != sent.end() && !same) {
        ++lost;
        EXPECT_LE(packet->size(), 3u) << "what is missing is a gap, and no other packet: " << at;
        EXPECT_TRUE(std::any_of(broken.begin(), broken.end(), [&](const auto& when) {
          return original->second.when > when - kExcused && original->second.when < when + kExcused;
        })) << at - start;
      }
      at += kBlockSamples;
    }
    EXPECT_EQ(at, end) << "all files last as long as the song";
    close(fd);
    return lost;
  }

  std::vector<std::unique_ptr<PacketSinger>> others;
  std::vector<PacketSinger::Clock::time_point> broken;  // lines and processes
};

TEST_F(RecordedChoir, TracksAreWhatWasSentAndTheMixIsTheirSumWhateverBreaks) {
  begin();
  for (const char* name : {"Cleo", "Dora", "Eva"})
    others.push_back(std::make_unique<PacketSinger>(server.port(), room, name,
                                                    PacketSinger::Options{.bucket = 1 + static_cast<int>(others.size()),
                                                                          .hz = 430 + 60.0 * static_cast<double>(others.size()),
                                                                          .held_blocks = kHeldBlocks}));
  all_sing(80);
  broken.push_back(PacketSinger::Clock::now());
  others[0]->lose_line();
  ASSERT_TRUE(wait_until([&] { return others[0]->connections() == 2; })) << server.log();
  all_sing(50);
  broken.push_back(PacketSinger::Clock::now());
  kill(server.status().at("shards").at(static_cast<size_t>(1 - shard_of_leader)).at("pid").get<pid_t>(), SIGKILL);
  ASSERT_TRUE(wait_until([&] { return singer->connections() == 2; })) << server.log();
  all_sing(50);
  kill(server.pids("conductor").at(0), SIGKILL);
  all_sing(350);
  leader->say({{"type", "stop"}});
  ASSERT_TRUE(wait_until([&] { return leader->song().end > 0 && !leader->song().playing; }, 30s)) << server.log();
  const int64_t end = leader->song().end;
  ASSERT_TRUE(wait_until([&] { return stored_recordings(server.data_dir())[id].starts_with("ready"); }, 60s)) << server.log();
  EXPECT_EQ(stored_recordings(server.data_dir())[id], "ready cut") << "a shard died, and it is said";

  const std::string folder = server.data_dir() + "/recordings/" + id + "/";
  std::ifstream in(folder + "tracks.json");
  const json tracks = json::parse(in).at("tracks");
  ASSERT_EQ(tracks.size(), 5u) << tracks << "one for each, however often she came";
  // The last five seconds, in which all sing and nothing breaks: late blocks are among them.
  const auto frames = static_cast<size_t>(5 * kSampleRate);
  const auto from = static_cast<size_t>(end - start) - frames - 25 * kBlockSamples;
  std::vector<double> of_leader(frames), of_others(frames);
  for (const json& track : tracks) {
    const auto singers = all();
    const auto who =
        std::find_if(singers.begin(), singers.end(), [&](const auto* each) { return each->person() == track["person"]; });
    ASSERT_NE(who, singers.end()) << track;
    const std::string file = folder + track["file"].get<std::string>();
    const size_t lost = expect_track(file, **who, end);
    EXPECT_LT(lost, kMostLost) << track;
    const auto sound = read_sound(file);
    ASSERT_TRUE(sound) << file;
    ASSERT_EQ(static_cast<int64_t>(sound->frames()), end - start);
    auto& sum = *who == leader.get() ? of_leader : of_others;
    for (size_t i = 0; i < frames; ++i) sum[i] += double{sound->samples[from + i]};
  }
  const auto mix = read_sound(folder + "mix.flac");
  ASSERT_TRUE(mix);
  ASSERT_EQ(static_cast<int64_t>(mix->frames()), end - start);
  std::vector<double> heard(frames);
  for (size_t i = 0; i < frames; ++i) heard[i] = mix->samples[2 * (from + i)];
  // By two gains, the leader's and that of all others: nothing else is in it.
  const auto product = [](const auto& a, const auto& b) { return std::inner_product(a.begin(), a.end(), b.begin(), 0.0); };
  const double ll = product(of_leader, of_leader), oo = product(of_others, of_others), lo = product(of_leader, of_others);
  const double lh = product(of_leader, heard), oh = product(of_others, heard);
  const double leaders = (lh * oo - oh * lo) / (ll * oo - lo * lo), gain = (oh * ll - lh * lo) / (ll * oo - lo * lo);
  double left = 0;
  for (size_t i = 0; i < frames; ++i) left += std::pow(heard[i] - leaders * of_leader[i] - gain * of_others[i], 2);
  EXPECT_GT(gain, 0);
  EXPECT_GT(leaders, gain);
  EXPECT_LT(10 * std::log10(left / product(heard, heard)), -30) << leaders << " " << gain;
}

}  // namespace
}  // namespace roundelay::e2e::recording_choir_test
