package engine

import (
	"unsafe"

	"github.com/hazmat/hazmat/backends"
)

// checkRoom tells whether need bytes fit into dst. If they do not, a context
// returns what checkRoom does: the size needed, and the error.
func checkRoom(dst []byte, need int) (int, error) {
	if len(dst) < need {
		return need, backends.Errorf(backends.ErrBufferTooSmall, "output buffer has %d bytes; %d are needed", len(dst), need)
	}
	return 0, nil
}

// checkBuffers is checkRoom, and tells whether those bytes of dst lie clear of
// data or begin where it does. What dst has beyond them is not written, so it
// may overlap data in any way.
func checkBuffers(dst, data []byte, need int) (int, error) {
	if n, err := checkRoom(dst, need); err != nil {
		return n, err
	}
	if unsafe.SliceData(dst) != unsafe.SliceData(data) && overlap(dst[:need], data) {
		return 0, backends.Errorf(backends.ErrOverlap,
			"the %d output bytes overlap the %d input bytes without beginning at the same place", need, len(data))
	}
	return 0, nil
}

// overlap tells whether two buffers have a byte in common.
func overlap(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	first := uintptr(unsafe.Pointer(unsafe.SliceData(a)))
	second := uintptr(unsafe.Pointer(unsafe.SliceData(b)))
	return first < second+uintptr(len(b)) && second < first+uintptr(len(a))
}
