#include "base/hardening.h"

#ifdef _WIN32
#include <windows.h>
#else
#include <sys/resource.h>
#endif

namespace sealwright {

#ifdef _WIN32

// Windows Error Reporting would send a dump of the memory.
void protectMemory() {
    SetErrorMode(SetErrorMode(0) | SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX);
}

#else

void protectMemory() {
    // 1 and not 0: only at 1 the kernel starts no crash handler either (core(5), dumps piped to a program).
    // Not PR_SET_DUMPABLE: it would take /proc/self from us, and with it accessibility and debuggers.
    const rlimit none{1, 1};
    setrlimit(RLIMIT_CORE, &none);
}

#endif

} // namespace sealwright
