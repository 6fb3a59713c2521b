package io.github.latentconvergence.internal.kernel;

/** The plain sums of one row, none of them redone, that a normalised reduction rests on: sum x^2, sum y^2 and sum (x-y)(x+y). */
record Basis(double x, double y, double cross) {}
