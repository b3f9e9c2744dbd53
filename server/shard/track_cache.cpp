#include "server/shard/track_cache.h"

#include <fcntl.h>
#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace roundelay {

std::string to_hex(const Digest& digest) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (const uint8_t byte : digest) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

std::shared_ptr<const MappedTrack> MappedTrack::map(const std::string& path) {
  const int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info {};
  if (fd < 0 || fstat(fd, &info) != 0 || info.st_size <= 0) {
    if (fd >= 0) close(fd);
    spdlog::error("the track {} cannot be opened", path);
    return nullptr;
  }
  std::shared_ptr<MappedTrack> track(new MappedTrack);
  track->size_ = static_cast<size_t>(info.st_size);
  // Populated now: page faults in the tick would wait for the disk.
  void* base = mmap(nullptr, track->size_, PROT_READ, MAP_SHARED | MAP_POPULATE, fd, 0);
  close(fd);
  if (base == MAP_FAILED) {
    spdlog::error("the track {} cannot be mapped", path);
    return nullptr;
  }
  track->base_ = base;
  auto view = TrackView::parse({static_cast<const uint8_t*>(base), track->size_});
  if (!view) {
    spdlog::error("the track {} is broken: {}", path, view.error());
    return nullptr;
  }
  track->view_ = *view;
  return track;
}

MappedTrack::~MappedTrack() {
  if (base_ != nullptr) munmap(base_, size_);
}

void TrackCache::get(const Digest& digest, std::function<void(std::shared_ptr<const MappedTrack>)> ready) {
  if (const auto known = mapped_->find(digest); known != mapped_->end()) {
    if (auto track = known->second.lock()) return ready(std::move(track));
  }
  struct Job {
    uv_work_t work{};
    std::shared_ptr<Mapped> mapped;
    Digest digest{};
    std::string path;
    std::shared_ptr<const MappedTrack> track;
    std::function<void(std::shared_ptr<const MappedTrack>)> ready;
  };
  auto* job = new Job;
  job->work.data = job;
  job->mapped = mapped_;
  job->digest = digest;
  job->path = directory_ + "/" + to_hex(digest);
  job->ready = std::move(ready);
  uv_queue_work(
      loop_, &job->work,
      [](uv_work_t* work) {
        auto* j = static_cast<Job*>(work->data);
        j->track = MappedTrack::map(j->path);
      },
      [](uv_work_t* work, int) {
        const std::unique_ptr<Job> j(static_cast<Job*>(work->data));
        if (j->track) (*j->mapped)[j->digest] = j->track;
        j->ready(j->track);
      });
}

}  // namespace roundelay
