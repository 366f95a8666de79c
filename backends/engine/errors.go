package engine

import "github.com/hazmat/hazmat/backends"

func errFinalized() error {
	return backends.Errorf(backends.ErrAlreadyFinalized, "context was already finalized")
}

// limitExceeded is the error for more data than a nonce is good for.
func limitExceeded(what string, got int, left uint64) error {
	return backends.Errorf(backends.ErrLimitExceeded, "%d bytes of %s are more than the %d that are left under this nonce", got, what, left)
}

func errNotAuthentic() error {
	return backends.Errorf(backends.ErrInvalidTag, "authentication tag does not match")
}

func errClosed() error {
	return backends.Errorf(backends.ErrAlreadyFinalized, "the AEAD was already closed")
}
