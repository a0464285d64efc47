#pragma once

/// libopendkim's header is C's, and does not include what it needs.
#include <sys/types.h>

#include <cstdint>
#include <cstdio>

#define _Bool bool // NOLINT: C++ has no other name for it
extern "C" {
#include <opendkim/dkim.h>
}
#undef _Bool
