// That no test passes while a process of it was ended by a sanitizer.
#include "tests/e2e/process.h"

#include <gtest/gtest.h>

namespace roundelay::e2e::process_test {
namespace {

TEST(ProcessReports, AreFoundInALogFromTheirFirstLineOn) {
  EXPECT_EQ(sanitizer_report("listening\nshard.cpp:1:2: runtime error: shift\n  #0\n"),
            "shard.cpp:1:2: runtime error: shift\n  #0\n");
  EXPECT_EQ(sanitizer_report("==7==ERROR: AddressSanitizer: heap-use-after-free\n"),
            "==7==ERROR: AddressSanitizer: heap-use-after-free\n");
  EXPECT_EQ(sanitizer_report("listening\n==7==ERROR: LeakSanitizer: detected\n"), "==7==ERROR: LeakSanitizer: detected\n");
  EXPECT_EQ(sanitizer_report("WARNING: ThreadSanitizer: data race\n"), "WARNING: ThreadSanitizer: data race\n");
}

TEST(ProcessReports, AreNotFoundWhereThereAreNone) {
  EXPECT_EQ(sanitizer_report(""), "");
  EXPECT_EQ(sanitizer_report("listening\n[error] a shard ended with status 1\n"), "");
}

TEST(ProcessReportsDeathTest, EndTheTestWithoutARestartHidingThem) {
  const TemporaryFolder folder;
  const auto run = [&](const std::string& words) {
    Process process({"/bin/sh", "-c", "echo '" + words + "' >&2"}, folder / "log");
    (void)process.wait();
  };
  EXPECT_DEATH(run("a.cpp:3:4: runtime error: division by zero"), "division by zero");
}

}  // namespace
}  // namespace roundelay::e2e::process_test
