#include "server/http/words_resource.h"

#include <utility>

#include "server/base/text_of_bytes.h"
#include "server/http/forwarded_exchange.h"
#include "server/net/byte_range.h"

namespace roundelay {
namespace {

using WordsWish = link::Words::Wish;

class WordsExchange final : public ForwardedExchange {
 public:
  WordsExchange(uint64_t id, HttpRequest& request, ConductorLine& conductor, link::Words words)
      : ForwardedExchange(id, request, conductor), words_(std::move(words)) {}

  void begin() {
    words_.asker.request = id_;
    if (request_.method != HttpRequest::Method::kPost) return forward(words_.to_json());
    if (request_.content_length <= 0) answer(request_, 422, error_body("bad_words", phrase("no_words_in_the_text")));
  }
  void on_body(std::span<const uint8_t> piece) override {
    body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  void on_body_end() override {
    if (words_.wish == WordsWish::kSetTimes) {
      words_.body = nlohmann::json::parse(body_, nullptr, false);
      if (words_.body.is_discarded()) return answer(request_, 400, error_body("bad_message", "The body must be JSON."));
    } else {
      auto text = text_of_bytes(body_);
      if (!text) return answer(request_, 422, error_body("bad_words", text.error()));
      words_.text = *std::move(text);
    }
    forward(words_.to_json());
  }
  void on_reply(int status, nlohmann::json&& body) override {
    if (status != 200 || words_.wish != WordsWish::kShow) return answer(request_, status, body);
    // A version is never given twice to a sheet; its title is not in it.
    const nlohmann::json& sheet = body.at("sheet");
    std::string etag = "\"";
    etag.append(text_field(sheet, "id").value).append("-");
    etag.append(std::to_string(integer_field(sheet, "version", 1, kMaxNumber).value)).append("\"");
    HttpResponse response = json_response(200, body);
    response.more_headers = "etag: " + etag + "\r\nvary: authorization\r\n";
    if (etag_is_known(request_.if_none_match, etag)) {
      response.status = 304;
      response.body = nullptr;
    }
    request_.respond(std::move(response));
  }

 private:
  link::Words words_;
  std::string body_;
};

}  // namespace

void answer_words(HttpRequest& request, Exchanges& exchanges, WordsWish wish, const std::string& room, const std::string& sheet) {
  link::Words words;
  words.wish = wish;
  words.asker = {0, room, token_of(request), request.address};
  words.sheet = sheet;
  words.title = argument(request.arguments, "title");
  words.format = argument(request.arguments, "format");
  exchanges.make<WordsExchange>(request, std::move(words)).begin();
}

}  // namespace roundelay
