#include "server/conductor/upload_result.h"

#include <array>
#include <utility>

#include "server/base/text.h"
#include "server/wire/control/track.h"

namespace roundelay {

std::optional<UploadResult> read_result(const nlohmann::json& told, UploadKind kind, double max_seconds) {
  if (kind == UploadKind::kProgramme) {
    auto places = CarriedPlaces::read(told);
    if (!places) return std::nullopt;
    UploadResult programme;
    programme.places = *std::move(places);
    return programme;
  }
  const auto sha256 = text_field(told, "sha256");
  std::array<uint8_t, 32> digest;
  if (!from_hex(sha256.value, digest)) return std::nullopt;
  UploadResult out{.sha256 = hex(digest)};
  if (kind == UploadKind::kScore) {
    auto pages = read_pages(control::part(told, "pages"));
    if (!pages) return std::nullopt;
    out.pages = *std::move(pages);
    return out;
  }
  const auto seconds = number_field(told, "seconds", 0, max_seconds + 1);
  const auto channels = integer_field(told, "channels", 1, 2);
  // Nothing is refused for its sake.
  const auto loudness = number_field(told, "loudness", control::kLeastLoudness, control::kMostLoudness);
  if (!seconds.given() || !channels.given()) return std::nullopt;
  out.seconds = seconds.value;
  out.channels = static_cast<int>(channels.value);
  if (loudness.given()) out.loudness = loudness.value;
  return out;
}

const UploadSentences& sentences_of(UploadKind kind) {
  static constexpr UploadSentences kTrack{.refused = "no_track",
                                          .unreadable = "unreadable_track",
                                          .too_slow = "slow_track",
                                          .not_stored = "track_not_stored",
                                          .too_many = "too_many_tracks_wait"};
  static constexpr UploadSentences kScore{.refused = "no_score",
                                          .unreadable = "unreadable_score",
                                          .too_slow = "slow_score",
                                          .not_stored = "score_not_stored",
                                          .too_many = "too_many_scores_wait"};
  static constexpr UploadSentences kProgramme{.refused = "no_programme",
                                              .unreadable = "unreadable_programme",
                                              .too_slow = "slow_programme",
                                              .not_stored = "programme_not_stored",
                                              .too_many = "too_many_programmes_wait"};
  switch (kind) {
    case UploadKind::kTrack:
      return kTrack;
    case UploadKind::kScore:
      return kScore;
    case UploadKind::kProgramme:
      break;
  }
  return kProgramme;
}

}  // namespace roundelay
