// What `roundelay doctor` looks at: whether this machine and these settings let a server do well. Each check says what it found
// and what to do about it, and changes nothing. They block.
#pragma once

#include <cstdint>
#include <string>

#include "server/base/config.h"
#include "server/program/finding.h"

namespace roundelay {

// Everything that there is to say of these settings on this machine. `now`: Unix time, s.
[[nodiscard]] Findings examine(const Config& config, int64_t now);

// Free, or taken by the server that runs over this data directory.
[[nodiscard]] Finding examine_port(const Config& config);
// Whether it can be reached over IPv6.
[[nodiscard]] Finding examine_ipv6(const Config& config);
// That it is good for so long, and that the key is its own.
[[nodiscard]] Findings examine_certificate(const Config& config, int64_t now);
// Whose it is, who may read it, whether its database is of this version.
[[nodiscard]] Findings examine_data(const Config& config);
[[nodiscard]] Finding examine_web_dir(const Config& config);
// Of the disk of the data directory and of shared memory: what is left.
[[nodiscard]] Finding judge_disk(uint64_t left_bytes, uint64_t all_bytes);
[[nodiscard]] Finding judge_shared_memory(uint64_t left_bytes, int shards);
// `most`: descriptors that a process may have open.
[[nodiscard]] Finding judge_descriptors(uint64_t most, int max_connections_per_shard);
// `synchronised`: the kernel's clock follows another one.
[[nodiscard]] Finding judge_clock(bool synchronised, int64_t now);
// Voices that a core decodes; measured by `voices_per_core()`.
[[nodiscard]] Finding judge_codec(int voices_per_core, int shards);
// Takes 50 ms of CPU.
[[nodiscard]] int voices_per_core();

}  // namespace roundelay
