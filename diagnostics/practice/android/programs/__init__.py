"""The programs of a practice phone: what its shell can run, each a function of the phone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from diagnostics.practice.android.changes import Said
from diagnostics.practice.android.files import DIRECTORIES, readable_files, refused_files
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.programs import files, services, system
from diagnostics.practice.android.shell.builtins import BUILTINS
from diagnostics.practice.android.shell.interpreter import Call, Command, Interpreter
from diagnostics.practice.android.steps import changes_phone, of_command

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
    """Return a fresh shell on a phone, whose commands say what the phone's fault makes of them."""
    shell = faultless_shell(phone)
    shell.commands = {
        name: partial(_spoilt, phone, name, program) for name, program in shell.commands.items()
    }
    shell.on_command = partial(_log, phone)
    return shell


def faultless_shell(phone: PracticeAndroid) -> Interpreter:
    """Return a fresh shell on a phone that no fault touches, and that writes nothing down."""
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


def _log(phone: PracticeAndroid, words: tuple[str, ...]) -> None:
    if words[0] not in BUILTINS:
        phone.log("shell", words[0], " ".join(words), changes=changes_phone(words))


def _spoilt(phone: PracticeAndroid, name: str, program: Command, call: Call) -> int:
    """Run a program, and print what the phone's fault makes of its output."""
    words = (name, *call.args)
    step = of_command(words)
    if not phone.troubles.changes_at(step):
        return program(call)
    heard = bytearray()
    quiet = replace(call, write={1: heard.extend, 2: heard.extend})
    status = program(quiet)
    said = phone.troubles.change(step, Said(words, bytes(heard), status, partial(_ask, phone)))
    call.write[1](said.data)
    return int(said.status)


def _ask(phone: PracticeAndroid, command: str) -> bytes:
    return faultless_shell(phone).run(command).text().encode()
