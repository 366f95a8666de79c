package engine

import "github.com/hazmat/hazmat/backends"

// xofContext is a message whose state is an XOF.
type xofContext struct {
	message
	squeezing bool // the message has ended and output has begun
}

func (c *xofContext) Update(data []byte) error {
	if c.squeezing {
		return errFinalized()
	}
	return c.message.Update(data)
}

func (c *xofContext) Finalize(dst []byte) (int, error) {
	if c.squeezing {
		return 0, errFinalized()
	}
	return c.message.Finalize(dst)
}

func (c *xofContext) Squeeze(dst []byte) error {
	if c.state == nil {
		return errFinalized()
	}
	c.squeezing = true
	err := c.state.(XOF).Squeeze(dst)
	if err != nil {
		clear(dst)
		c.Close()
	}
	return err
}

func (c *xofContext) Copy() (backends.HashContext, error) {
	m, err := c.clone()
	if err != nil {
		return nil, err
	}
	return &xofContext{m, c.squeezing}, nil
}
