package vectors

import (
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// parse returns the cases in the text of one file. Every file has at least
// one.
func parse(file, text string, fields map[string]field) ([]Case, error) {
	var cases []Case
	open := Case{}
	closeCase := func() error {
		if open.text == nil {
			return nil
		}
		if err := check(open); err != nil {
			return fmt.Errorf("%s: %w", open.Position(), err)
		}
		cases, open = append(cases, open), Case{}
		return nil
	}
	line := 0
	for content := range strings.Lines(text) {
		line++
		content = strings.TrimSuffix(content, "\n")
		switch {
		case strings.HasPrefix(content, "#"):
		case content == "":
			if err := closeCase(); err != nil {
				return nil, err
			}
		default:
			if open.text == nil {
				open = Case{File: file, Line: line, fields: fields, text: map[string]string{}}
			}
			if err := open.add(content); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", file, line, err)
			}
		}
	}
	if err := closeCase(); err != nil {
		return nil, err
	}
	if len(cases) == 0 {
		return nil, fmt.Errorf("%s:%d: no cases", file, line)
	}
	return cases, nil
}

// add puts the field of one line, "key = value" or "key =", into the case.
func (c Case) add(line string) error {
	key, value, ok := strings.Cut(line, " =")
	if value != "" {
		var spaced bool
		value, spaced = strings.CutPrefix(value, " ")
		ok = ok && spaced && value != "" && value == strings.TrimSpace(value)
	}
	if !ok {
		return fmt.Errorf("%q is not of the form \"key = value\"", line)
	}
	field, known := c.fields[key]
	if !known {
		allowed := slices.Sorted(maps.Keys(c.fields))
		return fmt.Errorf("unknown key %q; there are: %s", key, strings.Join(allowed, ", "))
	}
	if _, again := c.text[key]; again {
		return fmt.Errorf("key %q comes twice in one case", key)
	}
	if err := field.form.check(value); err != nil {
		return fmt.Errorf("value of %q: %w", key, err)
	}
	c.text[key] = value
	return nil
}

// check says whether a value has the form.
func (f form) check(value string) error {
	switch f {
	case octets:
		if value != strings.ToLower(value) {
			return errors.New("hexadecimal digits must be lower case")
		}
		_, err := hex.DecodeString(value)
		return err
	case count:
		if n, err := strconv.Atoi(value); err != nil || n < 1 {
			return fmt.Errorf("%q is not a number from 1", value)
		}
	case result:
		if value != "valid" && value != "invalid" {
			return fmt.Errorf("%q is neither \"valid\" nor \"invalid\"", value)
		}
	}
	return nil
}

// check says whether the case has all that one of its kind must have.
func check(c Case) error {
	for _, key := range slices.Sorted(maps.Keys(c.fields)) {
		if _, ok := c.text[key]; !ok && !c.fields[key].optional {
			return fmt.Errorf("key %q is missing", key)
		}
	}
	if outcome, ok := c.text["result"]; ok {
		if _, plaintext := c.text["plaintext"]; plaintext != (outcome == "valid") {
			return errors.New("a valid case has a plaintext, an invalid one has none")
		}
	}
	return nil
}
