"""The programs of a practice phone: what its shell can run, each a function of the phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from diagnostics.practice.android.files import DIRECTORIES, readable_files, refused_files
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.programs import files, services, system
from diagnostics.practice.android.shell.builtins import BUILTINS
from diagnostics.practice.android.shell.interpreter import Call, Interpreter

Program = Callable[[PracticeAndroid, Call], int]

_ANDROID_10 = 29


PROGRAMS: dict[str, Program] = {
    "getprop": system.getprop,
    "dumpsys": services.dumpsys,
    "cat": files.cat,
    "ls": files.ls,
    "df": files.df,
    "wm": system.wm,
    "settings": system.settings,
    "dpm": services.dpm,
    "pm": services.pm,
    "service": services.service,
    "cmd": services.cmd,
    "locksettings": services.locksettings,
    "lshal": services.lshal,
    "id": system.identity,
    "uname": system.uname,
    "whoami": partial(system.say, "shell\n"),
    "getenforce": partial(system.say, "Enforcing\n"),
    "reboot": system.refuse,
    "setprop": system.refuse,
    "svc": system.refuse,
    "am": system.refuse,
    "input": system.refuse,
}


def shell_for(phone: PracticeAndroid) -> Interpreter:
    """Return a fresh shell on a phone."""
    programs = {name: partial(program, phone) for name, program in PROGRAMS.items()}
    if phone.character.root:
        programs["su"] = partial(system.su, phone)
    old = phone.character.sdk < _ANDROID_10
    return Interpreter(
        commands={**programs, **BUILTINS, "which": partial(system.which, frozenset({*programs, *BUILTINS}))},
        files=readable_files(phone),
        directories=(*DIRECTORIES, *refused_files(phone)),
        not_found="not found" if old else "inaccessible or not found",
        environment={
            "HOME": "/",
            "USER": "shell",
            "ANDROID_DATA": "/data",
            "HOSTNAME": phone.character.build.codename,
        },
    )
