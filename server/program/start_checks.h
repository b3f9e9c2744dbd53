// What the supervisor looks after before it starts anybody: the port, the limit of open files, room in shared memory.
#pragma once

#include "server/base/config.h"

namespace roundelay {

// Binds the port without listening, so that it stays ours while shards come and go; resolves port 0. The caller owns the
// descriptor. Throws std::runtime_error with a sentence.
[[nodiscard]] int reserve_port(Config& config);

// Connections need descriptors: each shard inherits this limit.
void raise_descriptor_limit(const Config& config);

// Neither ours nor our children's: the keys of TLS and tokens lie in memory.
void forbid_core_dumps();

// Throws std::runtime_error with a sentence; says what can hardly be read.
void check_theme(const Config& config);

void warn_of_small_shared_memory();

}  // namespace roundelay
