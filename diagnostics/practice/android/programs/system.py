"""The programs that tell of the system itself: getprop, wm, settings, id, uname and which."""

from __future__ import annotations

from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.properties import properties
from diagnostics.practice.android.shell.interpreter import Call

_REFUSED = 255
_GROUPS = (
    "1004(input),1007(log),1011(adb),1015(sdcard_rw),1028(sdcard_r),1078(ext_data_rw),1079(ext_obb_rw),"
    "3001(net_bt_admin),3002(net_bt),3003(inet),3006(net_bw_stats),3009(readproc),3011(uhid),3012(readtracefs)"
)
_SETTINGS_REFUSED = (
    "java.lang.SecurityException: Permission denial: writing to settings requires:"
    "android.permission.WRITE_SECURE_SETTINGS\n"
)


def getprop(phone: PracticeAndroid, call: Call) -> int:
    """Print one property, or all of them."""
    named = properties(phone)
    if call.args:
        default = call.args[1] if len(call.args) > 1 else ""
        call.out(named.get(call.args[0], default) + "\n")
    else:
        call.out("".join(f"[{name}]: [{value}]\n" for name, value in named.items()))
    return 0


def wm(phone: PracticeAndroid, call: Call) -> int:
    """Print the screen's size."""
    texts = {"size": f"Physical size: {phone.character.screen}\n", "density": "Physical density: 420\n"}
    if call.args[:1] and call.args[0] in texts and len(call.args) == 1:
        call.out(texts[call.args[0]])
        return 0
    call.err("usage: wm [size|density]\n")
    return _REFUSED


def settings(phone: PracticeAndroid, call: Call) -> int:
    """Print a setting; writing one is refused, as where "USB debugging (Security settings)" is off."""
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


def identity(_phone: PracticeAndroid, call: Call) -> int:
    """Print the shell's user."""
    call.out(f"uid=2000(shell) gid=2000(shell) groups=2000(shell),{_GROUPS} context=u:r:shell:s0\n")
    return 0


def uname(phone: PracticeAndroid, call: Call) -> int:
    """Print the kernel's name."""
    kernel = phone.character.build.kernel
    texts = {"-r": kernel, "-m": "aarch64", "-a": f"Linux localhost {kernel} #1 SMP PREEMPT aarch64 Toybox"}
    call.out(texts.get(call.args[0] if call.args else "", "Linux") + "\n")
    return 0


def su(_phone: PracticeAndroid, call: Call) -> int:
    """Be there, and still refuse: the root manager has to allow it on the screen."""
    call.err("Permission denied\n")
    return 13


def which(known: frozenset[str], call: Call) -> int:
    """Print where programs are."""
    missing = 0
    for name in call.args:
        if name in known:
            call.out(f"/{'product' if name == 'su' else 'system'}/bin/{name}\n")
        else:
            missing = 1
    return missing


def say(text: str, _phone: PracticeAndroid, call: Call) -> int:
    """Print a fixed text."""
    call.out(text)
    return 0


def refuse(_phone: PracticeAndroid, call: Call) -> int:
    """Refuse what would change the phone."""
    call.err("Not allowed on a practice phone\n")
    return _REFUSED
