#include "server/conductor/upload_book.h"

#include <gtest/gtest.h>

namespace roundelay::upload_book_test {
namespace {

UploadBook::Entry entry(const char* room, PersonId person, const char* address, int64_t size = 100) {
  return {.room = room, .person = person, .address = address, .size = size};
}

TEST(UploadBook, CountsPerPersonRoomAddressAndInAll) {
  UploadBook book({.per_person = 1, .per_room = 2, .per_address = 3, .in_all = 4, .bytes_in_all = 1'000});
  EXPECT_TRUE(book.enter("1", entry("A", 1, "x")));
  EXPECT_EQ(book.enter("2", entry("A", 1, "y")).error(), "You are uploading one file already. Please wait until one is ready.");
  EXPECT_TRUE(book.enter("2", entry("A", 2, "x")));
  EXPECT_EQ(book.enter("3", entry("A", 3, "y")).error(),
            "In this room 2 files are being uploaded already. Please wait until one is ready.");
  EXPECT_TRUE(book.enter("3", entry("B", 3, "x")));
  EXPECT_EQ(book.enter("4", entry("B", 4, "x")).error(),
            "From your network 3 files are being uploaded already. Please wait until one is ready.");
  EXPECT_EQ(book.enter("4", entry("B", 4, "y", 701)).error(),
            "The server is taking as many files as it can just now. Please try again in a few minutes.");
  EXPECT_TRUE(book.enter("4", entry("B", 4, "y", 700)));
  EXPECT_EQ(book.enter("5", entry("C", 5, "z")).error(),
            "The server is taking as many files as it can just now. Please try again in a few minutes.");
  book.remove("1");
  EXPECT_TRUE(book.enter("5", entry("A", 1, "x")));
}

TEST(UploadBook, AddressesOfOneHouseholdCountTogether) {
  UploadBook book({.per_person = 1, .per_room = 9, .per_address = 1});
  EXPECT_TRUE(book.enter("1", entry("A", 1, "2001:db8::1")));
  EXPECT_FALSE(book.enter("2", entry("B", 2, "2001:db8::2")));
  EXPECT_TRUE(book.enter("2", entry("B", 2, "2001:db8:0:1::2")));
}

TEST(UploadBook, ForgetsWhatALostShardWasReceivingAndWhatIsSilent) {
  UploadBook book({});
  auto received = entry("A", 1, "x");
  received.link = 7;
  ASSERT_TRUE(book.enter("received", received));
  ASSERT_TRUE(book.enter("prepared", received));
  book.find("prepared")->preparing = true;
  auto pieces = entry("A", 2, "x");
  pieces.heard_ns = 10;
  ASSERT_TRUE(book.enter("pieces", pieces));
  book.remove_link(7);
  EXPECT_EQ(book.find("received"), nullptr);
  EXPECT_NE(book.find("prepared"), nullptr);
  EXPECT_TRUE(book.take_silent(10).empty());
  EXPECT_EQ(book.take_silent(11), std::vector<std::string>{"pieces"});
  EXPECT_EQ(book.size(), 1U);
}

}  // namespace
}  // namespace roundelay::upload_book_test
