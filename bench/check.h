// What all benchmarks share: they check what they time, and count blocks and bytes.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>

namespace roundelay::bench {

// A wrong result has no speed: ends the program, and so fails the test that runs it at small size.
inline void check(bool right, const char* what) {
  if (right) return;
  std::fprintf(stderr, "wrong result: %s\n", what);
  std::abort();
}

// Call after the loop. Blocks and bytes are those of one iteration.
inline void count(benchmark::State& state, double blocks, double bytes) {
  const auto iterations = static_cast<double>(state.iterations());
  state.counters["blocks"] = benchmark::Counter(iterations * blocks, benchmark::Counter::kIsRate);
  state.counters["bytes"] =
      benchmark::Counter(iterations * bytes, benchmark::Counter::kIsRate, benchmark::Counter::OneK::kIs1024);
}

}  // namespace roundelay::bench
