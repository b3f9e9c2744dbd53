#include "server/http/metrics_resource.h"

#include <chrono>
#include <optional>

#include "server/http/counts_exchange.h"
#include "server/http/library_metrics.h"
#include "server/http/metrics.h"

namespace roundelay {
namespace {

class MetricsExchange final : public CountsExchange {
 public:
  MetricsExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, const Segment& segment,
                  const LibraryCounts& library, bool library_up)
      : CountsExchange(id, request, conductor, segment), library_(library), library_up_(library_up) {}

  void on_reply(int status, nlohmann::json&& body) override { tell(status == 200 ? link::Counts::read(body) : std::nullopt); }
  void on_conductor_lost() override { tell(std::nullopt); }

 private:
  void tell(const std::optional<link::Counts>& host) {
    const double now_unix_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    HttpResponse response;
    response.content_type = kMetricsContentType;
    response.body = std::make_shared<const std::string>(metrics_text(segment_, host, monotonic_ns(), now_unix_s) +
                                                        library_metrics_text(library_, library_up_));
    request_.respond(std::move(response));
  }

  const LibraryCounts& library_;
  bool library_up_;
};

}  // namespace

void answer_metrics(HttpRequest& request, Exchanges& exchanges, const Segment& segment, const LibraryCounts& library,
                    bool library_up) {
  exchanges.make<MetricsExchange>(request, segment, library, library_up).begin();
}

}  // namespace roundelay
