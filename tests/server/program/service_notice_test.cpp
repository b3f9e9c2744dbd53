#include "server/program/service_notice.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/server/program/notice_socket.h"

namespace roundelay::service_notice_test {
namespace {

TEST(ServiceNotice, WithoutAManagerNothingHappens) {
  unsetenv("NOTIFY_SOCKET");
  setenv("WATCHDOG_USEC", "1000", 1);
  const ServiceNotice notice = ServiceNotice::from_environment();
  EXPECT_FALSE(notice.heard());
  EXPECT_FALSE(notice.watchdog_ns());
  notice.tell("READY=1");
  EXPECT_EQ(std::getenv("WATCHDOG_USEC"), nullptr) << "not for the children";
}

TEST(ServiceNotice, TellsOverAPathOrANameInNoFolder) {
  const e2e::TemporaryFolder folder;
  for (const std::string& path : {folder / "socket", "@roundelay-test-" + std::to_string(getpid())}) {
    NoticeSocket manager(path);
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    setenv("WATCHDOG_USEC", "30000000", 1);
    const ServiceNotice notice = ServiceNotice::from_environment();
    ASSERT_TRUE(notice.heard()) << path;
    EXPECT_EQ(std::getenv("NOTIFY_SOCKET"), nullptr);
    EXPECT_EQ(notice.watchdog_ns(), 30'000'000'000);
    notice.tell("READY=1\nSTATUS=x");
    EXPECT_EQ(manager.next(), "READY=1\nSTATUS=x");
  }
}

TEST(ServiceNotice, AWatchdogForAnotherProcessOrANonsenseIsNone) {
  const e2e::TemporaryFolder folder;
  const NoticeSocket manager(folder / "socket");
  for (const auto& [watchdog, pid] : {std::pair{"1000", "1"}, {"x", ""}, {"-5", ""}, {"99999999999999999999", ""}}) {
    setenv("NOTIFY_SOCKET", manager.path().c_str(), 1);
    setenv("WATCHDOG_USEC", watchdog, 1);
    setenv("WATCHDOG_PID", pid, 1);
    EXPECT_FALSE(ServiceNotice::from_environment().watchdog_ns()) << watchdog;
  }
}

TEST(ServiceNotice, AManagerThatIsGoneOrNoPathHarmsNobody) {
  const e2e::TemporaryFolder folder;
  for (const std::string& path : {folder / "nothing", std::string("relative"), std::string("/") + std::string(200, 'x')}) {
    setenv("NOTIFY_SOCKET", path.c_str(), 1);
    EXPECT_FALSE(ServiceNotice::from_environment().heard()) << path;
  }
}

}  // namespace
}  // namespace roundelay::service_notice_test
