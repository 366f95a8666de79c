package vectors

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strconv"
)

// Case is one test vector: a set of named fields, which the README of
// testdata/vectors lists for each kind. A Case does not change once it is
// loaded, so any number of goroutines may read it.
type Case struct {
	// File is the file's path below testdata/vectors, such as
	// "cipher/aes-cbc.txt".
	File string
	// Line is the line that the case starts on, from 1.
	Line int

	fields map[string]field
	text   map[string]string
}

// Position returns the file and line of the case, "cipher/aes-cbc.txt:12", to
// name a subtest or to begin a failure's message with.
func (c Case) Position() string { return fmt.Sprintf("%s:%d", c.File, c.Line) }

// Has reports whether the case has a field. It panics if cases of this kind
// never do.
func (c Case) Has(key string) bool {
	c.field(key)
	_, ok := c.text[key]
	return ok
}

// String returns the text of a field, "" if the case does not have it. It
// panics if cases of this kind never do.
func (c Case) String(key string) string {
	c.field(key)
	return c.text[key]
}

// Bytes returns a new copy of the bytes of a field, nil if the case does not
// have it. It panics if cases of this kind have no such field, or one that is
// not bytes.
func (c Case) Bytes(key string) []byte {
	if c.field(key).form != octets {
		panic(fmt.Sprintf("%s: field %q is not bytes", c.Position(), key))
	}
	text, ok := c.text[key]
	if !ok {
		return nil
	}
	data, err := hex.DecodeString(text)
	if err != nil {
		panic(err) // parse has decoded the same text before
	}
	return data
}

// Int returns the number in a field, 0 if the case does not have it. It panics
// if cases of this kind have no such field, or one that is not a number.
func (c Case) Int(key string) int {
	if c.field(key).form != count {
		panic(fmt.Sprintf("%s: field %q is not a number", c.Position(), key))
	}
	text, ok := c.text[key]
	if !ok {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err) // parse has decoded the same text before
	}
	return n
}

// Message returns the bytes of the field message, as many times as the field
// repeat says.
func (c Case) Message() []byte {
	if !c.Has("repeat") {
		return c.Bytes("message")
	}
	return bytes.Repeat(c.Bytes("message"), c.Int("repeat"))
}

// AdditionalData returns the texts in the fields aad, aad2 and aad3 that the
// case has.
func (c Case) AdditionalData() [][]byte {
	var texts [][]byte
	for _, key := range []string{"aad", "aad2", "aad3"} {
		if c.Has(key) {
			texts = append(texts, c.Bytes(key))
		}
	}
	return texts
}

// field returns what is known of a key; a key that no case of this kind has
// is a mistake in the test that asks.
func (c Case) field(key string) field {
	f, ok := c.fields[key]
	if !ok {
		panic(fmt.Sprintf("%s: cases of this kind have no field %q", c.Position(), key))
	}
	return f
}
