/* Compiled for the oldest 64-bit Arm processor: NEON is part of it. */
#include "lanes/neon.h"
#include "tier.h"
