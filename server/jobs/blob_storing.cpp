#include "server/jobs/blob_storing.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>

#include "server/base/text.h"

namespace roundelay {
namespace {

bool sync_folder(const std::string& path) {
  const FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return folder.get() >= 0 && fsync(folder.get()) == 0;
}

// Nothing on a read error.
std::optional<std::string> sha256_of(int fd) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::array<uint8_t, 1 << 16> buffer;
  for (off_t at = 0;;) {
    const ssize_t count = pread(fd, buffer.data(), buffer.size(), at);
    if (count < 0) return std::nullopt;
    if (count == 0) break;
    crypto_hash_sha256_update(&state, buffer.data(), static_cast<unsigned long long>(count));
    at += count;
  }
  std::array<uint8_t, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256_final(&state, hash.data());
  return hex(hash);
}

}  // namespace

// What a thread of the pool does. Outlives the BlobStoring if that is destroyed meanwhile.
struct BlobStoring::Work {
  uv_work_t request{};
  BlobStoring* owner;  // loop only; null when it is gone
  File file;
  Outcome outcome = Outcome::kFailed;

  void run() {
    const auto found = sha256_of(file.descriptor.get());
    if (!found) return;
    if (*found != file.sha256) {
      outcome = Outcome::kWrongHash;
      return;
    }
    const std::string path = file.folder + "/" + file.sha256;
    const bool there = access(path.c_str(), F_OK) == 0;  // the same content twice: what is there may be mapped
    if (!there && (fsync(file.descriptor.get()) != 0 || rename(file.path.c_str(), path.c_str()) != 0)) return;
    if (!sync_folder(file.folder)) return;
    outcome = Outcome::kStored;
  }
};

std::unique_ptr<BlobStoring> BlobStoring::start(uv_loop_t* loop, File file, Done done) {
  std::unique_ptr<BlobStoring> made(new BlobStoring);  // private constructor
  auto work = std::make_unique<Work>(Work{.owner = made.get(), .file = std::move(file)});
  work->request.data = work.get();
  const int result = uv_queue_work(
      loop, &work->request, [](uv_work_t* request) { static_cast<Work*>(request->data)->run(); },
      [](uv_work_t* request, int) {
        const std::unique_ptr<Work> ended(static_cast<Work*>(request->data));
        BlobStoring* owner = ended->owner;
        if (owner == nullptr) return;
        owner->work_ = nullptr;
        const Done call = std::move(owner->done_);
        call(ended->outcome);
      });
  if (result != 0) return nullptr;
  made->done_ = std::move(done);
  made->work_ = work.release();  // freed when the work is done
  return made;
}

BlobStoring::~BlobStoring() {
  if (work_ != nullptr) work_->owner = nullptr;
}

}  // namespace roundelay
