// Why a process cannot start, where another try would not help: a file that is no database, say. Thrown at start-up only; what
// may pass by itself is a plain std::runtime_error.
#pragma once

#include <stdexcept>

namespace roundelay {

class StartFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The exit status of a child that failed so (EX_CONFIG of sysexits.h).
inline constexpr int kCannotStartStatus = 78;

}  // namespace roundelay
