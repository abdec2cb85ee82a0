#include "hal/frame_decoder/program/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <csignal>
#include <initializer_list>
#include <memory>

namespace hal {
namespace {

bool limit(__rlimit_resource resource, rlim_t most) {
  const rlimit both{most, most};
  return setrlimit(resource, &both) == 0;
}

struct Release {
  void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, Release>;

bool allow(const Filter& filter, int call) { return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0; }

// Memory, but none that can be run.
bool allow_without(const Filter& filter, int call, unsigned argument, scmp_datum_t bit) {
  const scmp_arg_cmp unset = SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, bit, 0);
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &unset) == 0;
}

}  // namespace

bool confine_resources() {
  return limit(RLIMIT_AS, kDecoderMemory) && limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) &&
         prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
}

bool filter_system_calls() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!filter) return false;
  for (const int call : {SCMP_SYS(recvfrom), SCMP_SYS(sendto), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
                         SCMP_SYS(madvise), SCMP_SYS(futex), SCMP_SYS(setitimer), SCMP_SYS(clock_gettime), SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(restart_syscall), SCMP_SYS(exit), SCMP_SYS(exit_group)})
    if (!allow(filter, call)) return false;
  return allow_without(filter, SCMP_SYS(mmap), 2, PROT_EXEC) && allow_without(filter, SCMP_SYS(mprotect), 2, PROT_EXEC) &&
         seccomp_load(filter.get()) == 0;
}

void grant_processor_time() {
  const itimerval once{{0, 0}, {kProcessorTimeOfAFrame.count(), 0}};
  setitimer(ITIMER_PROF, &once, nullptr);  // SIGPROF ends a process that does not handle it
}

}  // namespace hal
