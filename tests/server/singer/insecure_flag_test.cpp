#include "server/singer/insecure_flag.h"

#include <gtest/gtest.h>

#include "server/singer/commands.h"

namespace roundelay::insecure_flag_test {
namespace {

TEST(InsecureFlag, SaysYesOnlyWhenItIsGiven) {
  for (const bool given : {false, true}) {
    CLI::App app;
    bool accepts = false;
    add_insecure_flag(app, accepts);
    app.parse(given ? "--insecure" : "");
    EXPECT_EQ(accepts, given);
  }
}

TEST(InsecureFlag, HasOneNameInEveryCommand) {
  CLI::App app;
  int exit_code = 0;
  add_sing_command(app, exit_code);
  add_robots_command(app, exit_code);
  add_load_command(app, exit_code);
  const auto commands = app.get_subcommands({});
  ASSERT_EQ(commands.size(), 3U);
  for (const CLI::App* command : commands) {
    const CLI::Option* flag = command->get_option_no_throw("--insecure");
    ASSERT_NE(flag, nullptr) << command->get_name();
    EXPECT_EQ(flag->get_name(false, true), "--insecure") << command->get_name();
  }
}

}  // namespace
}  // namespace roundelay::insecure_flag_test
