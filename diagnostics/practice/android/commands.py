"""The programs of a practice phone: what its shell can run, each a function of the phone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from diagnostics.practice.android.dumps import dump, services
from diagnostics.practice.android.dumps.storage import free_space
from diagnostics.practice.android.files import (
    DIRECTORIES,
    HIDDEN,
    children,
    is_directory,
    readable_files,
    refused_files,
)
from diagnostics.practice.android.parcels import exception_parcel, string_parcel
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.properties import properties
from diagnostics.practice.android.shell.builtins import BUILTINS
from diagnostics.practice.android.shell.interpreter import Call, Interpreter

Program = Callable[[PracticeAndroid, Call], int]

_ANDROID_9, _ANDROID_10, _ANDROID_11 = 28, 29, 30
_NO_SERVICE, _REFUSED = 20, 255
_GROUPS = (
    "1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),1078(ext_data_rw),1079(ext_obb_rw),"
    "3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid),3012(readtracefs)"
)
_IMEI_REFUSED = "getImeiForSlot: The user 2000 does not meet the requirements to access device identifiers."
_SETTINGS_REFUSED = (
    "java.lang.SecurityException: Permission denial: writing to settings requires:"
    "android.permission.WRITE_SECURE_SETTINGS\n"
)
_SYSTEM_PACKAGES = (
    "android",
    "com.android.settings",
    "com.android.systemui",
    "com.google.android.gms",
    "com.android.vending",
)


def shell_for(phone: PracticeAndroid) -> Interpreter:
    """Return a fresh shell on a phone."""
    programs = {name: partial(program, phone) for name, program in PROGRAMS.items()}
    if phone.character.root:
        programs["su"] = partial(_su, phone)
    old = phone.character.sdk < _ANDROID_10
    return Interpreter(
        commands={**programs, **BUILTINS, "which": partial(_which, frozenset({*programs, *BUILTINS}))},
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


def _getprop(phone: PracticeAndroid, call: Call) -> int:
    named = properties(phone)
    if call.args:
        default = call.args[1] if len(call.args) > 1 else ""
        call.out(named.get(call.args[0], default) + "\n")
    else:
        call.out("".join(f"[{name}]: [{value}]\n" for name, value in named.items()))
    return 0


def _dumpsys(phone: PracticeAndroid, call: Call) -> int:
    call.pause(phone.pace)
    if call.args[:1] == ("-l",):
        call.out("Currently running services:\n" + "".join(f"  {name}\n" for name in services(phone)))
    elif call.args:
        text = dump(phone, call.args[0])
        if text is None:
            call.err(f"Can't find service: {call.args[0]}\n")
        else:
            call.out(text)
    return 0


def _cat(phone: PracticeAndroid, call: Call) -> int:
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


def _ls(phone: PracticeAndroid, call: Call) -> int:
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


def _df(phone: PracticeAndroid, call: Call) -> int:
    paths = [a for a in call.args if not a.startswith("-")]
    unknown = [p for p in paths if not p.startswith(("/data", "/sdcard", "/storage"))]
    if unknown:
        call.err(f"df: '{unknown[0]}': No such file or directory\n")
        return 1
    call.out(free_space(phone))
    return 0


def _wm(phone: PracticeAndroid, call: Call) -> int:
    texts = {"size": f"Physical size: {phone.character.screen}\n", "density": "Physical density: 420\n"}
    if call.args[:1] and call.args[0] in texts and len(call.args) == 1:
        call.out(texts[call.args[0]])
        return 0
    call.err("usage: wm [size|density]\n")
    return _REFUSED


def _settings(phone: PracticeAndroid, call: Call) -> int:
    match call.args:
        case ("get", namespace, key):
            defaults = {
                "secure/user_setup_complete": "1",
                "global/device_provisioned": "1",
                "global/adb_enabled": "1",
            }
            values = {**defaults, **phone.character.settings}
            call.out(values.get(f"{namespace}/{key}", "null") + "\n")
            return 0
        case ("put" | "delete" | "reset", *_):
            call.err(_SETTINGS_REFUSED)
            return _REFUSED
    call.err("Invalid command: settings\n")
    return _REFUSED


def _dpm(phone: PracticeAndroid, call: Call) -> int:
    call.pause(phone.pace)
    if call.args[:1] != ("list-owners",) or phone.character.sdk < _ANDROID_11:
        call.err(f"Error: unknown command '{' '.join(call.args[:1])}'\nusage: dpm [subcommand] [options]\n")
        return 1
    locks = phone.character.locks
    owners = [f"User  0: admin={locks.owner},DeviceOwner,Affiliated"] if locks.owner else []
    owners += [f"User 10: admin={locks.work_profile},ProfileOwner"] if locks.work_profile else []
    count = {0: "no owners", 1: "1 owner:"}.get(len(owners), f"{len(owners)} owners:")
    call.out("".join(f"{line}\n" for line in (count, *owners)))
    return 0


def _pm(phone: PracticeAndroid, call: Call) -> int:
    match call.args:
        case ("list", "users"):
            work = "\tUserInfo{10:Work profile:1030} running\n" if phone.character.locks.work_profile else ""
            call.out(f"Users:\n\tUserInfo{{0:Owner:4c13}} running\n{work}")
        case ("list", "packages", *rest):
            call.out("".join(f"package:{name}\n" for name in _packages(phone, rest)))
        case ("path", name) if name in _packages(phone, []):
            call.out(f"package:/data/app/{name}/base.apk\n")
        case ("path", _):
            return 1
        case _:
            call.err("Unknown command: pm\n")
            return _REFUSED
    return 0


def _packages(phone: PracticeAndroid, options: list[str]) -> list[str]:
    system = [] if "-3" in options else list(_SYSTEM_PACKAGES)
    added = [] if "-s" in options else list(phone.character.packages)
    wanted = [o for o in options if not o.startswith("-")]
    return sorted(n for n in system + added if all(w in n for w in wanted))


def _service(phone: PracticeAndroid, call: Call) -> int:
    call.pause(phone.pace)
    match call.args:
        case ("call", "iphonesubinfo", code, *_):
            call.out(_subscriber(phone, code))
            return 0
        case ("call", name, *_):
            call.out(f"service: Service {name} does not exist\n")
            return 10
        case ("check", name):
            found = "found" if name in services(phone) or name == "iphonesubinfo" else "not found"
            call.out(f"Service {name}: {found}\n")
            return 0
    call.err("usage: service call SERVICE CODE\n")
    return 10


def _subscriber(phone: PracticeAndroid, code: str) -> str:
    """Answer for an IMEI: code 1 is the first slot's on every release; which one is the second's differs."""
    if phone.character.imei_by == "service" and phone.character.sdk <= _ANDROID_9 and code == "1":
        return string_parcel(phone.imeis[0])
    return exception_parcel(_IMEI_REFUSED)


def _cmd(phone: PracticeAndroid, call: Call) -> int:
    call.pause(phone.pace)
    match call.args:
        case ("lock_settings", *rest) if phone.character.sdk >= _ANDROID_9:
            return _locksettings(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case ("package", *rest):
            return _pm(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case ("device_policy", *rest):
            return _dpm(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case (name, *_):
            call.err(f"cmd: Can't find service: {name}\n")
            return _NO_SERVICE
    call.err("cmd: No service specified; use -l to list all services\n")
    return _NO_SERVICE


def _locksettings(phone: PracticeAndroid, call: Call) -> int:
    locks = phone.character.locks
    match call.args:
        case ("verify",) if locks.credential == "None":
            call.out("Lock credential verified successfully\n")
        case ("verify",):
            call.out("Old password 'null' didn't match\n")
        case ("get-disabled",):
            call.out("false\n")
        case _:
            call.err("Unknown command: locksettings\n")
            return _REFUSED
    return 0


def _lshal(_phone: PracticeAndroid, call: Call) -> int:
    name = call.args[-1] if call.args else ""
    call.err(f"Service {name} does not exist or is not declared in the VINTF manifest\n")
    return 1


def _id(_phone: PracticeAndroid, call: Call) -> int:
    call.out(f"uid=2000(shell) gid=2000(shell) groups=2000(shell),{_GROUPS} context=u:r:shell:s0\n")
    return 0


def _uname(phone: PracticeAndroid, call: Call) -> int:
    kernel = phone.character.build.kernel
    texts = {"-r": kernel, "-m": "aarch64", "-a": f"Linux localhost {kernel} #1 SMP PREEMPT aarch64 Toybox"}
    call.out(texts.get(call.args[0] if call.args else "", "Linux") + "\n")
    return 0


def _su(_phone: PracticeAndroid, call: Call) -> int:
    call.err("Permission denied\n")
    return 13


def _which(known: frozenset[str], call: Call) -> int:
    missing = 0
    for name in call.args:
        if name in known:
            call.out(f"/{'product' if name == 'su' else 'system'}/bin/{name}\n")
        else:
            missing = 1
    return missing


def _say(text: str, _phone: PracticeAndroid, call: Call) -> int:
    call.out(text)
    return 0


def _refuse(_phone: PracticeAndroid, call: Call) -> int:
    call.err("Not allowed on a practice phone\n")
    return _REFUSED


PROGRAMS: dict[str, Program] = {
    "getprop": _getprop,
    "dumpsys": _dumpsys,
    "cat": _cat,
    "ls": _ls,
    "df": _df,
    "wm": _wm,
    "settings": _settings,
    "dpm": _dpm,
    "pm": _pm,
    "service": _service,
    "cmd": _cmd,
    "locksettings": _locksettings,
    "lshal": _lshal,
    "id": _id,
    "uname": _uname,
    "whoami": partial(_say, "shell\n"),
    "getenforce": partial(_say, "Enforcing\n"),
    "reboot": _refuse,
    "setprop": _refuse,
    "svc": _refuse,
    "am": _refuse,
    "input": _refuse,
}
