#include <sys/stat.h>
#include <unistd.h>

#include "server/jobs/programme_zip.h"
#include "server/jobs/programme_zip_parts.h"

namespace roundelay {
namespace {

// Adds files to a ZIP until one fails.
class ZipWriting {
 public:
  explicit ZipWriting(zip_t* zip) : zip_(zip) {}

  void add_text(const std::string& name, const std::string& text) {
    if (good_) add(name, zip_source_buffer(zip_, text.data(), text.size(), 0), ZIP_CM_DEFLATE);
  }
  // Is compressed already.
  void add_file(const std::string& name, const std::string& path) {
    if (good_) add(name, zip_source_file(zip_, path.c_str(), 0, 0), ZIP_CM_STORE);
  }
  [[nodiscard]] bool good() const { return good_; }

 private:
  void add(const std::string& name, zip_source_t* source, int method) {
    const zip_int64_t index =
        source == nullptr ? -1 : zip_file_add(zip_, name.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (index < 0 && source != nullptr) zip_source_free(source);
    good_ = index >= 0 && zip_set_file_compression(zip_, static_cast<zip_uint64_t>(index), method, 0) == 0;
  }

  zip_t* zip_;
  bool good_ = true;
};

// Of a file; 0 if it is not there.
int64_t stored_bytes(const std::string& path) {
  struct stat about {};
  return stat(path.c_str(), &about) == 0 ? about.st_size : 0;
}

}  // namespace

tl::expected<void, Sentence> write_programme_zip(const CarriedProgramme& programme, const BlobFolders& blobs,
                                                 const std::string& path, int64_t most_bytes) {
  namespace names = programme_zip;
  int64_t bytes = 0;
  for (const auto& [key, track] : programme.tracks) bytes += stored_bytes(blobs.tracks + "/" + track.sha256);
  for (const auto& [key, score] : programme.scores) bytes += stored_bytes(blobs.scores + "/" + score.sha256);
  constexpr int64_t kMegabyte = 1'000'000;
  if (bytes > most_bytes)
    return tl::unexpected(
        phrase("programme_too_large_to_write", {{"size", bytes / kMegabyte}, {"most", most_bytes / kMegabyte}}));
  const tl::unexpected<Sentence> not_written(phrase("programme_not_written"));
  int error = 0;
  names::Zip zip(zip_open(path.c_str(), ZIP_CREATE | ZIP_EXCL, &error));
  if (!zip) return not_written;
  ZipWriting writing(zip.get());
  const std::string json = programme.to_json(false).dump(1);
  writing.add_text(names::kJson, json);
  for (const auto& [key, words] : programme.words) writing.add_text(names::words_name(key), words.text);
  for (const auto& [key, track] : programme.tracks)
    writing.add_file(names::track_name(track.sha256), blobs.tracks + "/" + track.sha256);
  for (const auto& [key, score] : programme.scores)
    writing.add_file(names::score_name(score.sha256), blobs.scores + "/" + score.sha256);
  if (!writing.good() || zip_close(zip.get()) != 0) return not_written;
  (void)zip.release();  // closed
  return {};
}

}  // namespace roundelay
