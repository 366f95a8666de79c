#include "forward.h"

static void sealer_free(void *inner)
{
	(void)hz_aead_free(inner);
}

static hz_status sealer_algorithm(hz_aead_algorithm *out, void *inner)
{
	return hz_aead_algorithm_of(inner, out);
}

static hz_status sealer_tag_length(size_t *out, void *inner)
{
	return hz_aead_tag_length(inner, out);
}

static hz_status sealer_seal(const uint8_t *nonce, size_t nonce_len, const uint8_t *plaintext,
	size_t plaintext_len, const uint8_t *data, size_t data_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *inner)
{
	return hz_aead_seal(inner, nonce, nonce_len, plaintext, plaintext_len, data, data_len, dst, dst_cap,
		dst_len);
}

static hz_status sealer_open(const uint8_t *nonce, size_t nonce_len, const uint8_t *ciphertext,
	size_t ciphertext_len, const uint8_t *data, size_t data_len, uint8_t *dst, size_t dst_cap,
	size_t *dst_len, void *inner)
{
	return hz_aead_open(inner, nonce, nonce_len, ciphertext, ciphertext_len, data, data_len, dst, dst_cap,
		dst_len);
}

static hz_status sealer_seal_vector(const uint8_t *plaintext, size_t plaintext_len,
	const uint8_t *const *data, const size_t *data_lens, size_t data_count, uint8_t *dst,
	size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_aead_seal_vector(inner, plaintext, plaintext_len, data, data_lens, data_count, dst, dst_cap,
		dst_len);
}

static hz_status sealer_open_vector(const uint8_t *ciphertext, size_t ciphertext_len,
	const uint8_t *const *data, const size_t *data_lens, size_t data_count, uint8_t *dst,
	size_t dst_cap, size_t *dst_len, void *inner)
{
	return hz_aead_open_vector(inner, ciphertext, ciphertext_len, data, data_lens, data_count, dst,
		dst_cap, dst_len);
}

const hz_aead_methods forward_sealer = {
	.size = sizeof forward_sealer, .free = sealer_free, .algorithm = sealer_algorithm,
	.tag_length = sealer_tag_length, .seal = sealer_seal, .open = sealer_open};

const hz_aead_methods forward_vector_sealer = {
	.size = sizeof forward_vector_sealer, .free = sealer_free, .algorithm = sealer_algorithm,
	.tag_length = sealer_tag_length, .seal = sealer_seal, .open = sealer_open,
	.seal_vector = sealer_seal_vector, .open_vector = sealer_open_vector};
