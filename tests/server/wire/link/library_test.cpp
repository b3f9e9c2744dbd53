// What a shard writes of a request to the song library, read again.
#include <gtest/gtest.h>

#include <string>

#include "server/wire/link/library.h"

namespace roundelay::link::library_test {
namespace {

using nlohmann::json;

// As the librarian does it.
std::optional<Library> read_again(const Library& message) {
  const std::string line = message.to_line();
  EXPECT_EQ(line.find('\n'), std::string::npos) << line;
  return Library::read(message_of(line));
}

TEST(LibraryLine, SaysWhateverTextsAreInIt) {
  const std::string odd = "\"a\\b\"\n\t\x01\x1e\x7f \xd0\x96\xf0\x9f\x8e\xb5";
  const auto read = read_again({.request = 7,
                                .method = "GET",
                                .path = odd,
                                .query = {{odd, ""}, {"", odd}, {"q", "caf\xc3\xa9"}},
                                .fields = {{"cookie", odd}},
                                .address = odd,
                                .body = {{odd, odd}},
                                .file = odd,
                                .file_name = odd});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->path, odd);
  EXPECT_EQ(read->query, (TextPairs{{odd, ""}, {"", odd}, {"q", "caf\xc3\xa9"}}));
  EXPECT_EQ(read->fields, (TextPairs{{"cookie", odd}}));
  EXPECT_EQ(read->address, odd);
  EXPECT_EQ(read->body, (json{{odd, odd}}));
  EXPECT_EQ(read->file, odd);
  EXPECT_EQ(read->file_name, odd);
}

TEST(LibraryLine, IsSentWithWhatIsNoUtf8Replaced) {
  const auto read = read_again({.request = 7, .method = "GET", .path = "/\xff", .query = {{"q", "\xc3"}}});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->path, "/\xef\xbf\xbd");
  EXPECT_EQ(read->query, (TextPairs{{"q", "\xef\xbf\xbd"}}));
}

TEST(LibraryLine, SaysEveryFlagAndNumber) {
  const auto read = read_again({.request = uint64_t{1} << 52,
                                .check = true,
                                .begun = true,
                                .gone = true,
                                .encloses = true,
                                .method = "POST",
                                .player = true,
                                .path = "/",
                                .secure = true,
                                .bytes = int64_t{5} << 30});
  ASSERT_TRUE(read);
  EXPECT_EQ(read->request, uint64_t{1} << 52);
  EXPECT_TRUE(read->check && read->begun && read->gone && read->encloses && read->player && read->secure);
  EXPECT_EQ(read->bytes, int64_t{5} << 30);
  EXPECT_TRUE(read->body.is_null());
}

TEST(LibraryLine, OfAnswersTheTextBehindComesWithoutACopyInTheMessage) {
  LibraryReply reply{.body = nullptr, .headers = {{"etag", "\"x\""}}};
  json message{{"op", "reply"}, {"body", std::move(reply).to_json()}};
  json received = message_of(line_of(message) + kEnclosedBehind + R"({"ok":true})");
  ASSERT_EQ(received[kEnclosed], R"({"ok":true})");
  json body = take_field(received, "body");
  body[kEnclosed] = take_field(received, kEnclosed);
  const LibraryReply read = LibraryReply::read(std::move(body));
  EXPECT_EQ(read.text, R"({"ok":true})");
  EXPECT_EQ(read.headers, (TextPairs{{"etag", "\"x\""}}));
  EXPECT_GE(read.text.capacity(), read.text.size() + 1) << "its line feed would copy it";
}

}  // namespace
}  // namespace roundelay::link::library_test
