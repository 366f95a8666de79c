package engine

import (
	"fmt"

	"github.com/hazmat/hazmat/backends"
)

// hashName names a hash function for the text of an error.
func hashName(algorithm backends.HashAlgorithm) string {
	if name := algorithm.Name(); name != "" {
		return name
	}
	return fmt.Sprintf("hash function with code %d", uint32(algorithm))
}
