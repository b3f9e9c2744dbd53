#include "server/net/http_head.h"

#include <gtest/gtest.h>

namespace roundelay::http_head_test {
namespace {

std::string with(const std::string& line, const std::string& target = "/") {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + line + "\r\n\r\n";
}
int status_of(const std::string& text) {
  const auto head = parse_head(text);
  if (!head) {
    EXPECT_GT(head.error().message.size(), 15U) << text;
    return head.error().status;
  }
  return 200;
}

TEST(HttpHead, IsReadAsItStands) {
  const std::string text =
      "GET /r/a%20b?x=1&y=%C3%A4&&z HTTP/1.1\r\nHOST: sing.example:443\r\nX-Odd:  two words \r\nConnection: Keep-Alive, "
      "Upgrade\r\n\r\n";
  EXPECT_EQ(head_length(text + "more"), text.size());
  const auto head = parse_head(text);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "GET");
  EXPECT_EQ(head->path, "/r/a b");
  EXPECT_EQ(head->arguments, (std::vector<std::string>{"x=1", "y=\u00E4", "z"}));
  EXPECT_EQ(head->field("host"), "sing.example:443");
  EXPECT_EQ(head->field("x-odd"), "two words");
  EXPECT_TRUE(head->lists("connection", "upgrade"));
  EXPECT_FALSE(head->lists("connection", "close"));
  EXPECT_EQ(head->content_length, -1);
  EXPECT_TRUE(head->keep_alive);
}

TEST(HttpHead, IsNotThereBeforeItsEmptyLine) {
  const std::string text = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  for (size_t n = 0; n < text.size(); ++n) EXPECT_FALSE(head_length(text.substr(0, n))) << n;
  EXPECT_EQ(head_length("GET / HTTP/1.1\nHost: x\n\nrest"), 24U);
}

TEST(HttpHead, ABodyHasOneLength) {
  EXPECT_EQ(parse_head(with("Content-Length: 12"))->content_length, 12);
  for (const char* line : {"Content-Length: 2\r\nContent-Length: 3", "Content-Length: +2", "Content-Length: 2 2",
                           "Content-Length: -1", "Content-Length: 0x2", "Content-Length: 2, 2",
                           "Content-Length:", "Content-Length: 99999999999999999999", "Content-Length: 2\r\ncontent-length: 2"}) {
    EXPECT_EQ(status_of(with(line)), 400) << line;
  }
  EXPECT_EQ(status_of(with("Transfer-Encoding: chunked")), 411);
  EXPECT_EQ(status_of(with("Transfer-Encoding: chunked\r\nContent-Length: 2")), 411);
  EXPECT_EQ(status_of("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n"), 400);
}

TEST(HttpHead, AnAddressIsTextOfWhichNothingIsHidden) {
  EXPECT_EQ(parse_head(with("A: b", "/%E2%99%AA"))->path, "/\u266A");
  EXPECT_EQ(parse_head(with("A: b", "/\u266A"))->path, "/\u266A");
  for (const char* target :
       {"/%FF", "/%C3", "/%00", "/%0A", "/a?b=%0D", "/%7F", "/%", "/%4", "/%G0", "/%ED%A0%80", "/%C0%AF", "/\xFF", "a", "/a b"}) {
    EXPECT_EQ(status_of(with("A: b", target)), 400) << target;
  }
  EXPECT_EQ(status_of(with("A: b", "/" + std::string(kMaxTargetBytes, 'a'))), 414);
  EXPECT_EQ(parse_head(with("A: b", "http://Sing.example/x?y"))->path, "/x");
}

TEST(HttpHead, WhatIsNoneIsRefused) {
  for (const char* text : {"GET /\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET  HTTP/1.1\r\nHost: x\r\n\r\n",
                           "G ET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost : x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nA: \x01\r\n\r\n",
                           "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "GET / http/1.1\r\nHost: x\r\n\r\n", "\x16\x03\x01\r\n\r\n"}) {
    EXPECT_EQ(status_of(text), 400) << text;
  }
  EXPECT_EQ(status_of("PRI * HTTP/2.0\r\n\r\n"), 505);
  EXPECT_EQ(status_of(with("Expect: tea")), 417);
  std::string many;
  for (size_t i = 0; i < kMaxFields; ++i) many += "a: b\r\n";
  EXPECT_EQ(status_of(with(many + "c: d")), 431);
}

TEST(HttpHead, OddMethodsAreMethods) {
  EXPECT_EQ(parse_head("CONNECT a.example:443 HTTP/1.1\r\nHost: a\r\n\r\n")->method, "CONNECT");
  EXPECT_EQ(parse_head("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")->method, "OPTIONS");
}

}  // namespace
}  // namespace roundelay::http_head_test
