#include "server/http/live_resource.h"

#include <string_view>

#include "server/http/answers.h"

namespace roundelay {
namespace {

constexpr size_t kMostSecret = 200;  // a pass is longer than a link's secret

// Empty if it is no name of a stream.
std::string secret_of(std::string_view name) {
  for (const std::string_view ending : {".ogg", ".opus"}) {
    if (!name.ends_with(ending)) continue;
    name.remove_suffix(ending.size());
    return std::string(name.size() <= kMostSecret ? name : std::string_view());
  }
  return {};
}

class LiveExchange final : public Exchange, private LivePlayer {
 public:
  LiveExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, LiveSource& source)
      : Exchange(id, request, conductor), source_(source) {}

  void begin(const std::string& secret) { ask(link::Live{id_, secret}.to_json()); }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200) return answer(request_, status, body);
    const auto place = link::LivePlace::read(body);
    if (!place) return answer(request_, 503, conductor_away());
    if (request_.method == HttpRequest::Method::kHead) return request_.respond_with_stream(kType);
    const std::string counted_as = limit_key(request_.address);
    switch (source_.room_for(counted_as)) {
      case LiveSource::Room::kShardIsFull:
        return answer(request_, 503, error_body("server_full", phrase("too_many_live_players")));
      case LiveSource::Room::kAddressIsFull:
        return answer(request_, 429, error_body("server_full", phrase("too_many_live_players_of_address")));
      case LiveSource::Room::kYes:
        break;
    }
    request_.respond_with_stream(kType);
    if (!source_.join(*place, counted_as, *this)) request_.end_stream();
  }
  // Once it streams the conductor is not needed any more.
  void on_conductor_lost() override { answer(request_, 503, conductor_away()); }
  void on_gone() override { source_.leave(*this); }

 private:
  static constexpr const char* kType = "audio/ogg";
  bool take(std::span<const uint8_t> bytes) override { return request_.send_piece(bytes); }
  void end() override { request_.end_stream(); }

  LiveSource& source_;
};

}  // namespace

void answer_live(HttpRequest& request, Exchanges& exchanges, LiveSource& source, const std::string& name) {
  const std::string secret = secret_of(name);
  if (secret.empty()) return answer(request, 404, error_body("no_live", phrase("nothing_is_live_here")));
  exchanges.make<LiveExchange>(request, source).begin(secret);
}

}  // namespace roundelay
