// A library in a folder of its own, and requests to it.
#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "server/library/library_routes.h"
#include "tests/server/conductor/temporary_folder.h"

namespace roundelay {

class LibraryTest : public testing::Test {
 protected:
  // A request of nobody, unless `as` says who asks.
  LibraryAnswer ask(LibraryMethod method, std::string path, nlohmann::json body = nullptr,
                    std::optional<LibraryAccount> as = std::nullopt) {
    LibraryRequest request;
    request.method = method;
    request.path = std::move(path);
    request.body = std::move(body);
    request.account = std::move(as);
    request.unix_s = unix_s_;
    request.now_ns = unix_s_ * 1'000'000'000;
    request.address = "192.0.2.1";
    return answer_library(library_, request);
  }

  TemporaryFolder folder_;
  int64_t unix_s_ = 1'800'000'000;
  LibrarySettings settings_;
  LibraryDatabase database_{folder_.path() + "/library.sqlite"};
  Library library_{database_, settings_};
};

}  // namespace roundelay
