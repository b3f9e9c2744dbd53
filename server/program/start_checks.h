// What the supervisor looks after before it starts anybody: the port, the limit of open files, room in shared memory.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/base/config.h"

namespace roundelay {

// Files, links, and HTTP connections of a shard beside its WebSockets.
inline constexpr uint64_t kOtherDescriptors = 1'024;

// Makes the data directory and the folders in it that are not there, for this user alone (0700). Throws std::runtime_error with a
// sentence.
void make_data_directories(const Config& config);

// Binds the port without listening, so that it stays ours while shards come and go; resolves port 0. The caller owns the
// descriptor. Throws std::runtime_error with a sentence.
[[nodiscard]] int reserve_port(Config& config);

// Connections need descriptors: each shard inherits this limit.
void raise_descriptor_limit(const Config& config);

// Neither ours nor our children's: the keys of TLS and tokens lie in memory.
void forbid_core_dumps();

// What is wrong with the files that the configuration names: certificate and key, the theme. Sentences.
[[nodiscard]] std::vector<std::string> errors_of_named_files(const Config& config);

// Of the theme: what can hardly be read.
void warn_of_theme(const Config& config);

void warn_of_small_shared_memory();

}  // namespace roundelay
