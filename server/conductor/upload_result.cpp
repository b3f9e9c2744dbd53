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
  static constexpr UploadSentences kTrack{
      .refused = "no_track",
      .unreadable = "This file could not be read as audio. Please export it again, as MP3 or WAV, say.",
      .too_slow = "This file took too long to read. Please try a shorter or simpler one.",
      .not_stored = "The track could not be stored. Please try again later.",
      .too_many = "Too many tracks are being prepared. Please try again in a minute."};
  static constexpr UploadSentences kScore{
      .refused = "no_score",
      .unreadable =
          "This file could not be read as a score: it is damaged. Please export it again as a PDF, or upload pictures of "
          "its pages.",
      .too_slow = "This file took too long to draw. Please export a simpler one, or upload pictures of its pages.",
      .not_stored = "The score could not be stored. Please try again later.",
      .too_many = "Too many scores are being prepared. Please try again in a minute."};
  static constexpr UploadSentences kProgramme{
      .refused = "no_programme",
      .unreadable = "This file could not be read as a programme: it is damaged. Please export the programme again.",
      .too_slow = "This programme took too long to read. Please export fewer songs at once.",
      .not_stored = "The programme could not be stored. Please try again later.",
      .too_many = "Too many programmes are being read. Please try again in a minute."};
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
