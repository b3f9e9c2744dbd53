#include "server/program/log_format.h"

#include <gtest/gtest.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>

namespace roundelay::log_format_test {
namespace {

class LogFormat : public testing::Test {
 protected:
  void SetUp() override { unsetenv("JOURNAL_STREAM"); }
  void TearDown() override { unsetenv("JOURNAL_STREAM"); }
  // What stands on standard error of what `say` logs.
  template <typename Say>
  static std::string logged(const std::string& format, bool journal, Say&& say) {
    testing::internal::CaptureStderr();
    struct stat info {};
    fstat(STDERR_FILENO, &info);
    if (journal) setenv("JOURNAL_STREAM", (std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino)).c_str(), 1);
    static int number = 0;
    set_up_log("process " + std::to_string(++number), "info", format);
    say();
    spdlog::default_logger()->flush();
    spdlog::set_default_logger(std::make_shared<spdlog::logger>("none"));
    return testing::internal::GetCapturedStderr();
  }
};

TEST_F(LogFormat, JsonHasALineForEachWithIdsOfItsOwn) {
  const std::string said = logged("json", false, [] {
    spdlog::warn("room AbCdEfGhIjKlMnOpQrStUv: the conductor admitted session 17 to row 3, \"which\" cannot be\n");
    spdlog::debug("not told");
    spdlog::error("a room is full, shard {} is gone: \xff", 2);
  });
  const auto first = nlohmann::json::parse(said.substr(0, said.find('\n')));
  EXPECT_EQ(first.at("level"), "warning");
  EXPECT_EQ(first.at("room"), "AbCdEfGhIjKlMnOpQrStUv");
  EXPECT_EQ(first.at("session"), "17");
  EXPECT_GT(first.at("time_unix_ms"), 1'700'000'000'000);
  EXPECT_TRUE(first.at("process").get<std::string>().starts_with("process "));
  const std::string rest = said.substr(said.find('\n') + 1);
  const auto second = nlohmann::json::parse(rest);
  EXPECT_EQ(second.at("shard"), "2");
  EXPECT_FALSE(second.contains("room")) << "'is' is no id";
}

TEST_F(LogFormat, TheJournalGetsJsonWithPrioritiesUnlessTextIsWanted) {
  const auto say = [] { spdlog::error("the disk is full"); };
  const std::string journal = logged("auto", true, say);
  ASSERT_TRUE(journal.starts_with("<3>{")) << journal;
  EXPECT_EQ(nlohmann::json::parse(journal.substr(3)).at("message"), "the disk is full");
  EXPECT_NE(logged("text", true, say).find("] the disk is full"), std::string::npos);
  unsetenv("JOURNAL_STREAM");
  EXPECT_NE(logged("auto", false, say).find("] the disk is full"), std::string::npos);
}

TEST_F(LogFormat, AJournalThatReadsSomethingElseIsNotOurs) {
  setenv("JOURNAL_STREAM", "1:1", 1);
  EXPECT_FALSE(journal_reads_errors());
}

}  // namespace
}  // namespace roundelay::log_format_test
