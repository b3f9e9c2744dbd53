#include "server/http/sung_resource.h"

#include "server/http/answers.h"
#include "server/http/forwarded_exchange.h"
#include "server/wire/link/sung.h"

namespace roundelay {
namespace {

class SungExchange final : public ForwardedExchange {
 public:
  using ForwardedExchange::ForwardedExchange;

  void begin(const std::string& room) {
    link::Sung asked{.asker = {id_, room, token_of(request_), request_.address}, .since_ms = {}, .until_ms = {}};
    if (!read("since", asked.since_ms) || !read("until", asked.until_ms))
      return answer(request_, 400, error_body("bad_message", "since and until must be milliseconds of Unix time."));
    forward(asked.to_json());
  }

 private:
  // False: it is no time.
  [[nodiscard]] bool read(const char* name, std::optional<uint64_t>& out) const {
    if (argument(request_.arguments, name).empty()) return true;
    const int64_t number = number_argument(request_, name);
    if (number < 0 || number > kMaxNumber) return false;
    out = static_cast<uint64_t>(number);
    return true;
  }
};

}  // namespace

void answer_sung(HttpRequest& request, Exchanges& exchanges, const std::string& room) {
  exchanges.make<SungExchange>(request).begin(room);
}

}  // namespace roundelay
