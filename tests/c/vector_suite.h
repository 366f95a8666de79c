/* All of testdata/vectors. */
#ifndef VECTOR_SUITE_H
#define VECTOR_SUITE_H

#include "hazmat.h"

/* Checks every published vector of what a backend supports, in one call and in
 * pieces; prints how many each algorithm had, and fails if one had none. Frees the
 * handle, after which none may be left. */
void vectors_check(hz_backend *backend);

#endif
