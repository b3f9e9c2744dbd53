#include "server/base/cores.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <filesystem>
#include <fstream>

#include "tests/e2e/process.h"

namespace roundelay::cores_test {
namespace {

class QuotaCores : public testing::Test {
 protected:
  void write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  [[nodiscard]] int cores() const { return quota_cores(folder_ / "mounted", folder_ / "of_us"); }
  e2e::TemporaryFolder folder_;
};

TEST_F(QuotaCores, ThereIsNoneWhereNothingSaysSo) {
  EXPECT_EQ(cores(), 0);
  write("of_us", "0::/\n");
  EXPECT_EQ(cores(), 0);
  write("mounted/cpu.max", "max 100000\n");
  EXPECT_EQ(cores(), 0);
  write("mounted/cpu.max", "nonsense");
  EXPECT_EQ(cores(), 0);
}

TEST_F(QuotaCores, PartsOfAProcessorAreRoundedUp) {
  write("of_us", "0::/\n");
  write("mounted/cpu.max", "150000 100000\n");
  EXPECT_EQ(cores(), 2);
  write("mounted/cpu.max", "1000 100000\n");
  EXPECT_EQ(cores(), 1);
}

TEST_F(QuotaCores, TheLowestOnTheWayToTheRootCounts) {
  write("of_us", "0::/system.slice/roundelay.service\n");
  write("mounted/system.slice/roundelay.service/cpu.max", "800000 100000\n");
  EXPECT_EQ(cores(), 8);
  write("mounted/system.slice/cpu.max", "300000 100000\n");
  EXPECT_EQ(cores(), 3);
}

TEST_F(QuotaCores, OfVersion1Too) {
  write("of_us", "4:memory:/pod\n2:cpu,cpuacct:/pod/ours\n");
  write("mounted/cpu,cpuacct/pod/ours/cpu.cfs_quota_us", "-1\n");
  write("mounted/cpu,cpuacct/pod/ours/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cores(), 0);
  write("mounted/cpu,cpuacct/pod/cpu.cfs_quota_us", "200000\n");
  write("mounted/cpu,cpuacct/pod/cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(cores(), 2);
}

TEST_F(QuotaCores, AContainerThatSeesTheNamesOfItsHostFindsItsOwn) {
  write("of_us", "0::/kubepods/pod1/container2\n");
  write("mounted/cpu.max", "400000 100000\n");
  EXPECT_EQ(cores(), 4);
}

TEST(UsableCores, FollowTheAffinity) {
  cpu_set_t before;
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  cpu_set_t one;
  CPU_ZERO(&one);
  for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++i) {
    if (CPU_ISSET(i, &before)) CPU_SET(i, &one);
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(usable_cores(), 1);
  ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
  EXPECT_GE(usable_cores(), 1);
  EXPECT_LE(usable_cores(), CPU_COUNT(&before));
}

}  // namespace
}  // namespace roundelay::cores_test
