"""Has the names of new files on the disk, too: a file whose folder never heard of it is gone when the power goes."""

from __future__ import annotations

import errno
import os
from pathlib import Path

_NOT_DONE = frozenset(
    {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EBADF, errno.EACCES, errno.EPERM}
)
"""What drives say that keep no folder on demand, such as those of a network, and folders that may not be opened."""


def keep_name(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system and the drive do that for folders.

    Raises:
        OSError: The disk failed over it.
    """
    if os.name != "posix":
        return  # Windows does it by itself, and opens no folders
    try:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno not in _NOT_DONE:
            raise
