#include "server/http/http_routes.h"

#include <gtest/gtest.h>

namespace roundelay {
namespace {

TEST(Argument, FindsTheWholeNameAndKeepsTheValueAsItIs) {
  EXPECT_EQ(argument({"a=1", "name=Rock & Roll + C%41=.wav", "b=2"}, "name"), "Rock & Roll + C%41=.wav");
  EXPECT_EQ(argument({"surname=q"}, "name"), "");
  EXPECT_EQ(argument({}, "name"), "");
}

TEST(UploadPlace, IsReadFromThePath) {
  const auto whole = upload_place("/api/rooms/abc/tracks");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->room, "abc");
  EXPECT_FALSE(whole->pieces);
  const auto begin = upload_place("/api/rooms/abc/uploads");
  ASSERT_TRUE(begin);
  EXPECT_TRUE(begin->pieces);
  EXPECT_EQ(begin->id, "");
  const auto piece = upload_place("/api/rooms/abc/uploads/xyz");
  ASSERT_TRUE(piece);
  EXPECT_EQ(piece->id, "xyz");
  for (const char* none : {"/api/rooms/abc", "/api/rooms//tracks", "/api/rooms/abc/uploads/", "/api/rooms/abc/uploads/x/y",
                           "/api/rooms/abc/uploadsx", "/api/rooms/abc/tracks/x", "/api/rooms"}) {
    EXPECT_FALSE(upload_place(none)) << none;
  }
}

}  // namespace
}  // namespace roundelay
