/*
 * The blocks of one kind of lanes and one element type, against every side. LC_HAS_FIXED, LC_HAS_FIXED_WIDE: the widened rows these lanes can read. A side keeps the
 * kinds of reductions that mean something against it and have kernels: LC_IF_alone, LC_IF_pair, LC_IF_back, LC_IF_ready, and LC_IF_set for those done together.
 */
#define LC_KEEP(...) __VA_ARGS__
#define LC_DROP(...)

#define LC_IF_made LC_DROP

#define LC_IF_alone LC_KEEP
#define LC_IF_pair LC_DROP
#define LC_IF_back LC_DROP
#define LC_IF_ready LC_DROP
#define LC_IF_set LC_DROP
#define SIDE alone
#define LC_THIS_SIDE LC_ALONE
#include "block.h"
#undef LC_IF_alone
#undef LC_IF_pair
#undef LC_IF_back
#undef LC_IF_set
#undef SIDE
#undef LC_THIS_SIDE

#define LC_IF_alone LC_DROP
#define LC_IF_pair LC_KEEP
#define LC_IF_back LC_KEEP
#define LC_IF_set LC_KEEP
#define SIDE previous
#define LC_THIS_SIDE LC_PREVIOUS
#include "block.h"
#undef LC_IF_back
#undef LC_IF_set
#undef SIDE
#undef LC_THIS_SIDE

#define LC_IF_back LC_DROP

#if defined(LC_HAS_FIXED)
/* float64 lanes read a row that was widened to float32 only where a row is done again: one reduction at a time */
#if defined(LC_HAS_FIXED_WIDE)
#define LC_IF_set LC_DROP
#else
#define LC_IF_set LC_KEEP
#endif
#define SIDE fixed
#define LC_THIS_SIDE LC_FIXED
#include "block.h"
#undef LC_IF_set
#undef SIDE
#undef LC_THIS_SIDE
#endif

#undef LC_IF_ready

#if defined(LC_HAS_FIXED_WIDE)
#define LC_IF_ready LC_KEEP
#define LC_IF_set LC_KEEP
#define SIDE fixed_wide
#define LC_THIS_SIDE LC_FIXED_WIDE
#include "block.h"
#undef LC_IF_ready
#undef LC_IF_set
#undef SIDE
#undef LC_THIS_SIDE
#endif

#undef LC_IF_alone
#undef LC_IF_pair
#undef LC_IF_back
#undef LC_KEEP
#undef LC_DROP

#undef DTYPE
#undef BYTES
