#include "server/program/read_anew.h"

#include <spdlog/spdlog.h>

#include "server/base/house_colours.h"
#include "server/base/live_settings.h"
#include "server/program/start_checks.h"

namespace roundelay {
namespace {

std::string listed(const std::vector<std::string_view>& keys) {
  std::string out;
  for (const std::string_view key : keys) (out += out.empty() ? "" : ", ") += key;
  return out;
}

}  // namespace

tl::expected<void, std::string> read_anew(const ReadConfig& read, Config& as_read, Config& config) {
  const auto now = read();
  if (!now) return tl::unexpected(now.error());
  if (!now->theme.empty()) {
    if (const auto colours = read_house_colours_file(now->theme); !colours) return tl::unexpected(colours.error());
  }
  Config next = config;
  take_live_settings(next, *now);
  if (!hand_on(next)) {
    std::string refused = "'";
    refused.append(handed_on_file(config)).append("' cannot be written.");
    return tl::unexpected(std::move(refused));
  }
  config = std::move(next);
  const ChangedSettings changed = changed_settings(as_read, *now);
  take_live_settings(as_read, *now);
  spdlog::set_level(spdlog::level::from_str(config.log_level));
  spdlog::info("the configuration was read anew: {}",
               changed.live.empty() ? "nothing changes" : listed(changed.live) + " changed");
  if (!changed.restart.empty()) spdlog::warn("a restart is needed for {}", listed(changed.restart));
  warn_of_theme(config);
  return {};
}

}  // namespace roundelay
