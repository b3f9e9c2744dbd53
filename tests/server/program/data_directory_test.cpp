// What the program's commands make of a data directory that is not theirs, or is none. No server runs.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/e2e/process.h"

namespace roundelay::e2e::data_directory_test {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kSomebody = 65'534;

class DataDirectory : public testing::Test {
 protected:
  DataDirectory() {
    fs::create_directory(data_);
    fs::create_directory(folder_ / "web");
    std::ofstream(folder_ / "web/index.html") << "the page";
  }
  ~DataDirectory() override { chmod(data_.c_str(), 0700); }

  // What it said, errors first. As a user for whom rights of files count: root has to give that up.
  std::string run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), ROUNDELAY_PROGRAM);
    if (geteuid() == 0)
      arguments.insert(arguments.begin(), {"/usr/bin/setpriv", "--bounding-set", "-dac_override,-dac_read_search"});
    fs::remove(folder_ / "errors");
    Process process(arguments, folder_ / "errors");
    EXPECT_EQ(process.wait(), 1);
    std::ifstream in(folder_ / "errors");
    return std::string(std::istreambuf_iterator<char>(in), {}) + process.output();
  }
  // It cannot listen there.
  std::string serve(const std::string& data) const {
    return run({"serve", "--host", "192.0.2.7", "--port", "18080", "--shards", "1", "--data", data, "--web", folder_ / "web"});
  }

  TemporaryFolder folder_;
  std::string data_ = folder_ / "data";
};

TEST_F(DataDirectory, OfSomebodyElseIsSaidToBeSo) {
  ASSERT_EQ(chmod(data_.c_str(), 0), 0);
  const std::string sentence = "roundelay: The data directory " + data_ + " is for the server's user and root alone.\n";
  EXPECT_EQ(run({"backup", folder_ / "backup.tar", "--data", data_}), sentence);
  EXPECT_EQ(run({"admin", "list", "--data", data_}), sentence);
  EXPECT_EQ(run({"library", "import", folder_.path(), "--data", data_}), sentence);
  EXPECT_EQ(run({"status", "--data", data_}), sentence);
}

TEST_F(DataDirectory, ThatServeCannotUseIsNamedWithWhatToDo) {
  const std::string to_do = ". The data directory must belong to the user who runs the server; name another one with --data.\n";
  std::ofstream(folder_ / "file") << "in the way";
  EXPECT_EQ(serve(folder_ / "file"), "roundelay: The folder " + folder_ / "file" + " cannot be used: Not a directory" + to_do);
  ASSERT_EQ(chmod(data_.c_str(), 0500), 0);
  EXPECT_EQ(serve(data_), "roundelay: The folder " + data_ + "/tracks cannot be used: Permission denied" + to_do);
}

TEST_F(DataDirectory, IsMadeForItsUserAlone) {
  const std::string made = folder_ / "made/data";
  EXPECT_NE(serve(made).find("port 18080 of 192.0.2.7 cannot be used"), std::string::npos);
  for (const char* each : {"", "/tracks", "/scores", "/uploads"})
    EXPECT_EQ(fs::status(made + each).permissions(), fs::perms::owner_all) << each;
}

TEST_F(DataDirectory, KeepsItsOwnerWhateverRootMakesInIt) {
  if (geteuid() != 0) GTEST_SKIP() << "for root";
  ASSERT_EQ(chown(data_.c_str(), kSomebody, kSomebody), 0);
  Process admin({"/bin/sh", "-c", "echo a long password | \"$0\" admin add Anna --data \"$1\"", ROUNDELAY_PROGRAM, data_});
  ASSERT_EQ(admin.wait(), 0);
  EXPECT_EQ(admin.output(), "Anna is an admin of the song library.\n");
  ASSERT_FALSE(fs::is_empty(data_));
  for (const auto& entry : fs::recursive_directory_iterator(data_)) {
    struct stat info {};
    ASSERT_EQ(stat(entry.path().c_str(), &info), 0);
    EXPECT_EQ(info.st_uid, kSomebody) << entry.path();
  }
}

}  // namespace
}  // namespace roundelay::e2e::data_directory_test
