/* Portable C, compiled for the oldest processor of the platform. */
#include "lanes/scalar.h"
#include "tier.h"
