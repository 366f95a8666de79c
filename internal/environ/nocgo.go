//go:build !cgo

package environ

import "os"

// Get returns the value of a variable, "" if it is not set.
func Get(name string) string { return os.Getenv(name) }
