#include "server/jobs/worker_sandbox.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/close_range.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <vector>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ROUNDELAY_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define ROUNDELAY_SANITIZED 1
#endif
#endif

namespace roundelay {
namespace {

#ifdef ROUNDELAY_SANITIZED
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr int kWorkerNice = 10;

tl::expected<void, std::string> failed(const char* step, int error = errno) {
  return tl::unexpected(std::string(step) + ": " + std::strerror(error));
}

// Closes all of them. Some container runtimes refuse close_range: then one by one.
bool close_between(unsigned first, unsigned last) {
  if (close_range(first, last, 0) == 0) return true;
  if (errno != ENOSYS && errno != EPERM && errno != EACCES) return false;
  std::vector<int> found;
  {
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(opendir("/proc/self/fd"), &closedir);
    if (!folder) return false;
    while (const dirent* entry = readdir(folder.get())) {
      const unsigned long number = std::strtoul(entry->d_name, nullptr, 10);
      if (number >= first && number <= last) found.push_back(static_cast<int>(number));
    }
  }
  for (const int fd : found) close(fd);  // the folder's own is closed already
  return true;
}

tl::expected<void, std::string> keep_only(std::span<const int> keep) {
  std::vector<int> kept(keep.begin(), keep.end());
  std::sort(kept.begin(), kept.end());
  if (!kept.empty() && kept.front() <= 2) return tl::unexpected<std::string>("a descriptor below 3");
  const int null = open("/dev/null", O_RDWR);
  if (null < 0) return failed("/dev/null");
  // Libraries write warnings to standard error; a sanitizer writes its report there.
  for (int fd = 0; fd <= (kSanitized ? 1 : 2); ++fd) {
    if (dup2(null, fd) < 0) return failed("dup2");
  }
  auto from = 3U;
  for (const int fd : kept) {
    const auto at = static_cast<unsigned>(fd);
    if (at > from && !close_between(from, at - 1)) return failed("close_range");
    from = at + 1;
  }
  if (!close_between(from, ~0U)) return failed("close_range");
  return {};
}

// The address space in use, bytes (proc(5), statm: the first number, in pages).
int64_t address_space() {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen("/proc/self/statm", "re"), &std::fclose);
  long long pages = 0;
  if (!file || std::fscanf(file.get(), "%lld", &pages) != 1) return -1;
  return pages * sysconf(_SC_PAGESIZE);
}

tl::expected<void, std::string> set_limits(const SandboxLimits& limits) {
  const int64_t in_use = address_space();
  if (in_use < 0) return failed("/proc/self/statm");
  // A sanitizer's allocator sets memory aside besides what is asked for.
  const int64_t memory = in_use + limits.memory_bytes * (kSanitized ? 4 : 1);
  const struct {
    __rlimit_resource_t resource;
    int64_t value;
    const char* name;
  } all[] = {
      {RLIMIT_CPU, limits.cpu_seconds, "RLIMIT_CPU"},
      {RLIMIT_AS, memory, "RLIMIT_AS"},
      {RLIMIT_FSIZE, limits.file_bytes, "RLIMIT_FSIZE"},
      {RLIMIT_CORE, 0, "RLIMIT_CORE"},
      {RLIMIT_NOFILE, kSanitized ? 1024 : 0, "RLIMIT_NOFILE"},  // those open already stay usable
      {RLIMIT_NPROC, 0, "RLIMIT_NPROC"},
  };
  for (const auto& limit : all) {
    // Never above what the process was given: raising a hard limit is not allowed.
    struct rlimit old {};
    if (getrlimit(limit.resource, &old) != 0) return failed(limit.name);
    const rlim_t value = std::min(static_cast<rlim_t>(limit.value), old.rlim_max);
    // Time that ran out is told by SIGXCPU; at the hard limit it would be SIGKILL, which may mean anything.
    const rlim_t hard = limit.resource == RLIMIT_CPU ? std::min(value + 1, old.rlim_max) : value;
    const struct rlimit wanted = {value, hard};
    if (setrlimit(limit.resource, &wanted) != 0) return failed(limit.name);
  }
  return {};
}

tl::expected<void, std::string> filter_system_calls() {
  struct Release {
    void operator()(void* filter) const { seccomp_release(filter); }
  };
  const std::unique_ptr<void, Release> filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return tl::unexpected<std::string>("seccomp_init failed");
  std::vector<int> plain = {
      // The descriptors it has.
      SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(pread64), SCMP_SYS(pwrite64), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(lseek),
      SCMP_SYS(fstat), SCMP_SYS(ftruncate), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(close),
      // Memory.
      SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk), SCMP_SYS(madvise), SCMP_SYS(futex),
      // Signals, time, chance, the machine, the end.
      SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn), SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
      SCMP_SYS(time), SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(sysinfo), SCMP_SYS(restart_syscall),
      SCMP_SYS(exit), SCMP_SYS(exit_group)};
  if (kSanitized) {
    // What the sanitizers' runtimes need to check pointers and to report.
    plain.insert(plain.end(), {SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield), SCMP_SYS(getrlimit), SCMP_SYS(prlimit64),
                               SCMP_SYS(ioctl), SCMP_SYS(prctl), SCMP_SYS(sched_getaffinity), SCMP_SYS(readlink),
                               SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep), SCMP_SYS(pipe2), SCMP_SYS(pipe)});
  }
  int error = 0;
  for (const int call : plain) {
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0);
  }
  // glibc's fstat: of a descriptor, not of a name.
  if (error == 0) {
    error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                             SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH));
  }
  // A library that looks for a file of its own (the C library's, FFmpeg's) finds none: opening to read is refused instead of
  // being fatal; opening to write or to create kills.
  constexpr scmp_datum_t kHow = O_ACCMODE | O_CREAT | O_TRUNC | O_PATH;
  if (error == 0) {
    error =
        seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, kHow, O_RDONLY));
  }
  if (error == 0) {
    error =
        seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(open), 1, SCMP_A1(SCMP_CMP_MASKED_EQ, kHow, O_RDONLY));
  }
  // A library that asks after files and the machine before it would open one (poppler's fonts) is refused likewise.
  for (const int call : {SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(statx),
                         SCMP_SYS(statfs), SCMP_SYS(getcwd), SCMP_SYS(uname)}) {
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0);
  }
  if (error == 0) {
    error = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 1,
                             SCMP_A3(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, 0));
  }
  if (!kSanitized && error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), SCMP_SYS(readlink), 0);
  // Memory, but never such as can be executed.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (error == 0) error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 1, SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0));
  }
  // abort() signals the process itself.
  if (error == 0) {
    error = seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                             SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(getpid())));
  }
  if (error == 0) error = seccomp_load(filter.get());
  if (error != 0) return failed("seccomp", -error);
  return {};
}

}  // namespace

tl::expected<void, std::string> enter_sandbox(std::span<const int> keep, const SandboxLimits& limits) {
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("PR_SET_NO_NEW_PRIVS");
  if (setpriority(PRIO_PROCESS, 0, std::max(kWorkerNice, getpriority(PRIO_PROCESS, 0))) != 0) return failed("setpriority");
  if (auto kept = keep_only(keep); !kept) return kept;
  if (auto limited = set_limits(limits); !limited) return limited;
  return filter_system_calls();
}

}  // namespace roundelay
