#include "server/net/process_beat.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::process_beat_test {
namespace {

TEST(ProcessBeats, AreSeenByWhoeverMapsTheFile) {
  const TemporaryFolder folder;
  const ProcessBeat process(folder.path() + "/beat");
  const ProcessBeat supervisor(folder.path() + "/beat");
  EXPECT_EQ(supervisor.row().pid.load(), 0);
  process.row().pid.store(4711);
  process.row().heartbeat_ns.store(7);
  EXPECT_EQ(supervisor.row().pid.load(), 4711);
  EXPECT_EQ(supervisor.row().heartbeat_ns.load(), 7);
}

TEST(ProcessBeats, SayWhichFileCannotBe) {
  EXPECT_THROW(ProcessBeat("/nowhere/beat"), std::runtime_error);
}

}  // namespace
}  // namespace roundelay::process_beat_test
