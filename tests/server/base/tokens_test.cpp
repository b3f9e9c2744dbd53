#include "server/base/tokens.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>
#include <stdexcept>

#include "tests/server/conductor/temporary_folder.h"

namespace roundelay::tokens_test {
namespace {

constexpr Tokens::Key kKey{1, 2, 3};

TEST(Tokens, OpenWhatTheySealed) {
  const Tokens tokens(kKey);
  const auto token = tokens.open(tokens.seal({.person = 0x1FFFFFFFFFFFFF, .room = "abcdefghij", .issued = 1'700'000'000}));
  ASSERT_TRUE(token);
  EXPECT_EQ(token->person, 0x1FFFFFFFFFFFFFu);
  EXPECT_EQ(token->room, "abcdefghij");
  EXPECT_EQ(token->issued, 1'700'000'000);
}

TEST(Tokens, EverySealIsDifferent) {
  const Tokens tokens(kKey);
  EXPECT_NE(tokens.seal({1, "room", 2}), tokens.seal({1, "room", 2}));
}

TEST(Tokens, EveryChangedCharacterIsNoticed) {
  const Tokens tokens(kKey);
  const std::string sealed = tokens.seal({1, "abcdefghij", 2});
  for (size_t i = 0; i < sealed.size(); ++i) {
    std::string changed = sealed;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tokens.open(changed)) << i;
  }
  EXPECT_FALSE(tokens.open(sealed.substr(0, sealed.size() - 1)));
  EXPECT_FALSE(tokens.open(sealed + "A"));
  EXPECT_FALSE(tokens.open(""));
  EXPECT_FALSE(tokens.open("not base64!"));
  EXPECT_FALSE(tokens.open(std::string(100'000, 'A')));
}

TEST(Tokens, ACharacterThatIsNoneOfTheirsIsNoticedWhateverItStandsFor) {
  const Tokens tokens(kKey);
  std::string sealed;
  while (sealed.find('_') == std::string::npos) sealed = tokens.seal({1, "abcdefghij", 2});
  for (int c = 0; c < 256; ++c) {
    std::string changed = sealed;
    changed[sealed.find('_')] = static_cast<char>(c);
    EXPECT_EQ(tokens.open(changed).has_value(), c == '_') << c;
  }
}

TEST(Tokens, AnotherServersTokenIsRefused) {
  EXPECT_FALSE(Tokens({9}).open(Tokens(kKey).seal({1, "room", 2})));
}

TEST(Tokens, KeyIsMadeOnceAndForItsOwnerOnly) {
  const TemporaryFolder folder;
  const std::string path = folder.path() + "/secret.key";
  const std::string sealed = Tokens::from_file(path).seal({7, "room", 2});
  EXPECT_TRUE(Tokens::from_file(path).open(sealed));
  struct stat status {};
  ASSERT_EQ(stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(status.st_size, 32);
  EXPECT_EQ(folder.files_in(""), 1);
}

TEST(Tokens, BrokenKeyEndsTheStart) {
  const TemporaryFolder folder;
  const std::string path = folder.write("secret.key", "short");
  EXPECT_THROW(static_cast<void>(Tokens::from_file(path)), std::runtime_error);
  EXPECT_EQ(folder.read("secret.key"), "short");
  EXPECT_THROW(static_cast<void>(Tokens::from_file(folder.path() + "/no/secret.key")), std::runtime_error);
}

TEST(OrganiserKey, FitsItsHashAlone) {
  const std::string key = make_organiser_key();
  EXPECT_EQ(key.size(), 22u);  // 128 bits
  EXPECT_TRUE(key_fits(key, key_hash(key)));
  EXPECT_FALSE(key_fits(make_organiser_key(), key_hash(key)));
  EXPECT_FALSE(key_fits("", key_hash(key)));
  EXPECT_FALSE(key_fits(key, ""));
}

TEST(Ids, AreUnambiguousAndNotRepeated) {
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = make_id();
    EXPECT_TRUE(is_id(id)) << id;
    EXPECT_EQ(id.find_first_of("lo01"), std::string::npos) << id;
    EXPECT_TRUE(seen.insert(id).second);
  }
  EXPECT_FALSE(is_id("abcdefghi"));
  EXPECT_FALSE(is_id("abcdefghi'"));
  EXPECT_FALSE(is_id("ABCDEFGHIJ"));
}

TEST(Ids, PeopleFitAJsonNumber) {
  for (int i = 0; i < 1000; ++i) {
    const uint64_t person = make_person();
    EXPECT_GT(person, 0u);
    EXPECT_LT(person, uint64_t{1} << 53);
  }
}

}  // namespace
}  // namespace roundelay::tokens_test
