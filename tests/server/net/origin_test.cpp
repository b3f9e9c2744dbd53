#include "server/net/origin.h"

#include <gtest/gtest.h>

namespace roundelay::origin_test {
namespace {

TEST(Origin, DefaultPortsAndLettersCaseMakeNoDifference) {
  EXPECT_TRUE(is_own_origin("https://sing.example", "sing.example"));
  EXPECT_TRUE(is_own_origin("https://sing.example", "sing.example:443"));
  EXPECT_TRUE(is_own_origin("https://sing.example:443", "Sing.Example"));
  EXPECT_TRUE(is_own_origin("http://SING.example", "sing.example:80"));
  EXPECT_TRUE(is_own_origin("http://localhost:8080", "localhost:8080"));
  EXPECT_TRUE(is_own_origin("http://[::1]:8080", "[::1]:8080"));
  EXPECT_TRUE(is_own_origin("http://[::1]", "[::1]:80"));
}

TEST(Origin, AnotherPlaceIsAnother) {
  EXPECT_FALSE(is_own_origin("https://elsewhere.example", "sing.example"));
  EXPECT_FALSE(is_own_origin("https://sing.example", "sing.example:80"));
  EXPECT_FALSE(is_own_origin("http://sing.example:8080", "sing.example"));
  EXPECT_FALSE(is_own_origin("https://sing.example.elsewhere.example", "sing.example"));
  EXPECT_FALSE(is_own_origin("null", "null"));
  EXPECT_FALSE(is_own_origin("sing.example", "sing.example"));
  EXPECT_FALSE(is_own_origin("https://", ""));
}

TEST(Origin, ThatOfTheSettingsCountsLikewise) {
  EXPECT_TRUE(are_same_origin("https://sing.example", "https://Sing.example:443/"));
  EXPECT_FALSE(are_same_origin("http://sing.example", "https://sing.example"));
  EXPECT_FALSE(are_same_origin("https://sing.example", ""));
}

}  // namespace
}  // namespace roundelay::origin_test
