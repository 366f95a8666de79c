package engine

import "github.com/hazmat/hazmat/backends"

func errFinalized() error {
	return backends.Errorf(backends.ErrAlreadyFinalized, "context was already finalized")
}
