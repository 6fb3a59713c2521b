#include "lanes/avx512.h"

#define LANES_TABLE lc_test_avx512
#include "lanes_of.h"
