// A request to the song library on its way to the librarian and back, and what such answers have in common. Loop thread only.
#pragma once

#include <uv.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "server/base/config.h"
#include "server/base/sentences.h"
#include "server/http/exchange.h"
#include "server/http/file_opening.h"
#include "server/http/lent_files.h"
#include "server/wire/link/library.h"

namespace roundelay {

inline constexpr std::string_view kLibraryPath = "/api/library";

// Under /rest, where music players ask.
[[nodiscard]] bool is_of_player(const HttpRequest& request);

// The library's answers in JSON are {ok, errors, data}.
[[nodiscard]] nlohmann::json library_failed(nlohmann::json error);
[[nodiscard]] nlohmann::json library_failure(const std::string& code, const std::string& message);
[[nodiscard]] nlohmann::json library_failure(const std::string& code, const Sentence& said);
[[nodiscard]] nlohmann::json librarian_away();

// "" of one that the library does not know.
[[nodiscard]] const char* library_method(HttpRequest::Method method);
// What the librarian is told of the request.
[[nodiscard]] link::Library asked_of_library(uint64_t id, const HttpRequest& request, const Config& config);
// JSON, or a text of another type.
void answer_as_told(HttpRequest& request, int status, link::LibraryReply reply);

// Asks the librarian, and sends what it answers: JSON, a text, or a file.
class LibraryExchange : public Exchange {
 public:
  // `lent`: files that are sent without asking; null: none.
  LibraryExchange(uint64_t id, HttpRequest& request, ConductorLine& librarian, uv_loop_t* loop, const Config& config,
                  LentFiles* lent = nullptr)
      : Exchange(id, request, librarian), loop_(loop), config_(config), lent_(lent) {}

  void begin();
  void on_body(std::span<const uint8_t> piece) override {
    body_.append(reinterpret_cast<const char*>(piece.data()), piece.size());
  }
  void on_body_end() override;
  void on_reply(int status, nlohmann::json&& body) override { pass_on(status, link::LibraryReply::read(std::move(body))); }
  void on_conductor_lost() override {
    if (!opening_) answer(request_, 503, librarian_away());
  }
  void on_gone() override { opening_.reset(); }

 protected:
  // The body is there; null: none came.
  virtual void on_json(nlohmann::json body);
  void ask_librarian(link::Library asked) {
    if (!conductor_.ask_line(asked.to_line())) answer(request_, 503, librarian_away());
  }
  void pass_on(int status, link::LibraryReply reply);

  uv_loop_t* const loop_;
  const Config& config_;

 private:
  void send(const OpenedFile& file, const link::LibraryReply& reply);
  void answer_that_none_is_there();

  LentFiles* lent_;
  std::string body_;
  std::shared_ptr<void> opening_;
};

}  // namespace roundelay
