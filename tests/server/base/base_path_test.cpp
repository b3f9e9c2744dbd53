#include "server/base/base_path.h"

#include <gtest/gtest.h>

namespace roundelay::base_path_test {
namespace {

TEST(BasePath, HasASlashAtBothEnds) {
  for (const auto& [text, path] :
       {std::pair{"", "/"}, {"/", "/"}, {"sing", "/sing/"}, {"/sing", "/sing/"}, {"/a-b/c.d/", "/a-b/c.d/"}})
    EXPECT_EQ(checked_base_path(text).value_or("refused"), path) << text;
  for (const char* text : {"/a//b", "/../", "/./a", "/a b/", "/ä/", "/a?b", "/%41/", "https://sing.example/"})
    EXPECT_FALSE(checked_base_path(text)) << text;
}

TEST(BasePath, IsTakenFromWhatIsBelow) {
  EXPECT_EQ(below_base("/r/abc", "/"), "/r/abc");
  EXPECT_EQ(below_base("/sing/r/abc", "/sing/"), "/r/abc");
  EXPECT_EQ(below_base("/sing/", "/sing/"), "/");
  for (const char* path : {"/sing", "/singers/", "/r/abc", "/", ""}) EXPECT_EQ(below_base(path, "/sing/"), std::nullopt) << path;
}

}  // namespace
}  // namespace roundelay::base_path_test
