package native_test

import (
	"testing"

	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/native"
)

func TestContract(t *testing.T) { backendtest.Run(t, native.New()) }
