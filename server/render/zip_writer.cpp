#include "server/render/zip_writer.h"

#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <utility>

namespace roundelay::render {
namespace {

constexpr int kFirstZipYear = 80;  // 1980, as std::tm counts

// MS-DOS date and time, as a ZIP has them.
std::pair<zip_uint16_t, zip_uint16_t> zip_date(int64_t unix_s) {
  const std::time_t time = unix_s;
  std::tm at{};
  if (gmtime_r(&time, &at) == nullptr || at.tm_year < kFirstZipYear) return {0, (1 << 5) | 1};
  return {static_cast<zip_uint16_t>((at.tm_hour << 11) | (at.tm_min << 5) | (at.tm_sec / 2)),
          static_cast<zip_uint16_t>(((at.tm_year - kFirstZipYear) << 9) | ((at.tm_mon + 1) << 5) | at.tm_mday)};
}

zip_int64_t put_error(zip_error_t& error, void* data, zip_uint64_t length) {
  return zip_error_to_data(&error, data, length);
}

}  // namespace

// The file that is written, as a source of libzip.
struct ZipWriter::Target {
  int fd = -1;
  int64_t at = 0;
  bool written = false;
  zip_error_t error{};

  zip_int64_t failed() {
    zip_error_set(&error, ZIP_ER_WRITE, errno);
    return -1;
  }
  zip_int64_t write(const void* data, zip_uint64_t length) {
    const auto* bytes = static_cast<const char*>(data);
    for (zip_uint64_t done = 0; done < length;) {
      const ssize_t n = pwrite(fd, bytes + done, length - done, at);
      if (n < 0 && errno == EINTR) continue;
      if (n <= 0) return failed();
      done += static_cast<zip_uint64_t>(n);
      at += n;
    }
    return static_cast<zip_int64_t>(length);
  }
  // Nothing is there to be read: the ZIP is new.
  static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& target = *static_cast<Target*>(self);
    switch (command) {
      case ZIP_SOURCE_STAT: {
        auto* stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, length, &target.error);
        if (stat == nullptr) return -1;
        if (!target.written) {
          zip_error_set(&target.error, ZIP_ER_READ, ENOENT);
          return -1;
        }
        zip_stat_init(stat);
        return sizeof *stat;
      }
      case ZIP_SOURCE_BEGIN_WRITE:
        target.at = 0;
        return 0;
      case ZIP_SOURCE_WRITE:
        return target.write(data, length);
      case ZIP_SOURCE_SEEK_WRITE: {
        const zip_int64_t to =
            zip_source_seek_compute_offset(static_cast<zip_uint64_t>(target.at), INT64_MAX, data, length, &target.error);
        if (to < 0) return -1;
        target.at = to;
        return 0;
      }
      case ZIP_SOURCE_TELL_WRITE:
        return target.at;
      case ZIP_SOURCE_COMMIT_WRITE:
        target.written = true;
        return 0;
      case ZIP_SOURCE_ROLLBACK_WRITE:
      case ZIP_SOURCE_REMOVE:
      case ZIP_SOURCE_FREE:
        return 0;
      case ZIP_SOURCE_ERROR:
        return put_error(target.error, data, length);
      case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_WRITABLE;
      default:
        zip_error_set(&target.error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
  }
};

// A file of the ZIP, as a source of libzip.
struct ZipWriter::Entry {
  int64_t bytes = 0;
  int64_t done = 0;
  Next next;
  zip_error_t error{};

  zip_int64_t read(void* data, zip_uint64_t length) {
    const auto count = std::min(static_cast<int64_t>(length), bytes - done);
    if (count > 0 && !next({static_cast<uint8_t*>(data), static_cast<size_t>(count)})) {
      zip_error_set(&error, ZIP_ER_READ, EIO);
      return -1;
    }
    done += count;
    return count;
  }
  static zip_int64_t call(void* self, void* data, zip_uint64_t length, zip_source_cmd_t command) {
    auto& entry = *static_cast<Entry*>(self);
    switch (command) {
      case ZIP_SOURCE_OPEN:
      case ZIP_SOURCE_CLOSE:
      case ZIP_SOURCE_FREE:
        return 0;
      case ZIP_SOURCE_READ:
        return entry.read(data, length);
      case ZIP_SOURCE_STAT: {
        auto* stat = ZIP_SOURCE_GET_ARGS(zip_stat_t, data, length, &entry.error);
        if (stat == nullptr) return -1;
        zip_stat_init(stat);
        stat->size = static_cast<zip_uint64_t>(entry.bytes);
        stat->valid |= ZIP_STAT_SIZE;
        return sizeof *stat;
      }
      case ZIP_SOURCE_ERROR:
        return put_error(entry.error, data, length);
      case ZIP_SOURCE_SUPPORTS:
        return ZIP_SOURCE_SUPPORTS_READABLE;
      default:
        zip_error_set(&entry.error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
  }
};

ZipWriter::ZipWriter(int fd) : target_(std::make_unique<Target>()) {
  target_->fd = fd;
  zip_error_t error;
  zip_error_init(&error);
  zip_error_init(&target_->error);
  zip_source_t* source = zip_source_function_create(&Target::call, target_.get(), &error);
  if (source != nullptr) zip_ = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error);
  if (zip_ == nullptr) {
    failure_ = zip_error_strerror(&error);
    if (source != nullptr) zip_source_free(source);
  }
  zip_error_fini(&error);
}

ZipWriter::~ZipWriter() {
  if (zip_ != nullptr) zip_discard(zip_);
}

void ZipWriter::add(const std::string& name, int64_t bytes, int64_t unix_s, Next next) {
  if (zip_ == nullptr || !failure_.empty()) return;
  auto entry = std::make_unique<Entry>();
  entry->bytes = bytes;
  entry->next = std::move(next);
  zip_error_init(&entry->error);
  zip_source_t* source = zip_source_function(zip_, &Entry::call, entry.get());
  const zip_int64_t index = source == nullptr ? -1 : zip_file_add(zip_, name.c_str(), source, ZIP_FL_ENC_UTF_8);
  entries_.push_back(std::move(entry));
  if (index < 0) {
    failure_ = zip_strerror(zip_);
    if (source != nullptr) zip_source_free(source);
    return;
  }
  const auto at = static_cast<zip_uint64_t>(index);
  const auto [time, date] = zip_date(unix_s);
  (void)zip_file_set_dostime(zip_, at, time, date, 0);
  if (zip_set_file_compression(zip_, at, ZIP_CM_STORE, 0) != 0) failure_ = zip_strerror(zip_);
}

tl::expected<void, std::string> ZipWriter::finish(const std::function<void(double)>& progress) {
  if (zip_ == nullptr || !failure_.empty()) return tl::unexpected(failure_);
  const auto told = [](zip_t*, double share, void* to) { (*static_cast<const std::function<void(double)>*>(to))(share); };
  constexpr double kStep = 0.01;
  (void)zip_register_progress_callback_with_state(zip_, kStep, told, nullptr,
                                                  const_cast<std::function<void(double)>*>(&progress));
  if (zip_close(zip_) != 0) return tl::unexpected<std::string>(zip_strerror(zip_));
  zip_ = nullptr;
  return {};
}

}  // namespace roundelay::render
