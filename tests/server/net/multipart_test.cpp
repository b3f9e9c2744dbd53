#include "server/net/multipart.h"

#include <gtest/gtest.h>

namespace roundelay::multipart_test {
namespace {

struct Form {
  bool whole = false;
  std::string file;
  std::optional<std::string> file_name;
  std::map<std::string, std::string> fields;
};

Form read(const std::string& body, size_t piece, const std::string& boundary = "b") {
  Form form;
  MultipartReader reader(boundary, [&](std::span<const uint8_t> bytes) { form.file.append(bytes.begin(), bytes.end()); });
  bool good = true;
  for (size_t at = 0; at < body.size() && good; at += piece) {
    const std::string part = body.substr(at, piece);
    good = reader.feed({reinterpret_cast<const uint8_t*>(part.data()), part.size()});
  }
  form.whole = good && reader.finish();
  form.file_name = reader.file_name();
  form.fields = reader.fields();
  return form;
}

const std::string kForm =
    "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nAmazing Grace\r\n"
    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a \\\"b\\\".mp3\"\r\nContent-Type: audio/mpeg\r\n\r\n"
    "ID3\r\n--\r\n--c\r\n\r\n--b--\r\n";

TEST(Multipart, IsReadInPiecesOfAnySize) {
  for (size_t piece = 1; piece <= kForm.size(); ++piece) {
    const Form form = read(kForm, piece);
    EXPECT_TRUE(form.whole) << piece;
    EXPECT_EQ(form.file, "ID3\r\n--\r\n--c\r\n");
    EXPECT_EQ(form.file_name, "a \"b\".mp3");
    EXPECT_EQ(form.fields.at("title"), "Amazing Grace");
  }
}

TEST(Multipart, MayHaveEmptyPartsAndAPreamble) {
  const Form form = read(
      "hello\r\n--b\r\nContent-Disposition: form-data; name=title\r\n\r\n\r\n--b \r\n"
      "content-disposition: form-data; name=f; filename=\"\"\r\n\r\n\r\n--b--",
      7);
  EXPECT_TRUE(form.whole);
  EXPECT_EQ(form.fields.at("title"), "");
  EXPECT_EQ(form.file_name, "");
  EXPECT_EQ(form.file, "");
}

TEST(Multipart, ThatEndsTooEarlyIsNotWhole) {
  for (size_t length = 0; length + 4 < kForm.size(); ++length) EXPECT_FALSE(read(kForm.substr(0, length), 100).whole) << length;
}

TEST(Multipart, WithTwoFilesOrTooMuchIsRefused) {
  const std::string file = "--b\r\nContent-Disposition: form-data; name=f; filename=a\r\n\r\nx\r\n";
  EXPECT_FALSE(read(file + file + "--b--", 1'000).whole);
  const std::string field = "--b\r\nContent-Disposition: form-data; name=f\r\n\r\n";
  EXPECT_FALSE(read(field + std::string(70'000, 'x') + "\r\n--b--", 1'000).whole);
  EXPECT_FALSE(read("--b\r\nX: " + std::string(20'000, 'x'), 1'000).whole);
  EXPECT_FALSE(read("--b\r\nX: y\r\n\r\nnameless\r\n--b--", 1'000).whole);
}

TEST(Multipart, BoundaryIsNamedByTheHeader) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), "a b");
  EXPECT_EQ(multipart_boundary("multipart/form-data"), std::nullopt);
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary="), std::nullopt);
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), std::nullopt);
  EXPECT_EQ(multipart_boundary("application/json; boundary=abc"), std::nullopt);
}

}  // namespace
}  // namespace roundelay::multipart_test
