// What handlers of the library work with. One thread: the librarian's loop.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/base/rate_limiter.h"
#include "server/library/answer_cache.h"
#include "server/library/given_originals.h"
#include "server/library/library_database.h"
#include "server/library/sealer.h"
#include "server/library/upload_space.h"

namespace roundelay {

enum class LibraryRegistration { kOpen, kInvitation, kClosed };

struct LibrarySettings {
  LibraryRegistration registration = LibraryRegistration::kInvitation;
  bool anonymous_uploads = false;
  int64_t account_mb = 5'000;  // of files that an account that is no curator's may have; 0: as many as she likes
  int64_t all_mb = 0;          // of all files; 0: as the disk has
  std::string files_dir = {};  // files by their SHA-256
  std::string cookie_path = "/api/library";
  std::string public_origin = {};  // allowed as Origin beside the Host's own; empty: none
};

// By address or account.
struct LibraryLimits {
  RateLimiter requests{6'000, kMinuteNs};            // of an address
  RateLimiter account_requests{1'200, kMinuteNs};    // of an account, from anywhere
  RateLimiter tries{10, 2 * kMinuteNs};              // of an address: wrong passwords and invitations; a choir may share one
  RateLimiter tries_of_account{30, 10 * kMinuteNs};  // for an account, from anywhere
  RateLimiter registrations{60, 60 * kMinuteNs};     // of an address, without an invitation
  RateLimiter uploads{120, 60 * kMinuteNs};          // of an address without an account
};

// Of those who wanted a song as Opus, who got it and who not yet. Since the librarian began.
struct OpusCounts {
  uint64_t sent = 0;
  uint64_t not_made = 0;
};

struct Library {
  LibraryDatabase& database;
  LibrarySettings& settings;
  LibraryLimits limits = {};
  AnswerCache cache = {};
  UploadsUnderWay under_way = {};
  GivenOriginals given_originals = {};
  OpusCounts opus = {};
  Sealer sealer = {};                            // of passwords for players
  std::vector<std::string> unneeded_files = {};  // hashes that lost their row: whoever keeps the files looks after them
};

}  // namespace roundelay
