/* A whole backend over libgcrypt: what a backend in C looks like. */
#ifndef GCRYPT_BACKEND_H
#define GCRYPT_BACKEND_H

#include "hazmat.h"

/* Initializes libgcrypt and registers the backend under the name "gcrypt". An
 * older libgcrypt than the headers' is HZ_ERR_LOAD. */
hz_status gcrypt_register(void);

#endif
