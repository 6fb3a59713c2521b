/* What the parts of the bare runner share. */
#ifndef LC_BARE_H
#define LC_BARE_H

#include <stdint.h>

void lc_bare(void);
_Noreturn void lc_shut_down(void);
_Noreturn void lc_exception(const uint64_t *stack, uint64_t address);
extern char lc_exceptions[];

/* Prints how many instructions each usable tier needs for an element of each reduction. */
void lc_count_instructions(void);

/* Holds the processor's float64 fused multiply-add against the software one, and says how it errs. */
void lc_check_fma(void);

#endif
