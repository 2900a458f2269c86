"""What processes of this program say to each other through pipes.

In: anything that can be pickled. Out: the same at the other end. Never: a pickle from anybody else.

A message is its length (8 bytes) and a pickle.
"""

from __future__ import annotations

import pickle
import struct
from typing import IO, TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

_LENGTH = struct.Struct("<Q")


class Errand(NamedTuple):
    """Work that a process does for another one; what it gives is the answer."""

    work: Callable[[], Any]


def send(stream: IO[bytes], message: Any) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> Any:
    """Read one message; None when the other end is gone."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    body = stream.read(length)
    return pickle.loads(body) if len(body) == length else None  # noqa: S301 - from our own process
