#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <set>
#include <utility>

#include "codec/opus.h"
#include "codec/track.h"
#include "server/base/text.h"
#include "server/jobs/picture_reading.h"
#include "server/jobs/programme_zip.h"
#include "server/jobs/programme_zip_parts.h"

namespace roundelay {
namespace {

constexpr zip_int64_t kMostZipFiles = 1'000;
constexpr int64_t kMostWordsFileBytes = 65'536;
constexpr int64_t kMostScoreBlobBytes = 100'000'000;
constexpr size_t kZipPieceBytes = 1 << 16;

struct CloseZipFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ZipFile = std::unique_ptr<zip_file_t, CloseZipFile>;
using ZippedBytes = std::vector<uint8_t>;

// The files of a ZIP, one after the other, within what all together may have.
class ZipReading {
 public:
  ZipReading(std::span<const uint8_t> file, int64_t most_bytes) : left_bytes_(most_bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(file.data(), file.size(), 0, &error);
    if (source != nullptr) zip_.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (source != nullptr && !zip_) zip_source_free(source);
    zip_error_fini(&error);
    if (zip_ && zip_get_num_entries(zip_.get(), 0) > kMostZipFiles) zip_.reset();
  }
  [[nodiscard]] bool good() const { return zip_ != nullptr; }

  // Nothing for what is not there, is larger than that, cannot be read, or is packed in another way than the usual one.
  [[nodiscard]] std::optional<ZippedBytes> read(const std::string& name, int64_t most_bytes) {
    const zip_int64_t found = zip_name_locate(zip_.get(), name.c_str(), ZIP_FL_ENC_RAW);
    if (found < 0) return std::nullopt;
    const auto index = static_cast<zip_uint64_t>(found);
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (zip_stat_index(zip_.get(), index, 0, &stat) != 0 || (stat.valid & ZIP_STAT_COMP_METHOD) == 0) return std::nullopt;
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE) return std::nullopt;
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) return std::nullopt;
    const auto most = static_cast<size_t>(std::max<int64_t>(0, std::min(most_bytes, left_bytes_)));
    if ((stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > most) return std::nullopt;
    const ZipFile file(zip_fopen_index(zip_.get(), index, 0));
    if (!file) return std::nullopt;
    ZippedBytes out;
    // Whatever was announced: what comes out is counted.
    for (std::array<uint8_t, kZipPieceBytes> piece;;) {
      const zip_int64_t count = zip_fread(file.get(), piece.data(), piece.size());
      if (count < 0) return std::nullopt;
      if (count == 0) break;
      left_bytes_ -= count;
      if (out.size() + static_cast<size_t>(count) > most) return std::nullopt;
      out.insert(out.end(), piece.begin(), piece.begin() + count);
    }
    return out;
  }

 private:
  programme_zip::Zip zip_;
  int64_t left_bytes_;
};

bool has_hash(std::span<const uint8_t> bytes, const std::string& sha256) {
  std::array<uint8_t, crypto_hash_sha256_BYTES> found;
  crypto_hash_sha256(found.data(), bytes.data(), bytes.size());
  return hex(found) == sha256;
}

// The track's facts are what its blob says.
bool check_track(std::span<const uint8_t> blob, double most_seconds, CarriedTrack& track) {
  const auto view = TrackView::parse(blob);
  if (!view) return false;
  track.seconds = static_cast<double>(view->length_samples()) / kOpusRate;
  track.channels = view->channels();
  if (track.seconds > most_seconds + 1) return false;
  BlockDecoder decoder(view->channels());
  std::vector<float> sound(static_cast<size_t>(kOpusBlock) * static_cast<size_t>(view->channels()));
  for (int64_t block = -view->preroll(); block < view->blocks(); ++block) {
    if (!decoder.decode(view->packet(block), sound)) return false;
  }
  return true;
}

// A still picture and nothing beside it.
bool is_plain_webp(std::span<const uint8_t> page) {
  constexpr size_t kHeadBytes = 16;
  if (page.size() < kHeadBytes || std::memcmp(&page[0], "RIFF", 4) != 0 || std::memcmp(&page[8], "WEBP", 4) != 0) return false;
  uint32_t riff_bytes = 0;
  for (size_t i = 0; i < 4; ++i) riff_bytes |= uint32_t{page[4 + i]} << (8 * i);
  const bool plain = std::memcmp(&page[12], "VP8 ", 4) == 0 || std::memcmp(&page[12], "VP8L", 4) == 0;
  return plain && uint64_t{riff_bytes} + 8 == page.size();
}

bool check_score(std::span<const uint8_t> blob, const CarriedScore& score) {
  size_t at = 0;
  for (const CarriedPage& page : score.pages) {
    const auto bytes = static_cast<size_t>(page.bytes);
    if (bytes > blob.size() - at || std::max(page.width, page.height) > kMostPageSide) return false;
    const auto picture_file = blob.subspan(at, bytes);
    if (!is_plain_webp(picture_file) || score_kind(picture_file) != ScoreKind::kWebp) return false;
    const auto picture = read_picture(picture_file, ScoreKind::kWebp);
    if (!picture || picture->width != page.width || picture->height != page.height) return false;
    at += bytes;
  }
  return at == blob.size();
}

int64_t most_track_bytes(double seconds) {
  constexpr double kTrackBlocksPerSecond = static_cast<double>(kOpusRate) / kOpusBlock;
  constexpr double kIndexBytes = 4;
  return static_cast<int64_t>((seconds * kTrackBlocksPerSecond + 100) * (kMaxPacketBytes + kIndexBytes));
}

}  // namespace

tl::expected<ReadProgramme, Sentence> read_programme_zip(std::span<const uint8_t> file, const ProgrammeZipLimits& limits,
                                                         const std::function<bool(const CarriedBlob&)>& keep,
                                                         const std::function<void(double)>& progress) {
  namespace names = programme_zip;
  const tl::unexpected<Sentence> no_programme(phrase("no_programme_file"));
  ZipReading zip(file, limits.most_bytes);
  if (!zip.good()) return no_programme;
  const auto text = zip.read(names::kJson, kMostCarriedJsonBytes);
  if (!text) return no_programme;
  auto programme = CarriedProgramme::read(nlohmann::json::parse(*text, nullptr, false));
  if (!programme) return no_programme;

  ReadProgramme out{*std::move(programme)};
  const size_t all = out.programme.words.size() + out.programme.tracks.size() + out.programme.scores.size();
  size_t done = 0;
  const auto step = [&] { progress(static_cast<double>(++done) / static_cast<double>(all)); };
  std::set<std::string> kept;
  const auto keep_once = [&](bool score, const std::string& sha256, const ZippedBytes& bytes) {
    if (kept.contains(sha256)) return true;
    if (!keep({score, sha256, bytes})) return false;
    kept.insert(sha256);
    return true;
  };
  const CarriedProgramme wanted = out.programme;
  for (const auto& [key, words] : wanted.words) {
    const auto bytes = zip.read(names::words_name(key), kMostWordsFileBytes);
    if (bytes) out.programme.words[key].text.assign(bytes->begin(), bytes->end());
    if (!bytes) {
      out.problems.push_back({CarriedProblem::Kind::kWords, words.title});
      out.programme.drop_words(key);
    }
    step();
  }
  for (const auto& [key, track] : wanted.tracks) {
    const auto bytes = zip.read(names::track_name(track.sha256), most_track_bytes(limits.most_seconds));
    const bool good = bytes && has_hash(*bytes, track.sha256) &&
                      check_track(*bytes, limits.most_seconds, out.programme.tracks[key]) &&
                      keep_once(false, track.sha256, *bytes);
    if (!good) {
      out.problems.push_back({CarriedProblem::Kind::kTrack, track.name});
      out.programme.drop_track(key);
    }
    step();
  }
  for (const auto& [key, score] : wanted.scores) {
    const auto bytes = zip.read(names::score_name(score.sha256), kMostScoreBlobBytes);
    const bool good =
        bytes && has_hash(*bytes, score.sha256) && check_score(*bytes, score) && keep_once(true, score.sha256, *bytes);
    if (!good) {
      out.problems.push_back({CarriedProblem::Kind::kScore, score.title});
      out.programme.drop_score(key);
    }
    step();
  }
  return out;
}

}  // namespace roundelay
