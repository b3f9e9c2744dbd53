#include "server/jobs/carried_storing.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "mixer/file_descriptor.h"
#include "server/base/text.h"
#include "server/base/tokens.h"

namespace roundelay {
namespace {

constexpr size_t kMostCarriedBlobs = 2 * control::kMostProgrammeEntries;
constexpr int64_t kMostCarriedFileBytes = int64_t{1} << 40;

std::optional<int64_t> place_number(const nlohmann::json& in) {
  if (!in.is_number_integer() || in < 0 || in > kMostCarriedFileBytes) return std::nullopt;
  return in.get<int64_t>();
}

// A file that is removed unless it was put in its place.
class TemporaryBlob {
 public:
  explicit TemporaryBlob(const std::string& folder)
      : path_(std::string(folder).append("/tmp-").append(make_id())),
        file_(open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~TemporaryBlob() {
    if (file_.get() >= 0 && !placed_) unlink(path_.c_str());
  }
  TemporaryBlob(const TemporaryBlob&) = delete;
  TemporaryBlob& operator=(const TemporaryBlob&) = delete;

  [[nodiscard]] bool append(std::span<const uint8_t> bytes) const {
    for (size_t done = 0; done < bytes.size();) {
      const ssize_t n = write(file_.get(), bytes.data() + done, bytes.size() - done);
      if (n <= 0) return false;
      done += static_cast<size_t>(n);
    }
    return file_.get() >= 0;
  }
  [[nodiscard]] bool place(const std::string& path) {
    placed_ = fsync(file_.get()) == 0 && rename(path_.c_str(), path.c_str()) == 0;
    return placed_;
  }

 private:
  std::string path_;
  FileDescriptor file_;
  bool placed_ = false;
};

tl::expected<void, CarriedFault> store_blob(int fd, const CarriedPlaces::Blob& blob, const std::string& folder) {
  const tl::unexpected<CarriedFault> disk(CarriedFault::kDisk);
  const std::string path = folder + "/" + blob.sha256;
  std::optional<TemporaryBlob> copy;
  if (access(path.c_str(), F_OK) != 0) copy.emplace(folder);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<uint8_t, 1 << 16> piece;
  for (int64_t done = 0; done < blob.bytes;) {
    const auto wanted = static_cast<size_t>(std::min<int64_t>(blob.bytes - done, static_cast<int64_t>(piece.size())));
    const ssize_t n = pread(fd, piece.data(), wanted, blob.offset + done);
    if (n < 0) return disk;
    if (n == 0) return tl::unexpected(CarriedFault::kBroken);
    const std::span<const uint8_t> read(piece.data(), static_cast<size_t>(n));
    crypto_hash_sha256_update(&state, read.data(), read.size());
    if (copy && !copy->append(read)) return disk;
    done += n;
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> found;
  crypto_hash_sha256_final(&state, found.data());
  if (hex(found) != blob.sha256) return tl::unexpected(CarriedFault::kBroken);
  if (copy && !copy->place(path)) return disk;
  return {};
}

bool sync_blobs(const std::string& path) {
  const FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.get() >= 0 && fsync(folder.get()) == 0;
}

std::optional<nlohmann::json> carried_json(int fd, const CarriedPlaces& places) {
  std::string text(static_cast<size_t>(places.json_bytes), '\0');
  for (size_t done = 0; done < text.size();) {
    const ssize_t n = pread(fd, text.data() + done, text.size() - done, places.json_offset + static_cast<int64_t>(done));
    if (n <= 0) return std::nullopt;
    done += static_cast<size_t>(n);
  }
  nlohmann::json out = nlohmann::json::parse(text, nullptr, false);
  return out.is_discarded() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

std::optional<CarriedPlaces> CarriedPlaces::read(const nlohmann::json& told) {
  // With the words of all songs.
  constexpr int64_t kMostJsonBytes =
      2 * control::kMostProgrammeEntries * 65'536 + static_cast<int64_t>(2 * kMostCarriedJsonBytes);
  const nlohmann::json& json = control::part(told, "json");
  const nlohmann::json& blobs = control::part(told, "blobs");
  if (!json.is_array() || json.size() != 2 || !blobs.is_array() || blobs.size() > kMostCarriedBlobs) return std::nullopt;
  const auto offset = place_number(json[0]);
  const auto bytes = place_number(json[1]);
  if (!offset || !bytes || *bytes > kMostJsonBytes) return std::nullopt;
  CarriedPlaces out{*offset, *bytes};
  for (const nlohmann::json& blob : blobs) {
    if (!blob.is_array() || blob.size() != 4 || !blob[0].is_boolean() || !blob[3].is_string()) return std::nullopt;
    const auto at = place_number(blob[1]);
    const auto size = place_number(blob[2]);
    if (!at || !size || !is_sha256(blob[3].get<std::string>())) return std::nullopt;
    out.blobs.push_back({blob[0].get<bool>(), *at, *size, blob[3].get<std::string>()});
  }
  return out;
}

bool CarriedPlaces::has(const std::string& sha256) const {
  return std::any_of(blobs.begin(), blobs.end(), [&](const Blob& blob) { return blob.sha256 == sha256; });
}

tl::expected<ReadProgramme, CarriedFault> store_carried(int fd, const CarriedPlaces& places, const BlobFolders& folders) {
  const auto json = carried_json(fd, places);
  auto programme = json ? CarriedProgramme::read(control::part(*json, "programme")) : std::nullopt;
  if (!programme) return tl::unexpected(CarriedFault::kBroken);
  ReadProgramme out{*std::move(programme)};
  for (const nlohmann::json& one : control::part(*json, "problems")) {
    if (auto problem = CarriedProblem::read(one)) out.problems.push_back(*std::move(problem));
  }
  for (const CarriedPlaces::Blob& blob : places.blobs) {
    if (const auto stored = store_blob(fd, blob, blob.score ? folders.scores : folders.tracks); !stored)
      return tl::unexpected(stored.error());
  }
  if (!sync_blobs(folders.tracks) || !sync_blobs(folders.scores)) return tl::unexpected(CarriedFault::kDisk);
  const auto lies_there = [&](bool score, const std::string& sha256) {
    return std::any_of(places.blobs.begin(), places.blobs.end(),
                       [&](const CarriedPlaces::Blob& blob) { return blob.score == score && blob.sha256 == sha256; });
  };
  const CarriedProgramme named = out.programme;
  for (const auto& [key, track] : named.tracks) {
    if (!lies_there(false, track.sha256)) out.programme.drop_track(key);
  }
  for (const auto& [key, score] : named.scores) {
    if (!lies_there(true, score.sha256)) out.programme.drop_score(key);
  }
  return out;
}

}  // namespace roundelay
