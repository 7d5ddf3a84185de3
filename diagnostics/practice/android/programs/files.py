"""The programs that look at files: cat, ls and df."""

from __future__ import annotations

from diagnostics.practice.android.dumps.storage import free_space
from diagnostics.practice.android.files import HIDDEN, children, is_directory, readable_files, refused_files
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.shell.interpreter import Call


def cat(phone: PracticeAndroid, call: Call) -> int:
    """Print files; one that is there but not for the shell is refused, with exit status 1."""
    files, refused, status = readable_files(phone), refused_files(phone), 0
    if not call.args:
        call.write[1](call.stdin)
    for path in call.args:
        if path in files:
            call.write[1](files[path])
            continue
        status = 1
        reason = _why_not(phone, path, path in refused)
        call.err(f"cat: {path}: {reason}\n")
    return status


def _why_not(phone: PracticeAndroid, path: str, refused: bool) -> str:
    if refused or path.startswith("/data/"):
        return "Permission denied"
    return "Is a directory" if is_directory(phone, path) else "No such file or directory"


def ls(phone: PracticeAndroid, call: Call) -> int:
    """List a directory, one name a line."""
    status = 0
    for path in [a for a in call.args if not a.startswith("-")] or ["/"]:
        plain = path.rstrip("/") or "/"
        if plain in HIDDEN:
            call.err(f"ls: {path}: Permission denied\n")
            status = 1
        elif is_directory(phone, plain):
            call.out("".join(f"{name}\n" for name in children(phone, plain)))
        elif plain in readable_files(phone) or plain in refused_files(phone):
            call.out(f"{path}\n")
        else:
            call.err(f"ls: {path}: No such file or directory\n")
            status = 1
    return status


def df(phone: PracticeAndroid, call: Call) -> int:
    """Print the size of /data and what is free of it."""
    paths = [a for a in call.args if not a.startswith("-")]
    unknown = [p for p in paths if not p.startswith(("/data", "/sdcard", "/storage"))]
    if unknown:
        call.err(f"df: '{unknown[0]}': No such file or directory\n")
        return 1
    call.out(free_space(phone))
    return 0
