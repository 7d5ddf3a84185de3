"""Opens arrays of numpy's format from files that anybody may have made: never takes more memory than was asked for.

`numpy.load` sets aside what a file's first line says, and unpacks whatever is in it, before anything can be checked.
"""

from __future__ import annotations

import io
import math
import zipfile
import zlib
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""The others' unpackers know no limit."""


def array_of(data: bytes) -> NDArray[Any]:
    """Return the array of a ``.npy`` file, on the file's own bytes: it cannot be written to.

    Raises:
        ValueError: It is none, or its first line says something else than what follows.
    """
    file = io.BytesIO(data)
    if np.lib.format.read_magic(file) != (1, 0):
        raise ValueError("it is of another version")
    shape, by_column, kind = np.lib.format.read_array_header_1_0(file)
    count, start = math.prod(shape), file.tell()
    if by_column or kind.hasobject or min(shape, default=0) < 0 or count * kind.itemsize != len(data) - start:
        raise ValueError("it holds something else than it says")
    return np.frombuffer(data[start:], kind, count).reshape(shape) if count else np.empty(shape, kind)


def packed_array(data: bytes, name: str, most: int) -> NDArray[Any]:
    """Return one array of an ``.npz`` file.

    Args:
        data: The file.
        name: Of the array.
        most: Bytes that it may unpack to.

    Raises:
        ValueError: There is none of that name, it is larger, or it is damaged.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo(f"{name}.npy")
            if info.file_size > most or info.compress_type not in _KINDS:
                raise ValueError("it unpacks to more than it may")
            with archive.open(info) as file:
                return array_of(file.read(most + 1))
    except (KeyError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError(str(error)) from None
