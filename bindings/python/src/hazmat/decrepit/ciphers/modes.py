"""Modes of operation that old data needs and new data should not."""

from __future__ import annotations

from ... import algorithms as _codes
from ...primitives._modes import VectorMode

__all__ = ["CFB", "CFB8", "OFB"]


class OFB(VectorMode):
    """Output feedback (NIST SP 800-38A, section 6.4), with a vector of one block.

    Raises TypeError for a vector that is no buffer.
    """

    name = "OFB"
    code = _codes.CipherMode.OFB


class CFB(VectorMode):
    """Cipher feedback of whole blocks (NIST SP 800-38A, section 6.3), with a vector of one block.

    Raises TypeError for a vector that is no buffer.
    """

    name = "CFB"
    code = _codes.CipherMode.CFB


class CFB8(VectorMode):
    """Cipher feedback of 8 bits (NIST SP 800-38A, section 6.3), with a vector of one block.

    Raises TypeError for a vector that is no buffer.
    """

    name = "CFB8"
    code = _codes.CipherMode.CFB8
