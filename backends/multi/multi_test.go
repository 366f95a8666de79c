package multi_test

import (
	"testing"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/backends/backendtest"
	"github.com/hazmat/hazmat/backends/multi"
	"github.com/hazmat/hazmat/backends/native"

	_ "github.com/hazmat/hazmat/backends/openssl"
)

func TestContract(t *testing.T) {
	openssl, err := backends.Open("openssl")
	if err != nil {
		t.Fatal(err)
	}
	backendtest.Run(t, multi.New([]backends.Backend{native.New(), openssl}))
}
