#include "server/base/nearest_name.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace roundelay::nearest_name_test {
namespace {

constexpr std::array<std::string_view, 5> kNames{"port", "host", "max_rooms", "max_uploads", "tls_certificate"};

TEST(NearestName, IsFoundThroughSlipsAndOtherSpellings) {
  EXPECT_EQ(nearest_name("prot", kNames), "port");
  EXPECT_EQ(nearest_name("max-rooms", kNames), "max_rooms");
  EXPECT_EQ(nearest_name("MaxRoom", kNames), "max_rooms");
  EXPECT_EQ(nearest_name("max_uplaods", kNames), "max_uploads");
  EXPECT_EQ(nearest_name("certificate", kNames), "tls_certificate");
}

TEST(NearestName, IsNoneWhereNothingIsNear) {
  EXPECT_EQ(nearest_name("", kNames), "");
  EXPECT_EQ(nearest_name("volume", kNames), "");
  EXPECT_EQ(nearest_name("xy", kNames), "");
  EXPECT_EQ(nearest_name(std::string(100'000, 'p'), kNames), "");
}

}  // namespace
}  // namespace roundelay::nearest_name_test
