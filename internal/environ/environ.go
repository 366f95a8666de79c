// Package environ reads the environment as the process has it now.
//
// In a program of another language Go keeps to the environment that the
// process was started with: what the host has set since, as Python does with
// os.environ, os.Getenv does not see.
package environ
