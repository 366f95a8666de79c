// Command capi is the core of the C library: the Go backends behind exported
// functions, built with -buildmode=c-shared and loaded by the front in
// capi/front. All of it but this file is generated from package backends.
//
// The two settings below keep the Go runtime from holding files of the
// container's CPU limit open, which daemons that close all descriptors would
// pull away from under it. The Makefile adds a third, asyncpreemptoff, which cannot
// be set here.
//
//go:debug containermaxprocs=0
//go:debug updatemaxprocs=0
package main

/*
#cgo CFLAGS: -I${SRCDIR}/front -I${SRCDIR}/../include
*/
import "C"

import (
	// These register themselves.
	_ "github.com/hazmat/hazmat/backends/multi"
	_ "github.com/hazmat/hazmat/backends/native"
	_ "github.com/hazmat/hazmat/backends/openssl"
)

func main() {}
