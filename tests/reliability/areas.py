"""What is run in each area: shortly in make test, in full by make reliability."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Program:
    """A program with its arguments; None where it is too slow."""

    name: str
    short: tuple[str, ...] | None
    full: tuple[str, ...] | None
    variant: str = "plain"


@dataclass(frozen=True)
class Area:
    """Programs that show one thing."""

    about: str
    programs: tuple[Program, ...]


AREAS = {
    "fuzzing": Area(
        "libFuzzer chooses the calls of that machine by bytes, with the C front and the Go core both"
        " instrumented, so that it sees which way an input takes through either, and with AddressSanitizer and UBSan"
        " in C. Go's fuzz targets are given the arguments of every export, messages for streaming GCM and for both"
        " backends, and packages for the generator. What found new ways is in the tree; make test runs it again.",
        (
            Program("../fuzz/replay", ("tests/fuzz/corpus",), ("tests/fuzz/corpus",)),
            Program("../fuzz/replay", ("tests/fuzz/corpus",), ("tests/fuzz/corpus",), "asan"),
            Program("run.sh", None, ("c", "120s"), "fuzz"),
            Program("run.sh", None, ("go", "120s"), "fuzz"),
        ),
    ),
    "handles": Area(
        "A machine makes random calls on handles of every kind: right ones, and ones that were freed, are of"
        " another kind, come from before a fork, or are any address at all, with right and wrong arguments. It"
        " keeps a model of each object, from which it knows the status and the bytes of every answer, what must"
        " stay untouched, and how many handles are live. Whatever differs is a failure, and so is a handle left"
        " in the end.",
        (
            Program("handles", ("200000",), ("1000000", "1", "20")),
            Program("handles", None, ("1000000",)),
            Program("handles", ("20000", "1", "0"), ("200000", "1", "0"), "asan"),
            Program("handles", ("1000", "1", "0"), ("20000", "1", "0"), "valgrind"),
        ),
    ),
    "limits": Area(
        "2 GiB and a byte in one update, and 10 MB in updates of a byte, by both backends: each must give what 1 MiB"
        " at a time, or all at once, gives. Messages of no bytes, by every algorithm. Counters walked to their end:"
        " what goes over it is refused before any of it is processed, and the context goes on. In make test two"
        " of the four operations are tried with long messages.",
        (
            Program("limits", (), ()),
            Program("long_messages", ("short",), ("full",)),
        ),
    ),
    "panics": Area(
        "A core built for the purpose panics in one exported function after the other, behind the checks of its"
        " arguments. Each call must be HZ_ERR_INTERNAL with a text, leave its outputs as they were or zero, and"
        " leak no handle; the context is dead but can be freed, and the same call on another handle succeeds.",
        (
            Program("panics", (), ()),
            Program("panics", (), (), "asan"),
        ),
    ),
    "signals": Area(
        "Four threads encrypt with GCM and hash, the latter through an implementation in C, while the process and"
        " its threads are sent USR1 and CHLD and two timers send ALRM and PROF. The handlers use 6,000 bytes of"
        " stack. Every result must be right. In each run the handlers come another way, and without"
        " hz_fix_signal_handlers(), where that is needed, every run crashes: signals 2 5 unfixed shows it.",
        (Program("signals", ("1", "4"), ("2", "20")),),
    ),
    "threads": Area(
        "64 threads make every call of the library, with contexts of their own on backends that all share. Under"
        " ThreadSanitizer the front and the programs are instrumented; the core, which is Go, is under Go's race"
        " detector in make test-go. A second thread that comes to a context in use gets HZ_ERR_BUSY, from every"
        " function. Threads that make a few calls and end leave no memory, no thread and no handle.",
        (
            Program("threads", ("10",), ("100",)),
            Program("threads", ("2",), ("20",), "tsan"),
            Program("../c/test_threads", (), (), "tsan"),
            Program("short_threads", ("2000",), ("10000",)),
        ),
    ),
}
