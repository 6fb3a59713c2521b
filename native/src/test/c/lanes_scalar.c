#include "lanes/scalar.h"

#define LANES_TABLE lc_test_scalar
#include "lanes_of.h"
