// Package toy is an API with a value of every kind and nothing of cryptography.
// It proves that the generator is tied to no name and no domain: its output is
// compiled, and called from C, Python and Ruby.
//
// Its texts try to break out of the comments that they end up in: */ """ ”' \
// #{1 + 1} =end %s ` and a bare backslash at the end \
package toy

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Colour is a colour of a ball.
//
//hz:export
type Colour uint32

const (
	// ColourRed is red */ """ #{1 + 1}.
	ColourRed Colour = 1
	// ColourGreen is green.
	ColourGreen Colour = 7
	// ColourDeepBlue is a blue with a name of its own.
	//
	//hz:name COLOUR_NAVY
	ColourDeepBlue Colour = 0x80000000
)

// Name returns the name of a colour, "" for an unknown one.
//
//hz:export
func (c Colour) Name() string {
	return map[Colour]string{ColourRed: "red", ColourGreen: "green", ColourDeepBlue: "navy"}[c]
}

// Mix returns the sum of two codes.
//
//hz:export
func (c Colour) Mix(other Colour) Colour { return c + other }

// Greeting is a text.
//
//hz:export
const Greeting = "hello \"toy\" \\ ok"

// Limit is a number.
//
//hz:export
const Limit = 4_000_000_000

// Room is the longest reply, in bytes.
//
//hz:export
const Room = 8

// Ball is a struct with a field of every kind.
//
//hz:export
type Ball struct {
	// Colour is its colour.
	Colour Colour
	// Round says whether it is round.
	Round bool
	// Count is how many there are.
	Count int
	// Weight is its weight.
	Weight uint32
	// Serial is its number.
	Serial uint64
	// Label is what is written on it.
	Label string
	// Core is what is inside.
	Core []byte
}

// String describes the ball on one line.
func (b *Ball) String() string {
	if b == nil {
		return "no ball"
	}
	return fmt.Sprintf("%s %t %d %d %d %s %x", b.Colour.Name(), b.Round, b.Count, b.Weight, b.Serial, b.Label, b.Core)
}

// Describe returns a line on a ball, or on its absence.
//
//hz:export
func Describe(ball *Ball) string { return ball.String() }

// Colours returns all codes.
//
//hz:export
func Colours() []Colour { return []Colour{ColourRed, ColourGreen, ColourDeepBlue} }

// Count returns the numbers from 0 up to n.
//
//hz:export
func Count(n int) []uint32 {
	var list []uint32
	for i := range n {
		list = append(list, uint32(i))
	}
	return list
}

// Words returns the words of a text.
//
//hz:export
func Words(text string) []string { return strings.Fields(text) }

// Sum adds numbers of every size, and one more if extra.
//
//hz:export
//hz:since 2
func Sum(extra bool, a int, b uint32, c uint64) uint64 {
	sum := uint64(a) + uint64(b) + c
	if extra {
		sum++
	}
	return sum
}

// Pair tells two numbers apart; it exists to return a plain size.
//
//hz:export
func Pair(a, b uint32) (difference int, err error) {
	if b > a {
		return 0, Errorf(ErrInvalidArgument, "b is %d; it must be at most a, %d", b, a)
	}
	return int(a - b), nil
}

// Half returns half of a 32 bit number.
//
//hz:export
func Half(n uint32) uint32 { return n / 2 }

// Broken panics.
//
//hz:export
func Broken() { panic("as asked") }

// Unmapped fails with an error that has no status.
//
//hz:export
func Unmapped() error { return fmt.Errorf("no status here") }

// Pattern fills dst with the numbers from 0 on.
//
//hz:export
func Pattern(dst []byte) {
	for i := range dst {
		dst[i] = byte(i)
	}
}

// Place returns where a thing is. Only "here" is a place; any other is
// [ErrInvalidArgument].
//
//hz:export
func Place(thing string) (uintptr, error) {
	if thing != "here" {
		return 0, Errorf(ErrInvalidArgument, "%q is nowhere", thing)
	}
	return 0xabc, nil
}

// Shop has jars; it is there as long as the process is.
//
//hz:export
//hz:shared
//hz:reopen Open Name
type Shop interface {
	// Name returns the name that [Open] takes.
	Name() string
	// Subscribe adds a listener for what [Shop.Announce] says. A second one
	// for a colour is [ErrAlreadyThere].
	//
	//hz:replay
	Subscribe(colour Colour, listener Listener) error
	// Announce calls the listener of a colour with a ball, and returns whether
	// it wants more.
	Announce(colour Colour, ball *Ball, note string, data []byte) (bool, error)
	// Jar returns a new jar.
	Jar() (Jar, error)
	// Fetch asks for an object and says what came.
	Fetch(supplier Supplier) error
	// Fetched returns what the last [Shop.Fetch] got: "nothing", "jar", or an
	// address.
	Fetched() string
}

// Open returns the shop with a name: "corner", or one that was founded. Any
// other is [ErrInvalidArgument].
//
//hz:export
//hz:name shop_open
func Open(name string) (Shop, error) {
	if shop := shops[name]; shop != nil {
		return shop, nil
	}
	return nil, Errorf(ErrInvalidArgument, "no shop is named %q", name)
}

// Found makes a shop of the caller's known by its name. A name that is taken is
// [ErrAlreadyThere].
//
//hz:export
//hz:name shop_found
//hz:replay
func Found(shop Shop) error {
	name := shop.Name()
	if shops[name] != nil {
		return Errorf(ErrAlreadyThere, "there is a shop named %q", name)
	}
	shops[name] = shop
	return nil
}

// Rate calls all methods of a jar of the caller's and says what came of it.
//
//hz:export
func Rate(jar Jar) (string, error) {
	defer jar.Close()
	if err := jar.Put([]byte("rate")); err != nil {
		return "", err
	}
	other, err := jar.Copy()
	if err != nil {
		return "", err
	}
	defer other.Close()
	small := make([]byte, 1)
	needed, err := other.Take(small, []byte("p"))
	if !errors.Is(err, ErrBufferTooSmall) {
		return "", Errorf(ErrInternal, "one byte was enough: %v", err)
	}
	out := make([]byte, needed)
	n, err := other.Take(out, []byte("p"))
	text := string(out[:n])
	if sealed, ok := jar.(SealedJar); ok && err == nil {
		err = sealed.Seal()
		text += fmt.Sprintf(" sealed %t", sealed.Sealed())
	}
	if _, ok := jar.(LockedJar); ok {
		text += " locked"
	}
	return text, err
}

// Listener hears of a ball. It gets a value of every kind.
//
//hz:export
type Listener func(shop Shop, ball *Ball, colour Colour, note string, data []byte, urgent bool, index int, weight uint32, serial uint64) (more bool, err error)

// Supplier gives a [Jar], which it loses, or any address.
//
//hz:export
type Supplier func(shop Shop) (object any, err error)

// Jar holds bytes.
//
//hz:export
type Jar interface {
	// Put adds data. A jar that is sealed is [ErrSealed].
	Put(data []byte) error
	// PutAll adds each of parts and returns how many bytes they have together.
	PutAll(parts [][]byte) (total int, err error)
	// Take writes what is in the jar between two marks to dst, at most [Room]
	// bytes and prefix.
	//
	//hz:cap len(prefix)+Room+2
	Take(dst, prefix []byte) (n int, err error)
	// Copy returns a jar with the same in it.
	Copy() (Jar, error)
	// Close empties the jar.
	Close()
}

// SealedJar is a jar that can be sealed.
//
//hz:export
//hz:missing ErrNotThere
type SealedJar interface {
	Jar
	// Seal closes the jar for good.
	Seal() error
	// Sealed reports whether it is.
	Sealed() bool
}

// LockedJar is a jar that no value here is.
//
//hz:export
//hz:missing ErrNotThere
type LockedJar interface {
	Jar
	// Unlock does nothing that can be seen.
	Unlock(key []byte) error
}

type shop struct {
	mu        sync.Mutex
	listeners map[Colour]Listener
	fetched   string
}

var corner = &shop{listeners: map[Colour]Listener{}, fetched: "nothing"}

var shops = map[string]Shop{"corner": corner}

func (s *shop) Name() string { return "corner" }

func (s *shop) Subscribe(colour Colour, listener Listener) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.listeners[colour] != nil {
		return Errorf(ErrAlreadyThere, "%s has a listener", colour.Name())
	}
	s.listeners[colour] = listener
	return nil
}

func (s *shop) Announce(colour Colour, ball *Ball, note string, data []byte) (bool, error) {
	s.mu.Lock()
	listener := s.listeners[colour]
	s.mu.Unlock()
	if listener == nil {
		return false, Errorf(ErrNotThere, "%s has no listener", colour.Name())
	}
	return listener(s, ball, colour, note, data, true, len(data), 1<<31, 1<<63)
}

func (s *shop) Jar() (Jar, error) { return &jar{}, nil }

func (s *shop) Fetch(supplier Supplier) error {
	object, err := supplier(s)
	if err != nil {
		return err
	}
	switch object := object.(type) {
	case nil:
		s.fetched = "nothing"
	case Jar:
		s.fetched = "jar"
		object.Close()
	default:
		s.fetched = fmt.Sprintf("%#x", object)
	}
	return nil
}

func (s *shop) Fetched() string { return s.fetched }

type jar struct {
	held   []byte
	sealed bool
}

func (j *jar) Put(data []byte) error {
	if j.sealed {
		return Errorf(ErrSealed, "the jar is sealed")
	}
	if len(j.held)+len(data) > Room {
		return Errorf(ErrInvalidArgument, "data has %d bytes; there is room for %d", len(data), Room-len(j.held))
	}
	j.held = append(j.held, data...)
	return nil
}

func (j *jar) PutAll(parts [][]byte) (total int, err error) {
	all := slices.Concat(parts...)
	return len(all), j.Put(all)
}

func (j *jar) Take(dst, prefix []byte) (n int, err error) {
	all := slices.Concat(prefix, []byte("<"), j.held, []byte(">"))
	if len(dst) < len(all) {
		return len(all), Errorf(ErrBufferTooSmall, "dst has %d bytes; %d are needed", len(dst), len(all))
	}
	return copy(dst, all), nil
}

func (j *jar) Copy() (Jar, error) { return &jar{slices.Clone(j.held), j.sealed}, nil }

func (j *jar) Close() { clear(j.held) }

func (j *jar) Seal() error {
	if j.sealed {
		return Errorf(ErrSealed, "the jar is sealed")
	}
	j.sealed = true
	return nil
}

func (j *jar) Sealed() bool { return j.sealed }
