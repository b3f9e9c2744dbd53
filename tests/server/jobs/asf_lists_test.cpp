#include "server/jobs/asf_lists.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "server/jobs/song_picture.h"
#include "server/jobs/song_tags.h"
#include "tests/codec/test_sound.h"

namespace roundelay::asf_lists_test {
namespace {

using Bytes = std::vector<uint8_t>;
constexpr size_t kHeaderBytes = 30, kListBytes = 26;

Bytes of_corpus(const std::string& name) {
  std::ifstream file(std::string(TAGS_CORPUS "/") + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

// The beginning of a list of attributes, as it lies in a song.
Bytes list_of(size_t count) {
  const Bytes song = of_corpus("all.wma");
  constexpr uint8_t kId[] = {0x40, 0xa4, 0xd0, 0xd2, 0x07, 0xe3, 0xd2, 0x11};
  const auto found = std::search(song.begin(), song.end(), std::begin(kId), std::end(kId));
  EXPECT_LT(found, song.end() - kListBytes);
  Bytes out(found, found + kListBytes);
  out[kListBytes - 2] = static_cast<uint8_t>(count & 0xFF);
  out[kListBytes - 1] = static_cast<uint8_t>(count >> 8);
  return out;
}

bool whole_fits(const Bytes& file) {
  return asf_lists_fit(test::MemoryFile(file).fd());
}

TEST(AsfLists, OfSongsFit) {
  for (const char* name : {"all.wma", "picture.wma"}) {
    EXPECT_TRUE(asf_lists_fit(of_corpus(name), 0)) << name;
    EXPECT_TRUE(whole_fits(of_corpus(name))) << name;
  }
  const test::MemoryFile song(of_corpus("all.wma"));
  EXPECT_EQ(read_song_tags(song.fd())->title, "Loch Lomond");
}

TEST(AsfLists, ThatClaimMoreThanTheFileHoldsAreNotReadAtAll) {
  const Bytes many = of_corpus("many_attributes.wma");
  EXPECT_FALSE(asf_lists_fit(many, 0));
  const test::MemoryFile song(many);
  EXPECT_FALSE(read_song_tags(song.fd()));
  EXPECT_TRUE(read_song_picture(song.fd()).empty());
}

TEST(AsfLists, MayClaimAsManyAsThereIsRoomForBehindThem) {
  Bytes part = list_of(100);
  part.resize(part.size() + 600);
  EXPECT_TRUE(asf_lists_fit(part, 0));
  part.pop_back();
  EXPECT_FALSE(asf_lists_fit(part, 0));
  EXPECT_TRUE(asf_lists_fit(part, 1));
  EXPECT_TRUE(asf_lists_fit(std::span(part).first(kListBytes - 1), 0)) << "it is cut off";
}

TEST(AsfLists, AreFoundWhereverTheyBeginInAFileOfTheKind) {
  const Bytes list = list_of(65'535);
  for (const size_t at : {kHeaderBytes, size_t{1'048'560}, size_t{1'048'575}, size_t{1'048'576}, size_t{2'000'000}}) {
    Bytes file = of_corpus("all.wma");
    file.resize(kHeaderBytes);
    file.resize(at);
    file.insert(file.end(), list.begin(), list.end());
    file.resize(file.size() + 1'000);
    EXPECT_FALSE(whole_fits(file)) << at;
    file[0] ^= 1;
    EXPECT_TRUE(whole_fits(file)) << "another kind of file";
  }
}

}  // namespace
}  // namespace roundelay::asf_lists_test
