#include "server/http/metrics_resource.h"

#include <chrono>
#include <optional>

#include "server/http/counts_exchange.h"
#include "server/http/metrics.h"

namespace roundelay {
namespace {

class MetricsExchange final : public CountsExchange {
 public:
  using CountsExchange::CountsExchange;

  void on_reply(int status, const nlohmann::json& body) override {
    tell(status == 200 ? link::Counts::read(body) : std::nullopt);
  }
  void on_conductor_lost() override { tell(std::nullopt); }

 private:
  void tell(const std::optional<link::Counts>& host) {
    const double now_unix_s = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    HttpResponse response;
    response.content_type = kMetricsContentType;
    response.body = std::make_shared<const std::string>(metrics_text(segment_, host, monotonic_ns(), now_unix_s));
    request_.respond(std::move(response));
  }
};

}  // namespace

void answer_metrics(HttpRequest& request, Exchanges& exchanges, const Segment& segment) {
  exchanges.make<MetricsExchange>(request, segment).begin();
}

}  // namespace roundelay
