// `roundelay config`, and what `serve` says of a configuration that is wrong. No server runs.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/e2e/process.h"

namespace roundelay::e2e::config_command_test {
namespace {

class ConfigCommand : public testing::Test {
 protected:
  void write(const std::string& text) const { std::ofstream(file_) << text; }
  // What it said, errors first.
  std::string run(std::vector<std::string> arguments, int status) const {
    arguments.insert(arguments.begin(), ROUNDELAY_PROGRAM);
    Process process(arguments, folder_ / "errors");
    EXPECT_EQ(process.wait(), status);
    std::ifstream in(folder_ / "errors");
    return std::string(std::istreambuf_iterator<char>(in), {}) + process.output();
  }

  TemporaryFolder folder_;
  std::string file_ = folder_ / "roundelay.json";
};

TEST_F(ConfigCommand, CheckSaysEverythingThatIsWrongEachOnALine) {
  write(
      R"({"prot": 1, "default_buckets": 9, "theme": "/none.json", "tls_key": "/none.pem", "host": "localhost", "web_dir": "/none", "log": "info"})");
  const std::string said = run({"config", "check", file_}, 1);
  for (const char* line :
       {": default_buckets must be from 2 to 8.\n", ": There is no setting named prot; did you mean port?\n",
        "tls_certificate and tls_key belong together: give both, or none.\n", "the theme '/none.json' cannot be read.\n",
        "host must be an address, such as :: (all) or 127.0.0.1; a name such as localhost is none.\n",
        "The page is not in '/none'; build it with ./dev build, or name its folder with --web.\n",
        ": There is no setting named log; did you mean log_level?\n"}) {
    EXPECT_NE(said.find(line), std::string::npos) << said;
  }
  EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 7) << said;
  EXPECT_EQ(run({"config", "show", file_}, 1).find('{'), std::string::npos);
}

TEST_F(ConfigCommand, CheckAndShowOfAFileThatIsRight) {
  write(R"({"port": 9000, "shards": 2})");
  EXPECT_EQ(run({"config", "check", file_}, 0), "'" + file_ + "' is right.\n");
  const auto shown = nlohmann::json::parse(run({"config", "show", file_}, 0), nullptr, false);
  ASSERT_TRUE(shown.is_object());
  EXPECT_EQ(shown["port"], 9000);
  EXPECT_EQ(shown["shards"], 2);
  EXPECT_EQ(shown["drain_s"], 120) << "what the file does not name";
}

TEST_F(ConfigCommand, AFileThatIsNotThereIsAnErrorOfEach) {
  const std::string sentence = "'" + file_ + "' cannot be read: No such file or directory.";
  EXPECT_EQ(run({"config", "check", file_}, 1), sentence + "\n");
  EXPECT_NE(run({"serve", "--config", file_}, 1).find(sentence), std::string::npos);
}

TEST_F(ConfigCommand, ServeEndsWithWhatIsWrongInFileAndOptions) {
  write(R"({"max_roms": 1})");
  const std::string said = run({"serve", "--config", file_, "--port", "many", "--data", folder_ / "data"}, 1);
  EXPECT_NE(said.find("There is no setting named max_roms; did you mean max_rooms?"), std::string::npos) << said;
  EXPECT_NE(said.find("port must be a whole number."), std::string::npos) << said;
}

}  // namespace
}  // namespace roundelay::e2e::config_command_test
