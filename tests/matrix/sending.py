"""What was sent to practice Android phones, held against the reviewed list, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from diagnostics.android.batch import end_marker
from diagnostics.android.commands import REVIEWED
from diagnostics.android.source import LOOK
from diagnostics.practice.android.server import Request

_ASKED = re.compile(r"echo @@(?P<word>[0-9a-f]{8}):[a-z_]+@@; (?P<text>.+?) 2>&1; echo @@(?P=word)=\$\?@@; ")
_OF_THE_SERVER = re.compile(
    r"host:(devices|devices-l|track-devices|track-devices-l|transport-id:\d+|transport:\S+|version)"
)


class Sent(list[Request]):
    """A practice server's log that keeps only what nobody reviewed, however long it is."""

    def __init__(self) -> None:
        super().__init__()
        self.unlisted: list[str] = []

    def append(self, request: Request) -> None:
        """Look at one request."""
        self.unlisted.extend(unlisted([request]))


def unlisted(requests: Iterable[Request]) -> Iterator[str]:
    """Yield what was sent to an adb server or a phone, and is not on the list."""
    for request in requests:
        if not request.phone_id:
            if not _OF_THE_SERVER.fullmatch(request.command):
                yield request.command
        elif request.service in {"shell", "shell,v2"} and request.command == LOOK:
            continue
        elif request.service not in {"shell", "shell,v2"} or not _is_made_of_markers(request):
            yield f"{request.service}:{request.command}"
        else:
            yield from (text for text in commands_of(request) if text not in REVIEWED)


def commands_of(request: Request) -> list[str]:
    """Return the commands of one shell call; of anything else, none."""
    return [found["text"] for found in _ASKED.finditer(request.command)] if request.phone_id else []


def _is_made_of_markers(request: Request) -> bool:
    """Return whether a call is nothing but markers, and commands between them."""
    words = {found["word"] for found in _ASKED.finditer(request.command)}
    rest = _ASKED.sub("", request.command)
    return len(words) == 1 and rest == f"echo {end_marker(words.pop())}"
