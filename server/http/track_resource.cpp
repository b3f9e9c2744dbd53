#include "server/http/track_resource.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "codec/file_view.h"
#include "codec/track_ogg.h"
#include "mixer/file_descriptor.h"
#include "server/http/answers.h"
#include "server/http/recording_files.h"
#include "server/net/pool_work.h"
#include "server/wire/link/track_file.h"

namespace roundelay {
namespace {

struct WrittenTrack {
  FileDescriptor file{-1};
  int64_t bytes = 0;
};

// Takes a disk's time.
std::optional<WrittenTrack> written_track(const std::string& blob, const std::string& folder) {
  const FileDescriptor in(open(blob.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  struct stat about {};
  if (in.get() < 0 || fstat(in.get(), &about) != 0 || !S_ISREG(about.st_mode)) return std::nullopt;
  std::vector<uint8_t> bytes(static_cast<size_t>(about.st_size));
  bytes.resize(read_at(in.get(), 0, bytes));
  const auto track = TrackView::parse(bytes);
  WrittenTrack out{.file = FileDescriptor(open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600))};
  if (!track || out.file.get() < 0 || !write_track_as_ogg(*track, out.file.get()) || fstat(out.file.get(), &about) != 0)
    return std::nullopt;
  out.bytes = about.st_size;
  return out;
}

class TrackFileExchange final : public Exchange {
 public:
  TrackFileExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop, std::string folder)
      : Exchange(id, request, conductor), loop_(loop), folder_(std::move(folder)) {}

  void begin(const std::string& room, const std::string& track) {
    ask(link::TrackFile{.asker = {id_, room, token_of(request_), request_.address}, .track = track}.to_json());
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200) return answer(request_, status, body);
    auto place = link::TrackPlace::read(body);
    if (!place) return answer(request_, 503, conductor_away());
    place_ = *std::move(place);
    writing_ = on_the_pool<std::optional<WrittenTrack>>(
        loop_, [blob = place_.file, folder = folder_] { return written_track(blob, folder); },
        [this](std::optional<WrittenTrack> written) { send(std::move(written)); });
    if (!writing_) send(std::nullopt);
  }
  // Once it has said yes it is not needed any more.
  void on_conductor_lost() override {
    if (!writing_) answer(request_, 503, conductor_away());
  }
  void on_gone() override { writing_.reset(); }

 private:
  void send(std::optional<WrittenTrack> written) {
    if (request_.answered()) return;
    if (!written) return answer(request_, 404, error_body("no_track", phrase("no_such_track")));
    std::string headers = disposition(place_.name, "track.opus", true);
    headers.append("vary: authorization\r\n");
    request_.respond_with_file(std::make_shared<const FileDescriptor>(std::move(written->file)), written->bytes,
                               "\"" + place_.sha256 + "\"", "audio/ogg", false, headers);
  }

  uv_loop_t* const loop_;
  const std::string folder_;
  link::TrackPlace place_;
  std::shared_ptr<void> writing_;  // while it waits for the file
};

}  // namespace

void answer_track_file(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& folder,
                       const std::string& room, const std::string& track) {
  exchanges.make<TrackFileExchange>(request, loop, folder).begin(room, track);
}

}  // namespace roundelay
