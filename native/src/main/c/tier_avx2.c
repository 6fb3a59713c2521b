/* Compiled for AVX2, FMA and F16C; never called where the processor or the operating system lacks one. */
#include "lanes/avx2.h"
#include "tier.h"
