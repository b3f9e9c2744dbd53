#include "server/library/device.h"

#include <gtest/gtest.h>

namespace roundelay::device_test {
namespace {

std::string named(std::string_view user_agent) {
  const Device device = device_of(user_agent);
  return device.browser + " on " + device.system;
}

TEST(DeviceName, IsWhatPeopleCallTheirBrowserAndSystem) {
  EXPECT_EQ(named("Mozilla/5.0 (Android 14; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"), "Firefox on Android");
  EXPECT_EQ(named("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                  "Safari/537.36 Edg/126.0.0.0"),
            "Edge on Windows");
  EXPECT_EQ(named("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
                  "Mobile/15E148 Safari/604.1"),
            "Safari on iPhone");
  EXPECT_EQ(named("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 "
                  "Mobile/15E148 Safari/604.1"),
            "Chrome on iPad");
  EXPECT_EQ(named("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 "
                  "Safari/605.1.15"),
            "Safari on macOS");
  EXPECT_EQ(
      named("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36"),
      "Chrome on Linux");
  EXPECT_EQ(named("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"),
            "Chrome on ChromeOS");
  EXPECT_EQ(named("Mozilla/5.0 (Linux; Android 14; SM-S921B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 "
                  "Chrome/121.0 Mobile Safari/537.36"),
            "Samsung Internet on Android");
}

TEST(DeviceName, IsThatOfAnotherProgramAsItCallsItself) {
  EXPECT_EQ(named("curl/7.88.1"), "curl on ");
  EXPECT_EQ(named("python-requests/2.28.1"), "python-requests on ");
}

TEST(DeviceName, IsEmptyWhereNothingPlainIsSaid) {
  for (const std::string& text : {std::string(), std::string("Mozilla/5.0"), std::string("<script>alert(1)</script>"),
                                  std::string(5'000, 'a'), std::string("\0\xff", 2)})
    EXPECT_EQ(named(text), " on ") << text;
}

}  // namespace
}  // namespace roundelay::device_test
