// Command capi is the core of the toy library.
package main

/*
#cgo CFLAGS: -I${SRCDIR}/front -I${SRCDIR}/../include
*/
import "C"

func main() {}
