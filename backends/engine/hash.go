package engine

import "github.com/hazmat/hazmat/backends"

// Hash is the state of a hash function, or of HMAC over one.
type Hash interface {
	// Write adds data to the message.
	Write(data []byte) error

	// Sum ends the message and fills dst, which is as long as the digest.
	// Only Close follows.
	Sum(dst []byte) error

	// Clone returns an independent copy. That of an XOF is an XOF.
	Clone() (Hash, error)

	// Close wipes and releases the state. It is called once, and last.
	Close()
}

// XOF is the state of an extendable-output function. Its Sum gives as many
// bytes as it is asked for.
type XOF interface {
	Hash

	// Squeeze fills dst with the next len(dst) bytes of output. Only Squeeze,
	// Clone and Close follow.
	Squeeze(dst []byte) error
}

// NewHashContext returns a context around a new state, which it owns from then
// on. It is a backends.XOFContext if the state is an XOF.
func NewHashContext(algorithm backends.HashAlgorithm, state Hash) backends.HashContext {
	m := newMessage(algorithm, state)
	if _, ok := state.(XOF); ok {
		return &xofContext{message: m}
	}
	return &hashContext{m}
}

// message is what all contexts over a Hash share.
type message struct {
	algorithm backends.HashAlgorithm
	size      int  // of the digest, in bytes
	state     Hash // nil once the context is finalized
}

func newMessage(algorithm backends.HashAlgorithm, state Hash) message {
	return message{algorithm: algorithm, size: algorithm.DigestSize(), state: state}
}

func (m *message) Algorithm() backends.HashAlgorithm { return m.algorithm }

func (m *message) Update(data []byte) error {
	if m.state == nil {
		return errFinalized()
	}
	err := m.state.Write(data)
	if err != nil {
		m.Close()
	}
	return err
}

func (m *message) Finalize(dst []byte) (int, error) {
	if m.state == nil {
		return 0, errFinalized()
	}
	if need, err := checkRoom(dst, m.size); err != nil {
		return need, err
	}
	defer m.Close()
	if err := m.state.Sum(dst[:m.size]); err != nil {
		clear(dst[:m.size])
		return 0, err
	}
	return m.size, nil
}

// clone returns a copy of the message with a state of its own.
func (m *message) clone() (message, error) {
	if m.state == nil {
		return message{}, errFinalized()
	}
	state, err := m.state.Clone()
	if err != nil {
		return message{}, err
	}
	return message{m.algorithm, m.size, state}, nil
}

func (m *message) Close() {
	if m.state != nil {
		m.state.Close()
		m.state = nil
	}
}

type hashContext struct{ message }

func (c *hashContext) Copy() (backends.HashContext, error) {
	m, err := c.clone()
	if err != nil {
		return nil, err
	}
	return &hashContext{m}, nil
}
