/* One case of each folder of testdata/vectors, in one call and in pieces, or
 * in place. What the
 * backend does not support is counted as such. */
#ifndef VECTOR_RUNS_H
#define VECTOR_RUNS_H

#include "hazmat.h"
#include "vectors.h"

extern hz_backend *vector_backend;

void run_cipher(const struct vector *v);
void run_aead(const struct vector *v);
void run_sealed(const struct vector *v);
void run_hash(const struct vector *v);
void run_xof(const struct vector *v);
void run_hmac(const struct vector *v);

#endif
