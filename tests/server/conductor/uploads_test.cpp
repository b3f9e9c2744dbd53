// With a shell script in the place of the worker.
#include "server/conductor/uploads.h"

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <memory>
#include <optional>

#include "server/base/text.h"
#include "tests/server/conductor/loop_fixture.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::uploads_test {
namespace {

std::string sha256(const std::string& content) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const uint8_t*>(content.data()), content.size());
  return hex(hash);
}

class UploadsTest : public testing::Test {
 protected:
  using Outcome = std::optional<tl::expected<Uploads::Result, Uploads::Failure>>;

  void start(const std::string& script, uint64_t time_limit_ms = 120'000, size_t max_waiting = 20) {
    uploads_ = std::make_unique<Uploads>(loop_.get(), Uploads::Options{.blobs_dir = folder_.path() + "/tracks",
                                                                       .uploads_dir = folder_.path() + "/uploads",
                                                                       .worker = {"/bin/sh", folder_.write("worker.sh", script)},
                                                                       .max_bytes = 1000,
                                                                       .max_seconds = 60,
                                                                       .time_limit_ms = time_limit_ms,
                                                                       .max_running = 2,
                                                                       .max_waiting = max_waiting});
    uploads_->clean_up();
  }
  // A script that copies the upload and reports this digest of it.
  static std::string copying(const std::string& digest, const std::string& before = "") {
    return before +
           "\ncat\necho '{\"progress\":0.5}' >&3\necho "
           "'{\"ok\":true,\"seconds\":2.5,\"channels\":1,\"format\":\"WAV\",\"sha256\":\"" +
           digest + "\"}' >&3\n";
  }
  std::string upload(const std::string& name, const std::string& content) { return folder_.write("uploads/" + name, content); }
  Outcome run(const std::string& file) {
    Outcome outcome;
    uploads_->submit(
        "room", file, [this](double progress) { progress_.push_back(progress); },
        [&](auto result) { outcome = std::move(result); });
    EXPECT_TRUE(loop_.run_until([&] { return outcome.has_value(); }));
    return outcome;
  }
  void expect_nothing_left(int tracks = 0) const {
    EXPECT_EQ(folder_.files_in("uploads"), 0);
    EXPECT_EQ(folder_.files_in("tracks"), tracks);
  }

  TemporaryFolder folder_;
  Loop loop_;
  std::vector<double> progress_;
  std::unique_ptr<Uploads> uploads_;
};

TEST_F(UploadsTest, GoodUploadBecomesABlobOfItsName) {
  start(copying(sha256("sound")));
  const Outcome outcome = run(upload("one", "sound"));
  ASSERT_TRUE(outcome->has_value()) << outcome->error().said.text;
  EXPECT_EQ((*outcome)->seconds, 2.5);
  EXPECT_EQ((*outcome)->channels, 1);
  EXPECT_EQ((*outcome)->sha256, sha256("sound"));
  EXPECT_EQ(folder_.read("tracks/" + sha256("sound")), "sound");
  EXPECT_EQ(progress_, std::vector{0.5});
  expect_nothing_left(1);
}

TEST_F(UploadsTest, SameContentTwiceKeepsTheFirstBlob) {
  start(copying(sha256("sound")));
  ASSERT_TRUE(run(upload("one", "sound"))->has_value());
  const auto before = std::filesystem::last_write_time(folder_.path() + "/tracks/" + sha256("sound"));
  ASSERT_TRUE(run(upload("two", "sound"))->has_value());
  EXPECT_EQ(std::filesystem::last_write_time(folder_.path() + "/tracks/" + sha256("sound")), before);
  expect_nothing_left(1);
}

TEST_F(UploadsTest, WorkerIsToldItsLimits) {
  start("echo \"{\\\"ok\\\":false,\\\"error\\\":\\\"$1 $2 $3 $4\\\"}\" >&3");
  EXPECT_EQ(run(upload("one", "x"))->error().said.text, "--max-bytes 1000 --max-seconds 60.000000");
}

TEST_F(UploadsTest, WorkersSentenceIsPassedOn) {
  start("echo '{\"ok\":false,\"error\":\"Too long.\"}' >&3; exit 1");
  const Outcome outcome = run(upload("one", "x"));
  EXPECT_EQ(outcome->error().status, 422);
  EXPECT_EQ(outcome->error().said.text, "Too long.");
  expect_nothing_left();
}

TEST_F(UploadsTest, WorkerThatDiesOrSaysNothingOrNonsenseIsA422) {
  for (const char* script :
       {"kill -SEGV $$", "exit 0", "echo nonsense >&3", "echo '[]' >&3", "echo '{\"ok\":true}' >&3",
        "echo '{\"ok\":true,\"seconds\":1e9,\"channels\":1,\"sha256\":\"00\"}' >&3", "echo '{\"ok\":false,\"error\":7}' >&3"}) {
    start(script);
    const Outcome outcome = run(upload("one", "x"));
    ASSERT_FALSE(outcome->has_value()) << script;
    EXPECT_EQ(outcome->error().status, 422) << script;
    EXPECT_TRUE(outcome->error().said.text.starts_with("This file could not be read as audio.")) << outcome->error().said.text;
    expect_nothing_left();
  }
}

TEST_F(UploadsTest, GoodVerdictOfAWorkerThatThenFailsIsWorthNothing) {
  start(copying(sha256("sound")) + "kill -SEGV $$");
  EXPECT_EQ(run(upload("one", "sound"))->error().status, 422);
  expect_nothing_left();
}

TEST_F(UploadsTest, WrongDigestIsNotBelieved) {
  start(copying(sha256("something else")));
  EXPECT_EQ(run(upload("one", "sound"))->error().status, 422);
  expect_nothing_left();
}

TEST_F(UploadsTest, WorkerThatTakesTooLongIsKilled) {
  start("exec sleep 1000", 100);
  const Outcome outcome = run(upload("one", "sound"));
  EXPECT_EQ(outcome->error().status, 422);
  EXPECT_NE(outcome->error().said.text.find("too long"), std::string::npos);
  expect_nothing_left();
}

TEST_F(UploadsTest, WorkerThatBabblesIsKilled) {
  start("head -c 100000 /dev/zero | tr '\\0' x >&3; exec sleep 1000");
  EXPECT_EQ(run(upload("one", "sound"))->error().status, 422);
  expect_nothing_left();
}

TEST_F(UploadsTest, GrandchildThatHoldsThePipeDoesNotHoldTheUpload) {
  start(copying(sha256("sound"), "sleep 5 >/dev/null 2>&1 </dev/null &"));
  EXPECT_TRUE(run(upload("one", "sound"))->has_value());
  expect_nothing_left(1);
}

TEST_F(UploadsTest, MissingWorkerIsA503) {
  uploads_ = std::make_unique<Uploads>(loop_.get(), Uploads::Options{.blobs_dir = folder_.path() + "/tracks",
                                                                     .uploads_dir = folder_.path() + "/uploads",
                                                                     .worker = {folder_.path() + "/none"}});
  uploads_->clean_up();
  EXPECT_EQ(run(upload("one", "sound"))->error().status, 503);
  expect_nothing_left();
}

TEST_F(UploadsTest, UploadThatIsNotThereIsA503) {
  start(copying(""));
  EXPECT_EQ(run(folder_.path() + "/uploads/none")->error().status, 503);
  expect_nothing_left();
}

TEST_F(UploadsTest, FilesOutsideOfTheFolderAreNotTouched) {
  start(copying(""));
  const std::string outside = folder_.write("outside", "x");
  for (const std::string& file :
       {outside, folder_.path() + "/uploads/../outside", folder_.path() + "/uploads/..", std::string()}) {
    EXPECT_EQ(run(file)->error().status, 503) << file;
    uploads_->discard(file);
  }
  EXPECT_EQ(folder_.read("outside"), "x");
  std::filesystem::create_symlink(outside, folder_.path() + "/uploads/link");
  EXPECT_EQ(run(folder_.path() + "/uploads/link")->error().status, 503);
  EXPECT_EQ(folder_.read("outside"), "x");
}

TEST_F(UploadsTest, TwoRunAtOnceTheRestWaitsAndTooManyAreRefused) {
  const std::string gate = folder_.path() + "/gate";
  start("echo x >>" + folder_.path() + "/started\nwhile [ ! -e " + gate + " ]; do sleep 0.01; done" + copying(sha256("sound")),
        120'000, 3);
  int good = 0;
  std::vector<int> refused;
  const auto submit = [&](int number) {
    uploads_->submit(
        "room " + std::to_string(number), upload(std::to_string(number), "sound"), [](double) {},
        [&](const auto& outcome) {
          if (outcome) {
            ++good;
          } else {
            refused.push_back(outcome.error().status);
          }
        });
  };
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(uploads_->has_room());
    submit(i);
  }
  EXPECT_FALSE(uploads_->has_room());
  submit(5);
  EXPECT_EQ(refused, std::vector{503});
  EXPECT_TRUE(loop_.run_until([&] { return folder_.read("started").size() == 4; }));
  EXPECT_EQ(good, 0);
  folder_.write("gate", "");
  EXPECT_TRUE(loop_.run_until([&] { return good == 5; }));
  EXPECT_EQ(folder_.read("started").size(), 10u);
  expect_nothing_left(1);
}

TEST_F(UploadsTest, OneRoomsFilesHoldUpNoOthers) {
  const std::string gate = folder_.path() + "/gate";
  // The files of room A do not end before the gate is opened.
  start("case $(cat) in slow) while [ ! -e " + gate + " ]; do sleep 0.01; done;; esac; exit 1");
  std::vector<std::string> ended;
  const auto submit = [&](const std::string& room, const std::string& name, const std::string& content) {
    uploads_->submit(
        room, upload(name, content), [](double) {}, [&ended, name](const auto&) { ended.push_back(name); });
  };
  for (const char* name : {"a1", "a2", "a3"}) submit("A", name, "slow");
  submit("B", "b1", "quick");
  submit("B", "b2", "quick");
  submit("C", "c1", "quick");
  EXPECT_TRUE(loop_.run_until([&] { return ended.size() == 3; }));
  EXPECT_EQ(ended, (std::vector<std::string>{"b1", "c1", "b2"})) << "the rooms take turns";
  folder_.write("gate", "");
  EXPECT_TRUE(loop_.run_until([&] { return ended.size() == 6; }));
}

TEST_F(UploadsTest, BlobIsGuardedUntilItsTrackIsKnown) {
  start(copying(sha256("sound")));
  bool guarded = false;
  bool done = false;
  uploads_->submit(
      "room", upload("one", "sound"), [](double) {},
      [&](const auto&) {
        guarded = uploads_->is_storing(sha256("sound"));
        done = true;
      });
  EXPECT_FALSE(uploads_->is_storing(sha256("sound")));
  EXPECT_TRUE(loop_.run_until([&] { return done; }));
  EXPECT_TRUE(guarded);
  EXPECT_FALSE(uploads_->is_storing(sha256("sound")));
}

TEST_F(UploadsTest, EndOfTheConductorEndsWorkersAndCallsNobody) {
  start("exec sleep 1000");
  bool called = false;
  for (const char* name : {"one", "two", "three"}) {
    uploads_->submit(
        "room", upload(name, "x"), [](double) {}, [&](const auto&) { called = true; });
  }
  uploads_.reset();
  EXPECT_FALSE(called);
  expect_nothing_left();
}

TEST_F(UploadsTest, LeftoversOfWorkersAreRemovedAtTheStartAndBlobsAreKept) {
  folder_.write("tracks/tmp-abc", "x");
  folder_.write("tracks/" + sha256("sound"), "sound");
  start("exit 0");
  expect_nothing_left(1);
}

TEST_F(UploadsTest, WhatAShardReceivesWhileAConductorStartsIsKept) {
  const std::string file = upload("half", "sou");
  start(copying(sha256("sound")));
  EXPECT_EQ(folder_.read("uploads/half"), "sou");
  upload("half", "sound");
  EXPECT_TRUE(run(file)->has_value());
  expect_nothing_left(1);
}

}  // namespace
}  // namespace roundelay::uploads_test
