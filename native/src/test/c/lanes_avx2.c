#include "lanes/avx2.h"

#define LANES_TABLE lc_test_avx2
#include "lanes_of.h"
