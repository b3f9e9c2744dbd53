// Which request is whose: a table, read from its first row on. A row says what it answers, who may ask, how large a body it
// takes, and who answers. Loop thread only.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "server/net/http_request.h"

namespace roundelay {

// Some of the methods.
class Methods {
 public:
  constexpr Methods(std::initializer_list<HttpRequest::Method> methods) {  // NOLINT(google-explicit-constructor)
    for (const HttpRequest::Method each : methods) bits_ |= bit(each);
  }
  [[nodiscard]] constexpr bool contain(HttpRequest::Method method) const { return (bits_ & bit(method)) != 0; }

 private:
  [[nodiscard]] static constexpr unsigned bit(HttpRequest::Method method) { return 1U << static_cast<unsigned>(method); }
  unsigned bits_ = 0;
};
inline constexpr Methods kReads{HttpRequest::Method::kGet, HttpRequest::Method::kHead};
inline constexpr Methods kAnyMethod{HttpRequest::Method::kGet,    HttpRequest::Method::kHead, HttpRequest::Method::kPost,
                                    HttpRequest::Method::kDelete, HttpRequest::Method::kPut,  HttpRequest::Method::kPatch,
                                    HttpRequest::Method::kOther};

enum class MayAsk {
  kEverybody,
  kPrivateAddresses,  // loopback and private networks; otherwise 403
  kTokenHolders,      // who sends a token (whether it is good is the conductor's to say); otherwise 401
};

// What body a row takes. What does not fit is refused before it is read.
struct Body {
  enum class Kind {
    kIgnored,
    kNone,  // 400 if there is one
    kSmall,
    kFile,  // its size must be announced (411) and not 0 (422)
  };
  Kind kind = Kind::kIgnored;
  int64_t most_bytes = 0;  // of kSmall and kFile; larger ones get 413
};

struct Route {
  using Parts = std::vector<std::string>;  // what stood where the path has a "*"

  Methods methods;
  // "/a/*/b": a "*" is one part of a path, not empty; "/**" at the end is "/" and anything that follows.
  std::string_view path;
  MayAsk who = MayAsk::kEverybody;
  Body body = {};
  // None: whatever method reaches this row is refused (405), and told which others there are.
  std::function<void(HttpRequest& request, const Parts& parts)> answer = {};
};

// True if the path is of this pattern; `parts` then hold what its stars stand for.
[[nodiscard]] bool path_fits(std::string_view pattern, std::string_view path, Route::Parts& parts);

class Router {
 public:
  explicit Router(std::vector<Route> routes) : routes_(std::move(routes)) {}
  // Answers, or lets the row that fits answer. The last row must fit everything.
  void on_request(HttpRequest& request) const;

 private:
  void refuse_method(HttpRequest& request) const;
  // Those that other rows answer at this path, as the header Allow has them.
  [[nodiscard]] std::string methods_of(const HttpRequest& request) const;

  std::vector<Route> routes_;
};

}  // namespace roundelay
