// Runs a command where some system calls are refused (EPERM), as by a container's runtime: refuse_calls NAME... -- COMMAND...
#include <seccomp.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

int main(int argc, char** argv) {
  void* filter = seccomp_init(SCMP_ACT_ALLOW);
  int i = 1;
  for (; i < argc && std::strcmp(argv[i], "--") != 0; ++i) {
    const int call = seccomp_syscall_resolve_name(argv[i]);
    if (call == __NR_SCMP_ERROR || seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) != 0) return 126;
  }
  if (i + 1 >= argc || seccomp_load(filter) != 0) return 126;
  execv(argv[i + 1], argv + i + 1);
  return 127;
}
