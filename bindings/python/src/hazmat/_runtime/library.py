"""One loaded library: its functions, its errors and the ways to call it."""

from __future__ import annotations

import ctypes
from ctypes import byref, c_size_t
from typing import Any, Callable, NoReturn, TypeVar

from .callbacks import Callbacks
from .errors import Error, Errors
from .implementations import Objects
from .loading import check_abi, open_library, path_of
from .values import AnyCode

Function = Callable[..., int]
Memory = TypeVar("Memory")
AnyInteger = TypeVar("AnyInteger", ctypes.c_size_t, ctypes.c_uint32, ctypes.c_uint64)

# A call whose output is about as long as its input offers the input's length
# alone from here on. What is offered in vain costs a copy of the whole output;
# what is missing costs one more call.
_LARGE = 1 << 16


class Library:
    """A shared library, checked to be the one that the binding was made for.

    ``name`` and ``soname`` say which file it is and ``prefix`` what its C names
    begin with. A library that cannot be loaded, or has another ABI, raises
    ImportError.
    """

    def __init__(
        self, *, name: str, soname: str, prefix: str, abi_version: int, abi_hash: str, folder: str, errors: Errors
    ) -> None:
        self._prefix = prefix
        self.abi_version = abi_version
        self.abi_hash = abi_hash
        self.path, self._cdll = open_library(name, soname, folder)
        try:
            found = (
                self._runtime("abi_version", ctypes.c_uint32)(),
                self._runtime("abi_hash", ctypes.c_char_p)().decode(),
            )
        except AttributeError as error:
            raise ImportError(f"{name}: {self.path} is no {name} library: {error}", name=name, path=self.path) from None
        check_abi(name, self.path, found, (abi_version, abi_hash))
        self._error_message = self._runtime("error_message", ctypes.c_char_p)
        self._status_string = self._runtime("status_string", ctypes.c_char_p, ctypes.c_uint32)
        self._load = self._runtime("load", ctypes.c_uint32)
        self._live_handles = self._runtime("live_handles", ctypes.c_size_t)
        self._fix_signal_handlers = self._runtime("fix_signal_handlers", ctypes.c_uint32)
        self._set_error_message = self._runtime("set_error_message", None, ctypes.c_char_p)
        self.errors = errors
        self._too_small = errors.buffer_too_small.status
        self._classes = {error.status: error for error in errors.all}
        self.callbacks = Callbacks(errors, self._tell, self._error_message)
        self.objects = Objects()

    def _runtime(self, name: str, result: Any, *arguments: Any) -> Any:
        function = self._cdll[f"{self._prefix}_{name}"]
        function.restype = result
        function.argtypes = arguments
        return function

    @property
    def file(self) -> str:
        """The file that was loaded: ``path`` is what was asked for."""
        return path_of(ctypes.cast(self._load, ctypes.c_void_p).value or 0)

    def prototype(self, name: str, *arguments: Any) -> Function:
        """Return a function that returns a status."""
        function: Function = self._runtime(name, ctypes.c_uint32, *arguments)
        return function

    def load(self) -> None:
        """Start the library now. Otherwise it starts with the first call that needs it, which is
        right for a process that forks workers.
        """
        self.call(self._load)

    def live_handles(self) -> int:
        """Return how many handles of this process have not been freed."""
        count: int = self._live_handles()
        return count

    def fix_signal_handlers(self) -> None:
        """Make all signal handlers of the process safe for the library (SA_ONSTACK).

        Python's own are; call this after other code, such as gevent, has installed
        some while the library was in use.
        """
        self.call(self._fix_signal_handlers)

    def fail(self, status: int) -> NoReturn:
        """Raise the error of the call that just returned ``status`` on this thread.

        If it failed because a callback did, what the callback raised is raised.
        """
        # No name here may hold the exception: its traceback holds this frame, and
        # the cycle would keep the caller's contexts and keys until it is collected.
        raise self._error(status)

    def _error(self, status: int) -> BaseException:
        raised = self.callbacks.take(status)
        if raised is not None:
            return raised
        message: bytes = self._error_message() or self._status_string(status)
        error = self._classes.get(status, Error)(message.decode(errors="replace"))
        if type(error) is Error:  # a code that this package does not know
            error.status = status
        return error

    def _tell(self, text: str, status: int) -> None:
        """Set the calling thread's error message, to the text of the status if it is empty."""
        message = text.replace("\0", " ").encode(errors="backslashreplace")
        self._set_error_message(message or self._status_string(status))

    def call(self, function: Function, *arguments: object) -> None:
        """Call a function that has no output."""
        status = function(*arguments)
        if status:
            self.fail(status)
        if self.callbacks.raised:
            self.callbacks.forget()

    def boolean(self, function: Function, *arguments: object) -> bool:
        """Call a function whose output is a truth value."""
        out = ctypes.c_bool()
        self.call(function, *arguments, ctypes.byref(out))
        return out.value

    def integer(self, function: Function, kind: type[AnyInteger], *arguments: object) -> int:
        """Call a function whose output is a number of a kind."""
        out = kind()
        self.call(function, *arguments, ctypes.byref(out))
        return out.value

    def pointer(self, function: Function, *arguments: object) -> int:
        """Call a function whose output is a handle or an address, which is never NULL."""
        out = ctypes.c_void_p()
        status = function(*arguments, byref(out))
        if status:
            self.fail(status)
        if self.callbacks.raised:
            self.callbacks.forget()
        assert out.value is not None
        return out.value

    def octets(self, function: Function, likely: int, more: int, *arguments: object) -> bytes:
        """Call a function whose output is at most ``likely`` plus ``more`` bytes."""
        # What _fill does, without its detours: this is what most calls are.
        room = likely if likely >= _LARGE else likely + more
        out = bytes(room)
        used = c_size_t()
        status = function(*arguments, out, room, byref(used))
        length = used.value
        if status:
            if status != self._too_small or length <= room:
                self.fail(status)
            out, length = self._fill(function, arguments, bytes, length)
        elif self.callbacks.raised:
            self.callbacks.forget()
        return out if length == len(out) else out[:length]

    def into(self, function: Function, *arguments: object) -> int:
        """Call a function that writes to the caller's memory; return how many bytes it wrote."""
        return self.integer(function, ctypes.c_size_t, *arguments)

    def filled(self, function: Function, length: int, *arguments: object) -> bytes:
        """Call a function that writes exactly ``length`` bytes."""
        out = bytes(length)
        self.call(function, *arguments, out, length)
        return out

    def text(self, function: Function, *arguments: object) -> str:
        """Call a function whose output is a text."""
        out, used = self._fill(function, arguments, bytes, 128)
        return out[:used].decode()

    def texts(self, function: Function, *arguments: object) -> list[str]:
        """Call a function whose output is a list of texts."""
        out, used = self._fill(function, arguments, bytes, 256)
        return [text.decode() for text in out[:used].split(b"\0")[:-1]]

    def numbers(self, function: Function, *arguments: object) -> list[int]:
        """Call a function whose output is a list of 32 bit numbers."""
        out, used = self._fill(function, arguments, _numbers, 32)
        return out[:used]

    def codes(self, function: Function, kind: type[AnyCode], *arguments: object) -> list[AnyCode]:
        """Call a function whose output is a list of codes of a kind."""
        return [kind(value) for value in self.numbers(function, *arguments)]

    def _fill(
        self, function: Function, arguments: tuple[object, ...], make: Callable[[int], Memory], room: int
    ) -> tuple[Memory, int]:
        """Call a function with memory for its output, again with more if it asks for more.

        The memory is a fresh ``bytes`` object as a rule: nobody has seen it yet,
        so it may still be written to, and needs no copy to be returned.
        """
        used = c_size_t()
        while True:
            out = make(room)
            status = function(*arguments, out, room, byref(used))
            if status != self._too_small or used.value <= room:
                break
            room = used.value
        if status:
            self.fail(status)
        if self.callbacks.raised:
            self.callbacks.forget()
        return out, used.value


def _numbers(room: int) -> ctypes.Array[ctypes.c_uint32]:
    return (ctypes.c_uint32 * room)()
