// A programme as a ZIP: written and read again with every blob as it was; what is damaged or hostile costs itself alone, and no
// more memory than it may.
#include "server/jobs/programme_zip.h"

#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <sstream>

#include "server/base/text.h"
#include "server/jobs/carried_storing.h"
#include "server/jobs/programme_worker.h"
#include "server/jobs/score_making.h"
#include "tests/codec/test_sound.h"
#include "tests/server/conductor/temporary_folder.h"
#include "tests/server/jobs/score_files.h"

namespace roundelay::programme_zip_test {
namespace {

using nlohmann::json;
using test::MemoryFile;

std::string as_text(std::span<const uint8_t> bytes) {
  return {bytes.begin(), bytes.end()};
}

std::string hash_of(const std::string& bytes) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> out;
  crypto_hash_sha256(out.data(), reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  return hex(out);
}

struct FileInZip {
  std::string name;
  std::string content;
  int method = ZIP_CM_DEFLATE;
};

class ProgrammeZip : public testing::Test {
 protected:
  ProgrammeZip() {
    const auto sound = test::sound_file(test::kWav, 48'000, 1, test::sample(test::glide, 48'000, 1, 1.5));
    track_ = as_text(test::make(sound).blob);
    const MemoryFile picture(test::png(test::marked_picture(80, 120)));
    const MemoryFile blob;
    const auto pages = make_score(picture.fd(), blob.fd(), {}, [](double) {});
    score_ = as_text(blob.content());
    folder_.write("tracks/" + hash_of(track_), track_);
    folder_.write("scores/" + hash_of(score_), score_);

    programme_.room = "Choir";
    programme_.tracks["t1"] = {"Psalm.wav", 1.5, 1, -12.5, hash_of(track_)};
    programme_.scores["s1"] = {"Psalm", {{pages->at(0).bytes, 80, 120}}, hash_of(score_)};
    programme_.words["w1"] = {"Psalm", "plain", {std::nullopt, 1'500}, "One\nTwö"};
    control::ProgrammeEntry song;
    song.title = "Psalm 23";
    song.track = "t1";
    song.plan.bpm_tenths = 900;
    song.plan.words = "w1";
    song.plan.score = "s1";
    song.leader = "Ann";
    song.hidden = true;
    control::ProgrammeEntry plain;
    plain.title = "Without anything";
    programme_.songs = {song, plain};
  }

  std::string zip_of(const std::vector<FileInZip>& files) {
    const std::string path = folder_.path() + "/made" + std::to_string(++made_) + ".zip";
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, nullptr);
    for (const FileInZip& file : files) {
      zip_source_t* source = zip_source_buffer(zip, file.content.data(), file.content.size(), 0);
      const zip_int64_t index = zip_file_add(zip, file.name.c_str(), source, 0);
      EXPECT_GE(index, 0) << file.name;
      EXPECT_EQ(zip_set_file_compression(zip, static_cast<zip_uint64_t>(index), file.method, 9), 0);
    }
    EXPECT_EQ(zip_close(zip), 0);
    return folder_.read("made" + std::to_string(made_) + ".zip");
  }
  // All that a good one has, but for what `changed` says of a file; empty content: it is left out.
  std::string zip_with(const std::vector<FileInZip>& changed) {
    std::vector<FileInZip> files = {{"programme.json", programme_.to_json(false).dump()},
                                    {"words/w1.txt", "One\nTwö"},
                                    {"tracks/" + hash_of(track_), track_},
                                    {"scores/" + hash_of(score_), score_}};
    for (const FileInZip& other : changed) {
      std::erase_if(files, [&](const FileInZip& file) { return file.name == other.name; });
      if (!other.content.empty()) files.push_back(other);
    }
    return zip_of(files);
  }

  struct Outcome {
    tl::expected<ReadProgramme, Sentence> read;
    std::vector<std::pair<std::string, std::string>> blobs;  // hash, content
  };
  static Outcome read(const std::string& file, const ProgrammeZipLimits& limits = {}) {
    Outcome out{tl::unexpected<Sentence>(Sentence{}), {}};
    out.read = read_programme_zip(
        {reinterpret_cast<const uint8_t*>(file.data()), file.size()}, limits,
        [&](const CarriedBlob& blob) {
          out.blobs.emplace_back(blob.sha256, as_text(blob.bytes));
          return true;
        },
        [](double share) { EXPECT_TRUE(share > 0 && share <= 1) << share; });
    return out;
  }
  static std::vector<CarriedProblem::Kind> kinds(const Outcome& outcome) {
    std::vector<CarriedProblem::Kind> out;
    for (const CarriedProblem& problem : outcome.read->problems) out.push_back(problem.kind);
    return out;
  }

  TemporaryFolder folder_;
  std::string track_;
  std::string score_;
  CarriedProgramme programme_;
  int made_ = 0;
};

using Kind = CarriedProblem::Kind;

TEST_F(ProgrammeZip, IsReadAsItWasWritten) {
  const std::string path = folder_.path() + "/out.zip";
  const BlobFolders folders{folder_.path() + "/tracks", folder_.path() + "/scores"};
  ASSERT_TRUE(write_programme_zip(programme_, folders, path, 10'000'000));
  const Outcome outcome = read(folder_.read("out.zip"));
  ASSERT_TRUE(outcome.read) << outcome.read.error();
  EXPECT_EQ(outcome.read->programme.to_json(true), programme_.to_json(true));
  EXPECT_TRUE(outcome.read->problems.empty());
  ASSERT_EQ(outcome.blobs.size(), 2U);
  EXPECT_EQ(outcome.blobs[0], (std::pair{hash_of(track_), track_}));
  EXPECT_EQ(outcome.blobs[1], (std::pair{hash_of(score_), score_}));

  EXPECT_FALSE(write_programme_zip(programme_, folders, folder_.path() + "/large.zip", 1'000)) << "more than it may have";
  EXPECT_FALSE(write_programme_zip(programme_, {"/nowhere", "/nowhere"}, folder_.path() + "/none.zip", 10'000'000));
  EXPECT_FALSE(std::filesystem::exists(folder_.path() + "/none.zip"));
}

TEST_F(ProgrammeZip, WhatIsNoProgrammeIsRefusedWithASentence) {
  const std::string good = zip_with({});
  std::vector<FileInZip> many = {{"programme.json", programme_.to_json(false).dump()}};
  for (int i = 0; i < 1'001; ++i) many.push_back({"f" + std::to_string(i), "x"});
  for (const std::string& file :
       {std::string("This is a text."), std::string(), good.substr(0, good.size() / 2), good.substr(good.size() / 2),
        zip_of(many), zip_of({{"song.txt", "la"}}), zip_with({{"programme.json", "{\"roundelay_programme\":1"}}),
        zip_with({{"programme.json", "[1,2]"}}), zip_with({{"programme.json", R"({"roundelay_programme":2,"songs":[]})"}}),
        zip_with({{"programme.json", std::string(3'000'000, '[')}}),
        // A few kilobytes that would be 5 MB.
        zip_with({{"programme.json", std::string(5'000'000, ' ')}}),
        zip_with({{"programme.json", programme_.to_json(false).dump(), ZIP_CM_BZIP2}})}) {
    const Outcome outcome = read(file);
    ASSERT_FALSE(outcome.read) << file.size();
    EXPECT_TRUE(outcome.read.error() == phrase("no_programme_file")) << outcome.read.error();
    EXPECT_TRUE(outcome.blobs.empty());
  }
}

TEST_F(ProgrammeZip, WhatIsDamagedIsNamedAndTheRestIsKept) {
  const std::string track = "tracks/" + hash_of(track_);
  const std::string score = "scores/" + hash_of(score_);
  std::string other = track_;
  other.back() = static_cast<char>(other.back() ^ 1);
  const Outcome changed = read(zip_with({{track, other}, {score, ""}, {"words/w1.txt", ""}}));
  ASSERT_TRUE(changed.read) << changed.read.error();
  EXPECT_EQ(kinds(changed), (std::vector{Kind::kWords, Kind::kTrack, Kind::kScore}));
  EXPECT_EQ(changed.read->problems[1].to_json()["message"], "The track “Psalm.wav” could not be read: please upload it again.");
  EXPECT_TRUE(changed.blobs.empty());
  ASSERT_EQ(changed.read->programme.songs.size(), 2U);
  EXPECT_EQ(changed.read->programme.songs[0].title, "Psalm 23");
  EXPECT_FALSE(changed.read->programme.songs[0].track);
  EXPECT_FALSE(changed.read->programme.songs[0].plan.score);

  // Of the right hash, and no track and no picture.
  const std::string noise(5'000, 'n');
  programme_.tracks["t1"].sha256 = hash_of(noise);
  programme_.scores["s1"].pages = {{static_cast<int64_t>(score_.size()), 81, 120}};
  EXPECT_EQ(kinds(read(zip_with({{"tracks/" + hash_of(noise), noise}}))), (std::vector{Kind::kTrack, Kind::kScore}));
  // Something hides behind the page.
  programme_.scores["s1"] = {"Psalm", {{static_cast<int64_t>(score_.size()) + 4, 80, 120}}, hash_of(score_ + "evil")};
  EXPECT_EQ(kinds(read(zip_with({{"scores/" + hash_of(score_ + "evil"), score_ + "evil"}}))),
            (std::vector{Kind::kTrack, Kind::kScore}));
}

TEST_F(ProgrammeZip, NoMoreComesOutThanMay) {
  // Announced or not, packed or not.
  const std::string zeros(3'000'000, '\0');
  programme_.tracks["t1"].sha256 = hash_of(zeros);
  const std::string file = zip_with({{"tracks/" + hash_of(zeros), zeros}});
  EXPECT_LT(file.size(), 100'000U);
  EXPECT_EQ(kinds(read(file, {.most_bytes = 1'000'000})), (std::vector{Kind::kTrack}));
  EXPECT_EQ(kinds(read(zip_with({}), {.most_seconds = 0.1})), (std::vector{Kind::kTrack}));
  // The budget is of all files together.
  programme_.tracks["t1"].sha256 = hash_of(track_);
  const auto just_the_track = static_cast<int64_t>(programme_.to_json(false).dump().size() + 8 + track_.size());
  EXPECT_EQ(kinds(read(zip_with({}), {.most_bytes = just_the_track})), (std::vector{Kind::kScore}));
}

TEST_F(ProgrammeZip, NamesAreNoPathsAndMuchIsLeftOut) {
  json evil = programme_.to_json(false);
  evil["tracks"]["t2"] = {{"name", "x"}, {"seconds", 1}, {"channels", 1}, {"sha256", "../../../../etc/passwd"}};
  evil["words"]["../../etc/passwd"] = {{"title", "w"}, {"format", "plain"}, {"times_ms", json::array()}};
  evil["songs"].push_back({{"title", "Evil"}, {"track", "t2"}});
  evil["songs"].push_back({{"title", ""}});
  evil["songs"].push_back(7);
  const Outcome outcome = read(zip_with({{"programme.json", evil.dump()}, {"../../evil.txt", "evil"}, {"/etc/passwd", "evil"}}));
  ASSERT_TRUE(outcome.read) << outcome.read.error();
  EXPECT_EQ(outcome.read->programme.songs.size(), 3U);
  EXPECT_FALSE(outcome.read->programme.songs[2].track);
  EXPECT_EQ(kinds(outcome), (std::vector{Kind::kWords}));
  EXPECT_EQ(outcome.blobs.size(), 2U);
}

struct WorkerOutcome {
  int status = -1;
  json last;
  MemoryFile output;
};

void run_programme(const std::string& upload, WorkerOutcome& out, const ProgrammeZipLimits& limits = {}) {
  const MemoryFile in({reinterpret_cast<const uint8_t*>(upload.data()), upload.size()});
  const MemoryFile report;
  const pid_t child = fork();
  if (child == 0) _exit(run_programme_worker(in.fd(), out.output.fd(), report.fd(), limits));
  ASSERT_EQ(waitpid(child, &out.status, 0), child);
  std::istringstream lines(as_text(report.content()));
  for (std::string line; std::getline(lines, line);) out.last = json::parse(line);
}

TEST_F(ProgrammeZip, TheWorkerReadsItInItsSandboxAndWhatItFoundIsStoredOnce) {
  WorkerOutcome made;
  run_programme(zip_with({}), made);
  ASSERT_EQ(made.last["ok"], true) << made.last << " status " << made.status;
  const auto places = CarriedPlaces::read(made.last);
  ASSERT_TRUE(places) << made.last;
  EXPECT_TRUE(places->has(hash_of(track_)));
  std::filesystem::create_directories(folder_.path() + "/here/tracks");
  std::filesystem::create_directories(folder_.path() + "/here/scores");
  const BlobFolders here{folder_.path() + "/here/tracks", folder_.path() + "/here/scores"};
  for (int times = 0; times < 2; ++times) {
    const auto stored = store_carried(made.output.fd(), *places, here);
    ASSERT_TRUE(stored);
    EXPECT_EQ(stored->programme.to_json(true), programme_.to_json(true));
    EXPECT_EQ(folder_.read("here/tracks/" + hash_of(track_)), track_);
    EXPECT_EQ(folder_.read("here/scores/" + hash_of(score_)), score_);
    EXPECT_EQ(folder_.files_in("here/tracks"), 1);
  }
  // A worker that lies about a hash, or names what it does not bring.
  CarriedPlaces lying = *places;
  lying.blobs[0].sha256 = std::string(64, 'a');
  EXPECT_EQ(store_carried(made.output.fd(), lying, here).error(), CarriedFault::kBroken);
  lying = *places;
  lying.blobs[0].bytes += 1'000'000;
  EXPECT_EQ(store_carried(made.output.fd(), lying, here).error(), CarriedFault::kBroken);
  lying = *places;
  lying.blobs.erase(lying.blobs.begin());
  const auto without = store_carried(made.output.fd(), lying, here);
  ASSERT_TRUE(without);
  EXPECT_TRUE(without->programme.tracks.empty()) << "nobody gets another's track by its hash alone";
  EXPECT_EQ(folder_.files_in("here/tracks"), 1);
}

TEST_F(ProgrammeZip, TheWorkerRefusesWhatIsHostile) {
  for (const std::string& file : {std::string(10'000, 'x'), zip_with({{"programme.json", std::string(5'000'000, ' ')}})}) {
    WorkerOutcome refused;
    run_programme(file, refused);
    EXPECT_TRUE(WIFEXITED(refused.status) && WEXITSTATUS(refused.status) == kWorkerRefused) << refused.status;
    EXPECT_EQ(refused.last["ok"], false);
    EXPECT_TRUE(refused.output.content().empty());
  }
  for (const json& told :
       {json(nullptr), json({{"json", {0, -1}}, {"blobs", json::array()}}),
        json({{"json", {0, 1 << 30}}, {"blobs", json::array()}}), json({{"json", {0, 2}}, {"blobs", {{true, 0, 1, "../x"}}}}),
        json({{"json", {0, 2}}, {"blobs", {{1, 2}}}})})
    EXPECT_FALSE(CarriedPlaces::read(told)) << told;
}

}  // namespace
}  // namespace roundelay::programme_zip_test
