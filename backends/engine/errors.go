package engine

import "github.com/hazmat/hazmat/backends"

func errFinalized() error {
	return backends.Errorf(backends.ErrAlreadyFinalized, "context was already finalized")
}

// checkRoom tells whether need bytes fit into dst.
func checkRoom(dst []byte, need int) error {
	if len(dst) < need {
		return backends.Errorf(backends.ErrBufferTooSmall, "output buffer has %d bytes; %d are needed", len(dst), need)
	}
	return nil
}
