#include "tests/network/song_over_lines.h"

#include <stdexcept>

#include "tests/e2e/raw_client.h"

namespace roundelay::network {

namespace {

nlohmann::json with_host(nlohmann::json settings) {
  settings["host"] = "0.0.0.0";
  return settings;
}

}  // namespace

LineSettings line_of_round_trip(double round_trip_ms, double loss) {
  return {round_trip_ms / 2, round_trip_ms / 20, loss};
}

SongOverLines::SongOverLines(const std::vector<LineSettings>& lines, uint64_t seed, const nlohmann::json& settings)
    : network_(lines, seed) {
  const auto here = network_.visit_hub();
  server_ = std::make_unique<e2e::Server>(2, with_host(settings));
  const auto made = server_->make_room();
  room_ = made.at("room");
  key_ = made.at("key");
}

void SongOverLines::sing(int leaf, const std::vector<std::string>& arguments) {
  const std::string url = "ws://" + EmulatedNetwork::hub_address(leaf) + ":" + std::to_string(server_->port()) + "/ws";
  std::vector<std::string> argv{ROUNDELAY_PROGRAM, "sing", "--url", url, "--room", room_, "--json"};
  argv.insert(argv.end(), arguments.begin(), arguments.end());
  const auto there = network_.visit_leaf(leaf);
  singers_.push_back(std::make_unique<e2e::Process>(argv, folder() / "singers.log"));
}

std::vector<nlohmann::json> SongOverLines::wait(std::chrono::seconds limit) {
  std::vector<nlohmann::json> ends;
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (const auto& singer : singers_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    (void)singer->wait(left);
    const std::string& told = singer->output();
    const size_t last = told.find("{\"", told.rfind("\n{") + 1);
    ends.push_back(last == std::string::npos ? nlohmann::json() : nlohmann::json::parse(told.substr(last), nullptr, false));
    if (!ends.back().is_object() || ends.back().value("event", "") != "done")
      throw std::runtime_error("a singer did not come to the end:\n" + told + log());
  }
  return ends;
}

double SongOverLines::late_share() const {
  const auto here = network_.visit_hub();
  const auto totals = server_->status().at("totals");
  const auto blocks = totals.at("voices_decoded").get<double>() + totals.at("voices_skipped").get<double>();
  return blocks == 0 ? 1 : totals.at("blocks_late").get<double>() / blocks;
}

nlohmann::json SongOverLines::settings() {
  const auto here = network_.visit_hub();
  return e2e::RawClient(server_->port()).enter(room_, "Watcher", {{"role", "listener"}}).at("settings");
}

}  // namespace roundelay::network
