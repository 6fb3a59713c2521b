/* Compiled for AVX-512 F, DQ, BW and VL; never called where the processor or the operating system lacks one. */
#include "lanes/avx512.h"
#include "tier.h"
