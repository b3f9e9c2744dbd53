#include "server/net/turns.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "server/net/event_loop.h"

namespace roundelay::turns_test {
namespace {

struct Asker final : Turns::Member {
  void on_turn_given() override { on_turn(); }
  std::function<void()> on_turn = [] {};
};

TEST(Turns, AreGivenInTheOrderOfAskingAndOnce) {
  const EventLoop loop;
  Turns turns(loop.get());
  std::string told;
  Asker a, b;
  a.on_turn = [&] { told += 'a'; };
  b.on_turn = [&] { told += 'b'; };
  turns.ask(b);
  turns.ask(a);
  turns.ask(b);
  EXPECT_EQ(told, "");
  uv_run(loop.get(), UV_RUN_DEFAULT);  // ends: nothing keeps the loop awake any more
  EXPECT_EQ(told, "ba");
}

TEST(Turns, WhoAsksInATurnComesInTheNextRound) {
  const EventLoop loop;
  Turns turns(loop.get());
  std::vector<std::string> rounds;
  Asker a, b;
  int left = 2;
  a.on_turn = [&] {
    rounds.back() += 'a';
    if (left-- > 0) turns.ask(a);
  };
  b.on_turn = [&] { rounds.back() += 'b'; };
  turns.ask(a);
  turns.ask(b);
  int more = 1;
  while (more != 0) {
    rounds.emplace_back();
    more = uv_run(loop.get(), UV_RUN_NOWAIT);
  }
  EXPECT_EQ(rounds, (std::vector<std::string>{"ab", "a", "a"}));
}

TEST(Turns, WhoIsGoneIsNotCalledNotEvenByOneOfTheSameRound) {
  const EventLoop loop;
  Turns turns(loop.get());
  std::string told;
  Asker a, b, c;
  a.on_turn = [&] {
    told += 'a';
    turns.cancel(b);
  };
  b.on_turn = [&] { told += 'b'; };
  c.on_turn = [&] { told += 'c'; };
  turns.ask(a);
  turns.ask(b);
  turns.ask(c);
  turns.cancel(c);
  uv_run(loop.get(), UV_RUN_DEFAULT);
  EXPECT_EQ(told, "a");
  turns.ask(b);  // as anybody may again
  uv_run(loop.get(), UV_RUN_DEFAULT);
  EXPECT_EQ(told, "ab");
}

}  // namespace
}  // namespace roundelay::turns_test
