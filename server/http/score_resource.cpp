#include "server/http/score_resource.h"

#include <fcntl.h>

#include <charconv>
#include <memory>
#include <utility>

#include "server/http/answers.h"
#include "server/net/byte_range.h"
#include "server/wire/link/score_page.h"

namespace roundelay {
namespace {

class PageExchange;

// Opens a file on a thread of the pool. Outlives the exchange that asked for it, if that goes meanwhile.
struct Opening {
  uv_work_t work{};
  PageExchange* owner = nullptr;  // loop only; null when it is gone
  std::string path;
  FileDescriptor file{-1};

  void run() {
    FileDescriptor opened(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    file.swap(opened);
  }
};

class PageExchange final : public Exchange {
 public:
  PageExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, uv_loop_t* loop)
      : Exchange(id, request, conductor), loop_(loop) {}
  ~PageExchange() override {
    if (opening_ != nullptr) opening_->owner = nullptr;
  }

  void begin(const std::string& room, const std::string& score, const std::string& page) {
    int64_t number = -1;
    const char* const end = page.data() + page.size();
    const auto read = std::from_chars(page.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end) number = -1;
    ask(link::ScorePage{.asker = {id_, room, token_of(request_), request_.address}, .score = score, .page = number}.to_json());
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200) return answer(request_, status, body);
    auto place = link::PagePlace::read(body);
    if (!place) return answer(request_, 503, conductor_away());
    place_ = *std::move(place);
    etag_ = "\"";
    etag_.append(place_.etag).append("\"");
    if (etag_is_known(request_.if_none_match, etag_)) {
      HttpResponse response = page_response();
      response.status = 304;
      return request_.respond(std::move(response));
    }
    auto opening = std::make_unique<Opening>();
    opening->owner = this;
    opening->path = place_.file;
    opening->work.data = opening.get();
    const int queued = uv_queue_work(
        loop_, &opening->work, [](uv_work_t* work) { static_cast<Opening*>(work->data)->run(); },
        [](uv_work_t* work, int) {
          const std::unique_ptr<Opening> done(static_cast<Opening*>(work->data));
          if (done->owner != nullptr) done->owner->on_opened(std::move(done->file));
        });
    if (queued != 0) return answer(request_, 503, conductor_away());
    opening_ = opening.release();  // freed when the work is done
  }
  void on_conductor_lost() override {
    if (opening_ == nullptr) answer(request_, 503, conductor_away());
  }
  void on_gone() override {
    if (opening_ != nullptr) std::exchange(opening_, nullptr)->owner = nullptr;
  }

 private:
  void on_opened(FileDescriptor file) {
    opening_ = nullptr;
    if (file.get() < 0) return answer(request_, 404, error_body("no_score", phrase("score_is_not_in_the_room")));
    HttpResponse response = page_response();
    response.file = std::make_shared<const FileBody>(
        FileBody{std::make_shared<const FileDescriptor>(std::move(file)), place_.offset, place_.bytes});
    request_.respond(std::move(response));
  }
  // Who has the page asks again whether she may see it still, and gets no byte of it twice.
  [[nodiscard]] HttpResponse page_response() const {
    HttpResponse response;
    response.content_type = "image/webp";
    response.more_headers = "etag: " + etag_ + "\r\nvary: authorization\r\n";
    return response;
  }

  uv_loop_t* const loop_;
  link::PagePlace place_;
  std::string etag_;
  Opening* opening_ = nullptr;  // owned by libuv's callback
};

}  // namespace

void answer_score_page(HttpRequest& request, uv_loop_t* loop, Exchanges& exchanges, const std::string& room,
                       const std::string& score, const std::string& page) {
  exchanges.make<PageExchange>(request, loop).begin(room, score, page);
}

}  // namespace roundelay
