package main

import (
	"encoding/binary"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"unsafe"

	"github.com/hazmat/hazmat/backends"
	"github.com/hazmat/hazmat/capi/boundary"
	"github.com/hazmat/hazmat/gen/model"
)

// The tests here call exports by what the model says of them, as the front
// would, with arguments of every right and wrong sort.

// guard is how many bytes behind each output must stay as they were.
const (
	guard     = 32
	guardByte = 0xA5
)

// readAPI takes seconds under the race detector.
var readAPI = sync.OnceValues(func() (*model.API, error) { return model.Load("../backends", "hazmat", "hz") })

func loadAPI(t testing.TB) *model.API {
	t.Helper()
	api, err := readAPI()
	if err != nil {
		t.Fatal(err)
	}
	return api
}

// source gives arguments from bytes; when they run out it gives zeros.
type source struct{ bytes []byte }

func (s *source) next() byte {
	if len(s.bytes) == 0 {
		return 0
	}
	b := s.bytes[0]
	s.bytes = s.bytes[1:]
	return b
}

func (s *source) take(n int) []byte {
	taken := make([]byte, n)
	s.bytes = s.bytes[copy(taken, s.bytes):]
	return taken
}

// caller makes calls and keeps the handles that came of them.
type caller struct {
	t     *testing.T
	api   *model.API
	in    *source
	live  map[uintptr]*model.Handle
	freed []uintptr
	keep  []any // the memory of one call
}

func newCaller(t *testing.T, api *model.API, choices []byte) *caller {
	return &caller{t: t, api: api, in: &source{choices}, live: map[uintptr]*model.Handle{}}
}

// memory returns size bytes, aligned for any type, that stay until the call is
// over.
func (c *caller) memory(size int) []byte {
	words := make([]uint64, size/8+1)
	c.keep = append(c.keep, words)
	return unsafe.Slice((*byte)(unsafe.Pointer(&words[0])), size)
}

func address(p []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(p))) }

// handle picks a handle for a parameter of a kind: mostly a good one.
func (c *caller) handle(kind *model.Handle) uintptr {
	choice := c.in.next()
	switch choice % 16 {
	case 0:
		return 0
	case 1:
		return uintptr(binary.LittleEndian.Uint64(c.in.take(8)))
	case 2:
		return 0xc000000000 + uintptr(choice)*8 // perhaps in Go's heap
	case 3:
		if len(c.freed) > 0 {
			return c.freed[int(c.in.next())%len(c.freed)]
		}
	}
	var candidates []uintptr
	for h, of := range c.live {
		if of == kind || choice%16 == 4 {
			candidates = append(candidates, h)
		}
	}
	if len(candidates) == 0 {
		return 0
	}
	return candidates[int(c.in.next())%len(candidates)]
}

// input returns an address and a length: mostly of real bytes.
func (c *caller) input() (where, length uintptr) {
	choice := c.in.next()
	switch choice % 8 {
	case 0:
		return 0, 0
	case 1:
		return 0, uintptr(c.in.next())
	case 2:
		return 0xc000000000 + uintptr(c.in.next()), 0 // not looked at
	case 3:
		return address(c.memory(1)), ^uintptr(0) - uintptr(c.in.next())
	}
	p := c.memory(int(c.in.next()) * int(choice%3+1))
	copy(p, c.in.take(min(len(p), 64)))
	return address(p), uintptr(len(p))
}

// inputs returns arrays of addresses and lengths, and their count.
func (c *caller) inputs() []uintptr {
	count := int(c.in.next()) % 4
	addresses, lengths := c.memory(8*count+8), c.memory(8*count+8)
	for i := range count {
		where, length := c.input()
		binary.LittleEndian.PutUint64(addresses[8*i:], uint64(where))
		binary.LittleEndian.PutUint64(lengths[8*i:], uint64(length))
	}
	args := []uintptr{address(addresses), address(lengths), uintptr(count)}
	switch choice := c.in.next() % 16; choice {
	case 0, 1:
		args[choice] = 0
	case 2:
		args[2] = ^uintptr(0) - uintptr(c.in.next())
	}
	return args
}

// output is memory for a result, with a guard behind it.
type output struct {
	memory   []byte
	capacity int
}

func (c *caller) output(unit int) (*output, uintptr) {
	capacity := int(c.in.next()) * unit
	p := c.memory(capacity + guard)
	for i := range p {
		p[i] = guardByte
	}
	if c.in.next()%8 == 0 {
		return &output{p, capacity}, 0
	}
	return &output{p, capacity}, address(p)
}

func (c *caller) text() uintptr {
	if c.in.next()%8 == 0 {
		return 0
	}
	p := c.memory(int(c.in.next())%32 + 1)
	copy(p[:len(p)-1], c.in.take(len(p)-1))
	return address(p)
}

// parameters builds a struct as a C compiler would lay it out.
func (c *caller) parameters(s *model.Struct) uintptr {
	if c.in.next()%8 == 0 {
		return 0
	}
	p := c.memory(256)
	offset := 8
	put := func(size int, value uint64) {
		offset = (offset + size - 1) / size * size
		copy(p[offset:offset+size], binary.LittleEndian.AppendUint64(nil, value))
		offset += size
	}
	for _, field := range s.Fields {
		switch field.Kind {
		case model.Bytes:
			where, length := c.input()
			put(8, uint64(where))
			put(8, uint64(length))
		case model.EnumKind, model.Uint32:
			put(4, uint64(c.in.next()))
		default:
			panic("field " + field.Name + " is of a kind that this test does not know")
		}
	}
	size := (offset + 7) / 8 * 8
	switch c.in.next() % 16 {
	case 0:
		size = int(c.in.next())
	case 1:
		size += 8
	}
	binary.LittleEndian.PutUint64(p, uint64(size))
	return address(p)
}

// methods is a table without functions: none can be made here.
func (c *caller) methods() uintptr {
	if c.in.next()%4 == 0 {
		return 0
	}
	p := c.memory(256)
	binary.LittleEndian.PutUint64(p, uint64(c.in.next()))
	return address(p)
}

// call calls one function and checks what must hold whatever came of it.
func (c *caller) call(f *model.Function) {
	c.keep = c.keep[:0]
	var args []uintptr
	var self uintptr
	if f.Self != nil {
		self = c.handle(f.Self)
		args = append(args, self)
	}
	for _, value := range f.In {
		switch value.Kind {
		case model.Bytes:
			where, length := c.input()
			args = append(args, where, length)
		case model.BytesList:
			args = append(args, c.inputs()...)
		case model.String:
			args = append(args, c.text())
		case model.StructPtr:
			args = append(args, c.parameters(value.Struct))
		case model.Func:
			args = append(args, 0, 0) // a C function cannot be made here
		case model.Impl:
			args = append(args, c.methods(), 0)
		default:
			args = append(args, uintptr(c.in.next()))
		}
	}
	var out *output
	result := c.memory(8)
	for i := range result {
		result[i] = guardByte
	}
	if f.Out != nil {
		args, out = c.outputs(f, args, result)
	}

	function := reflect.ValueOf(exports[f.Name])
	values := make([]reflect.Value, len(args))
	for i, arg := range args {
		values[i] = reflect.ValueOf(arg).Convert(function.Type().In(i))
	}
	status := backends.Status(function.Call(values)[0].Uint())
	c.check(f, status, out, result)
	if f.IsFree && status == backends.OK && self != 0 {
		delete(c.live, self)
		c.freed = append(c.freed, self)
	}
	runtime.KeepAlive(c.keep)
}

// outputs adds the arguments of a result.
func (c *caller) outputs(f *model.Function, args []uintptr, result []byte) ([]uintptr, *output) {
	where := address(result)
	if c.in.next()%16 == 0 {
		where = 0
	}
	switch f.Out.Kind {
	case model.Bytes, model.String, model.Strings:
		out, memory := c.output(1)
		return append(args, memory, uintptr(out.capacity), where), out
	case model.List:
		out, memory := c.output(4)
		return append(args, memory, uintptr(out.capacity/4), where), out
	case model.Fill:
		out, memory := c.output(1)
		return append(args, memory, uintptr(out.capacity)), out
	}
	return append(args, where), nil
}

func (c *caller) check(f *model.Function, status backends.Status, out *output, result []byte) {
	if status == backends.ErrInternal {
		c.t.Errorf("%s: internal error", f.Name)
	}
	if out != nil {
		for _, b := range out.memory[out.capacity:] {
			if b != guardByte {
				c.t.Errorf("%s wrote behind the %d bytes it had", f.Name, out.capacity)
			}
		}
	}
	value := binary.LittleEndian.Uint64(result)
	untouched := value == 0xA5A5A5A5A5A5A5A5
	size := result
	if f.Out != nil && f.Out.Kind == model.EnumKind {
		size = result[:4]
	} else if f.Out != nil && f.Out.Kind == model.Bool {
		size = result[:1]
	}
	zero := true
	for _, b := range size {
		zero = zero && b == 0
	}
	switch {
	case status == backends.ErrBufferTooSmall || untouched:
	case status != backends.OK && !zero:
		c.t.Errorf("%s failed with %v and left %x in its result", f.Name, status, size)
	case status == backends.OK && f.Out != nil && f.Out.Kind == model.HandleRef:
		c.live[uintptr(value)] = f.Out.Handle
	}
}

// run makes calls until there is nothing to choose by any more, and frees what
// they made.
func (c *caller) run() {
	functions := c.api.All()
	for len(c.in.bytes) > 0 {
		c.call(functions[int(c.in.next())%len(functions)])
	}
	for h, kind := range c.live {
		free := reflect.ValueOf(exports[kind.Name+"_free"])
		if status := free.Call([]reflect.Value{reflect.ValueOf(h).Convert(free.Type().In(0))})[0].Uint(); status != 0 {
			c.t.Errorf("freeing a live %s: %v", kind.Name, backends.Status(status))
		}
	}
}

// expectLive checks the number of live handles.
func expectLive(t *testing.T, before int) {
	t.Helper()
	if live := boundary.Handles.Live(); live != before {
		t.Errorf("%d handles are live, %d were before", live, before)
	}
}

// mixture returns bytes to choose by.
func mixture(seed byte) []byte {
	bytes := make([]byte, 4096)
	state := uint32(seed) + 1
	for i := range bytes {
		state = state*1664525 + 1013904223 // Numerical Recipes' generator
		bytes[i] = byte(state >> 24)
	}
	return bytes
}

// FuzzCalls makes sequences of calls with arguments of every sort. None may
// crash, write where it must not, leave a result behind a failure, lose a
// handle, or be an internal error.
func FuzzCalls(f *testing.F) {
	api := loadAPI(f)
	// Each function once with zeros, and long mixtures with a good start:
	// opening the default backend again and again.
	for i := range api.All() {
		f.Add([]byte{byte(i), 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF})
	}
	for seed := range byte(8) {
		f.Add(mixture(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		before := boundary.Handles.Live()
		newCaller(t, api, data).run()
		expectLive(t, before)
	})
}

// TestThreads makes such calls on many threads at once, which have their
// contexts to themselves and the backends in common. The race detector sees
// what they do to one another. All of them free fewer handles than are kept
// from reuse, so that one thread's freed handle is never another's new one.
func TestThreads(t *testing.T) {
	const threads = 64
	api := loadAPI(t)
	before := boundary.Handles.Live()
	var group sync.WaitGroup
	for seed := range byte(threads) {
		group.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			newCaller(t, api, mixture(seed)).run()
		})
	}
	group.Wait()
	expectLive(t, before)
}

func TestEveryFunctionIsExported(t *testing.T) {
	api := loadAPI(t)
	for _, f := range api.All() {
		if exports[f.Name] == nil {
			t.Errorf("%s is not exported", f.Name)
		}
	}
}
