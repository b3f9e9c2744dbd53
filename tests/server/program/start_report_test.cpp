#include "server/program/start_report.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace roundelay::start_report_test {
namespace {

// What the supervisor learns of a child that says this.
std::string told_by_child(const std::string& sentence) {
  StartReport report;
  const pid_t pid = fork();
  if (pid == 0) {
    report.hand_to_child();
    keep_start_report();
    if (!sentence.empty()) report_failed_start(sentence);
    _exit(0);
  }
  report.forget_childs_end();
  waitpid(pid, nullptr, 0);
  return report.take();
}

TEST(StartReport, ASentenceArrives) {
  EXPECT_EQ(told_by_child("The database is a folder."), "The database is a folder.");
}

TEST(StartReport, WhoSaysNothingIsNotWaitedFor) {
  EXPECT_EQ(told_by_child(""), "");
}

TEST(StartReport, ALongSentenceIsCut) {
  EXPECT_EQ(told_by_child(std::string(5'000, 'x')).size(), 1'000U);
}

TEST(StartReport, OutsideOfAChildNothingHappens) {
  keep_start_report();
  report_failed_start("nobody hears this");
}

}  // namespace
}  // namespace roundelay::start_report_test
