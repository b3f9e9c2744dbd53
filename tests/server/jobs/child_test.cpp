#include "server/jobs/child.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include "tests/server/conductor/loop_fixture.h"

namespace roundelay::child_test {
namespace {

TEST(Child, StandsOutsideOfTheGroupThatCtrlCReachesAndEndsByASignalOfItsOwn) {
  Loop loop;
  std::pair<int64_t, int> end{-1, -1};
  bool ended = false;
  uv_stdio_container_t stdio[1]{};  // as /dev/null
  const auto child = Child::spawn(loop.get(), {"/bin/sleep", "60"}, stdio, [&](int64_t status, int signal) {
    end = {status, signal};
    ended = true;
  });
  ASSERT_TRUE(child) << child.error();
  EXPECT_NE(getpgid((*child)->pid()), getpgrp());
  EXPECT_NE(getsid((*child)->pid()), getsid(0));
  (*child)->signal(SIGTERM);
  EXPECT_TRUE(loop.run_until([&] { return ended; }));
  EXPECT_EQ(end, std::pair(int64_t{0}, SIGTERM));
}

}  // namespace
}  // namespace roundelay::child_test
