#include "server/jobs/render_pack.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "server/jobs/worker_report.h"
#include "server/render/pack.h"

namespace roundelay {
namespace {

using nlohmann::json;

constexpr double kPackBlocksPerSecond = 50;

}  // namespace

int make_pack(RenderFolder& folder, const json& tracks, const json& wish, RenderReport& report) {
  const auto blocks = static_cast<int64_t>(std::lround(tracks.at("seconds").get<double>() * kPackBlocksPerSecond));
  render::Pack pack{.name = wish.value("name", ""), .unix_s = tracks.value("began_ms", int64_t{0}) / 1'000, .blocks = blocks};
  std::string failure;
  const auto open = [&](const std::string& file) {
    const auto fd = folder.open_to_read(file);
    if (!fd) failure = fd.error();
    return fd.value_or(-1);
  };
  for (const json& track : tracks.at("tracks")) {
    pack.tracks.push_back({.name = track.at("name").get<std::string>(),
                           .part = track.value("part", ""),
                           .number = track.at("number").get<int>(),
                           .fd = open(track.at("file").get<std::string>()),
                           .gain_db = track.value("gain_db", 0.0)});
  }
  if (const json& backing = tracks.at("backing"); backing.is_object())
    pack.tracks.push_back(
        {.name = "Backing", .fd = open(backing.at("file").get<std::string>()), .gain_db = backing.value("gain_db", 0.0)});
  // It was not in the mix either.
  if (const json& metronome = tracks.at("metronome"); metronome.is_object())
    pack.tracks.push_back({.name = "Metronome", .fd = open(metronome.at("file").get<std::string>()), .muted = true});
  pack.mix = open("mix.flac");
  const auto zip = folder.create(kPackFile);
  if (!zip) failure = zip.error();
  if (!failure.empty()) {
    folder.drop_all();
    return report.not_written(failure);
  }
  const auto filer = RenderFiler::start(folder, {kPackWishFile});
  if (!filer) return report.not_written(filer.error());
  const auto packets = blocks * static_cast<int64_t>(pack.tracks.size());
  if (const auto shut = shut_in(folder, report, *filer, packets, packets); !shut) return report.not_written(shut.error());
  const auto made = render::write_pack(pack, *zip, [&](double share) { report.progress(share); });
  if (!made) return report.not_written(made.error());
  if (const auto finished = filer->finish(); !finished) return report.not_written(finished.error());
  return kWorkerDone;
}

}  // namespace roundelay
