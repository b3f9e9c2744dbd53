// Rule 11: nothing that the tick calls may touch the heap. Every way to it is counted: with a sanitizer by its hook, otherwise by
// malloc() and its kin as defined here, which libopus and operator new call too.
#include <gtest/gtest.h>
#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <vector>

#include "codec/opus.h"
#include "codec/track.h"
#include "tests/codec/test_sound.h"

namespace {
std::atomic<long> allocations{0};
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROUNDELAY_HOOK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROUNDELAY_HOOK 1
#endif
#endif

#ifdef ROUNDELAY_HOOK
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, size_t),
                                                         void (*on_free)(const volatile void*));
namespace {
const int hooked =
    __sanitizer_install_malloc_and_free_hooks([](const volatile void*, size_t) { ++allocations; }, [](const volatile void*) {});
}
#else
extern "C" {
void* __libc_malloc(size_t);
void* __libc_calloc(size_t, size_t);
void* __libc_realloc(void*, size_t);
void* __libc_memalign(size_t, size_t);
void* malloc(size_t n) noexcept {
  ++allocations;
  return __libc_malloc(n);
}
void* calloc(size_t n, size_t size) noexcept {
  ++allocations;
  return __libc_calloc(n, size);
}
void* realloc(void* p, size_t n) noexcept {
  ++allocations;
  return __libc_realloc(p, n);
}
void* memalign(size_t alignment, size_t n) noexcept {
  ++allocations;
  return __libc_memalign(alignment, n);
}
void* aligned_alloc(size_t alignment, size_t n) noexcept {
  ++allocations;
  return __libc_memalign(alignment, n);
}
int posix_memalign(void** p, size_t alignment, size_t n) noexcept {
  ++allocations;
  *p = __libc_memalign(alignment, n);
  return *p == nullptr ? ENOMEM : 0;
}
}
#endif

namespace roundelay::allocation_test {
namespace {

TEST(Allocation, IsCountedHere) {
  const long before = allocations;
  BlockDecoder decoder;
  EXPECT_GT(allocations, before);
}

TEST(Allocation, DoesNotHappenWhileEncodingAndDecoding) {
  for (const int channels : {1, 2}) {
    for (const bool low_delay : {true, false}) {
      const std::vector<float> samples = test::sample(test::glide, 48'000, channels, 1);
      BlockEncoder encoder({.channels = channels, .low_delay = low_delay});
      BlockDecoder decoder(channels);
      std::vector<uint8_t> packet(kMaxPacketBytes);
      const auto block = static_cast<size_t>(kOpusBlock * channels);
      std::vector<float> out(block);
      const std::vector<uint8_t> broken = {30 << 3, 1, 2};  // 10 ms
      bool fine = true;

      const long before = allocations;
      for (size_t at = 0; at + block <= samples.size(); at += block) {
        if (at == 20 * block) encoder.set_complexity(2);
        const int len = encoder.encode(std::span(samples).subspan(at, block), packet);
        fine = fine && len > 0 && decoder.decode(std::span(packet).first(static_cast<size_t>(len)), out);
        if (at == 10 * block) fine = fine && decoder.decode({}, out);  // concealed
        if (at == 12 * block) fine = fine && !decoder.decode(broken, out);
      }
      encoder.reset();
      decoder.reset();
      EXPECT_EQ(allocations - before, 0);
      EXPECT_TRUE(fine);
    }
  }
}

TEST(Allocation, DoesNotHappenWhileReadingATrack) {
  const auto made = test::make(test::sound_file(test::kWav, 48'000, 1, test::sample(test::glide, 48'000, 1, 0.5)));
  const auto track = TrackView::parse(made.blob);
  ASSERT_TRUE(track);
  size_t bytes = 0;
  const long before = allocations;
  for (int64_t b = -10; b < 100; ++b) bytes += track->packet(b).size();
  EXPECT_EQ(allocations - before, 0);
  EXPECT_GT(bytes, 0U);
}

}  // namespace
}  // namespace roundelay::allocation_test
