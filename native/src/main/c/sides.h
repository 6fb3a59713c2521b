/* The blocks of one kind of lanes and one element type, against every side. LC_HAS_FIXED, LC_HAS_FIXED_WIDE: the widened rows these lanes can read. */
#define SIDE alone
#define LC_THIS_SIDE LC_ALONE
#define LC_ARITY 1
#include "block.h"
#undef SIDE
#undef LC_THIS_SIDE
#undef LC_ARITY

#define LC_ARITY 2
#define SIDE previous
#define LC_THIS_SIDE LC_PREVIOUS
#include "block.h"
#undef SIDE
#undef LC_THIS_SIDE

#if defined(LC_HAS_FIXED)
#define SIDE fixed
#define LC_THIS_SIDE LC_FIXED
#include "block.h"
#undef SIDE
#undef LC_THIS_SIDE
#endif

#if defined(LC_HAS_FIXED_WIDE)
#define SIDE fixed_wide
#define LC_THIS_SIDE LC_FIXED_WIDE
#include "block.h"
#undef SIDE
#undef LC_THIS_SIDE
#endif
#undef LC_ARITY

#undef DTYPE
#undef BYTES
