// A file is given a second name by the thread pool, or copied where the disk knows no second names. Loop thread only.
#pragma once

#include <uv.h>

#include <functional>
#include <memory>
#include <string>

namespace roundelay {

// Called once, later, with whether `to` is there now; not any more when what link_file() returned was destroyed: then `to` is
// removed again.
using OnLinkedFile = std::function<void(bool there)>;
[[nodiscard]] std::shared_ptr<void> link_file(uv_loop_t* loop, std::string from, std::string to, OnLinkedFile done);

}  // namespace roundelay
