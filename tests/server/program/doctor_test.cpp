#include "server/program/doctor.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <ctime>

#include "mixer/file_descriptor.h"
#include "server/base/library_paths.h"
#include "server/library/library_database.h"
#include "server/net/listen_socket.h"
#include "server/program/doctor_command.h"
#include "server/store/store.h"
#include "tests/certificate/certificate.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::doctor_test {
namespace {

constexpr int64_t kDay = 86'400;

class DoctorTest : public testing::Test {
 protected:
  DoctorTest() {
    EXPECT_GE(sodium_init(), 0);
    config_.data_dir = folder_.path() + "/data";
    config_.host = "127.0.0.1";
    config_.shards = 2;
  }
  void make_data() const { ASSERT_EQ(mkdir(config_.data_dir.c_str(), 0700), 0); }
  [[nodiscard]] Finding certificate(int64_t begins_s, int64_t ends_s) {
    config_.tls_certificate = folder_.path() + "/certificate.pem";
    config_.tls_key = folder_.path() + "/key.pem";
    write_certificate(config_.tls_certificate, config_.tls_key, "sing.example", begins_s, ends_s);
    const Findings found = examine_certificate(config_, now_);
    EXPECT_EQ(found.size(), 1u);
    return found.at(0);
  }
  static void expect(const Finding& finding, Health health, const std::string& said) {
    EXPECT_EQ(finding.health, health) << finding.said;
    EXPECT_NE(finding.said.find(said), std::string::npos) << finding.said;
    EXPECT_EQ(finding.to_do.empty(), health == Health::kOk) << "who hears of trouble hears what to do";
  }

  TemporaryFolder folder_;
  Config config_;
  int64_t now_ = std::time(nullptr);
};

TEST_F(DoctorTest, ACertificateIsGoodNearItsEndEndedOrNotBegun) {
  expect(certificate(-kDay, 90 * kDay), Health::kOk, "of sing.example, until");
  expect(certificate(-kDay, 5 * kDay + 60), Health::kWarning, "in 5 days");
  expect(certificate(-9 * kDay, -kDay), Health::kError, "has ended");
  expect(certificate(kDay, 9 * kDay), Health::kError, "only from");
}

TEST_F(DoctorTest, AKeyOfAnotherCertificateIsNoticedAndSoAreFilesThatAreNone) {
  (void)certificate(-kDay, 90 * kDay);
  write_certificate(folder_.path() + "/other.pem", config_.tls_key, "other.example");
  expect(examine_certificate(config_, now_).at(0), Health::kError, "does not belong");
  (void)folder_.write("certificate.pem", "nothing");
  expect(examine_certificate(config_, now_).at(0), Health::kError, "not a PEM certificate");
  config_.tls_certificate = folder_.path() + "/not there";
  expect(examine_certificate(config_, now_).at(0), Health::kError, "No such file");
  config_.tls_certificate.clear();
  expect(examine_certificate(config_, now_).at(0), Health::kOk, "no certificate");
}

TEST_F(DoctorTest, APortIsFreeOrOursOrAnothers) {
  make_data();
  const auto taken = bind_listen_socket(config_.host, 0, PortSharing::kShared);
  ASSERT_TRUE(taken);
  {
    const FileDescriptor listener(*taken);
    ASSERT_EQ(listen(listener.get(), 1), 0);
    config_.port = port_of(listener.get());
    expect(examine_port(config_), Health::kError, "Address already in use");
    const FileDescriptor lock(open((config_.data_dir + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    ASSERT_EQ(flock(lock.get(), LOCK_EX), 0);
    expect(examine_port(config_), Health::kOk, "a server runs");
  }
  expect(examine_port(config_), Health::kOk, "is free");
}

TEST_F(DoctorTest, ADataDirectoryIsItsOwnersAlone) {
  expect(examine_data(config_).at(0), Health::kOk, "not there yet");
  make_data();
  { const Store store(config_.database()); }
  const Findings well = examine_data(config_);
  ASSERT_EQ(well.size(), 2u);
  expect(well[0], Health::kOk, "alone");
  expect(well[1], Health::kOk, "this version");
  ASSERT_EQ(chmod(config_.data_dir.c_str(), 0755), 0);
  expect(examine_data(config_).at(0), Health::kError, "may look into");
}

TEST_F(DoctorTest, ADatabaseOfANewerVersionOrNoneAtAllIsNoticed) {
  make_data();
  { const Store store(config_.database()); }
  SQLite::Database(config_.database(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 999");
  expect(examine_data(config_).at(1), Health::kError, "newer version");
  (void)folder_.write("data/roundelay.sqlite", std::string(5'000, 'x'));
  expect(examine_data(config_).at(1), Health::kError, "damaged");
}

TEST_F(DoctorTest, ALibraryThatCannotStartIsNoticed) {
  make_data();
  { const Store store(config_.database()); }
  { const LibraryDatabase library(library_database(config_)); }
  EXPECT_EQ(examine_data(config_).size(), 2u);
  SQLite::Database(library_database(config_), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 999");
  expect(examine_data(config_).at(2), Health::kError, "The song library's database");
  expect(examine_data(config_).at(2), Health::kError, "newer version");
  (void)folder_.write("data/library.sqlite", std::string(5'000, 'x'));
  expect(examine_data(config_).at(2), Health::kError, "damaged");
}

TEST_F(DoctorTest, WhatIsScarceIsSaidBeforeItIsGone) {
  expect(judge_disk(50'000'000'000, 100'000'000'000), Health::kOk, "50000 MB of 100000 MB");
  expect(judge_disk(1'000'000'000, 100'000'000'000), Health::kWarning, "1000 MB");
  expect(judge_disk(1'000'000, 100'000'000'000), Health::kError, "1 MB");
  expect(judge_shared_memory(2'000'000'000, 4), Health::kOk, "125 more rooms");
  expect(judge_shared_memory(64'000'000, 4), Health::kWarning, "4 more rooms");
  expect(judge_shared_memory(4'000'000, 4), Health::kError, "0 more rooms");
  expect(judge_descriptors(131'072, 16'000), Health::kOk, "131072");
  expect(judge_descriptors(1'024, 16'000), Health::kWarning, "needs 17024");
  expect(judge_clock(true, now_), Health::kOk, "follows");
  expect(judge_clock(false, now_), Health::kWarning, "no time server");
  expect(judge_clock(true, 0), Health::kError, "1970-01-01");
  expect(judge_codec(1'000, 4), Health::kOk, "1000 voices");
  expect(judge_codec(90, 1), Health::kWarning, "90 voices");
}

TEST_F(DoctorTest, ThePageIsLookedFor) {
  expect(examine_web_dir(config_), Health::kError, "not found");
  config_.web_dir = folder_.path();
  expect(examine_web_dir(config_), Health::kError, "is not in");
  (void)folder_.write("index.html", "page");
  expect(examine_web_dir(config_), Health::kOk, folder_.path());
}

TEST_F(DoctorTest, AllOfItIsLookedAt) {
  config_.port = 0;
  std::string seen;
  for (const Finding& each : examine(config_, now_)) seen += each.about + " ";
  for (const char* about : {"port", "IPv6", "certificate", "data", "page", "disk", "shared memory", "limits", "clock", "speed"})
    EXPECT_NE(seen.find(about), std::string::npos) << about << " is not among " << seen;
  EXPECT_GT(voices_per_core(), 0);
}

TEST(FindingsText, HasALineForEachAndWhatToDoBelow) {
  EXPECT_EQ(findings_text({{"port", Health::kOk, "It is free."}, {"disk", Health::kError, "It is full.", "Make room."}}),
            "ok       port           It is free.\n"
            "error    disk           It is full.\n"
            "                        -> Make room.\n");
}

}  // namespace
}  // namespace roundelay::doctor_test
