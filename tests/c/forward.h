/* Implementations of the caller's own, of every kind, that forward each call to a
 * handle of the native backend, or for AEADs of the default one. */
#ifndef FORWARD_H
#define FORWARD_H

#include "hazmat.h"

/* user_data is the backend's name; NULL is "forward". */
extern const hz_backend_methods forward_backend;

/* user_data is the handle that they forward to, which they own. */
extern const hz_aead_methods forward_sealer, forward_vector_sealer;
extern const hz_cipher_context_methods forward_cipher, forward_aead, forward_nonce;
extern const hz_hash_context_methods forward_hash, forward_xof;
extern const hz_hmac_context_methods forward_hmac;

#endif
