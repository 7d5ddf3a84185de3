"""The programs that ask a system service: dumpsys, dpm, pm, service, cmd, locksettings and lshal."""

from __future__ import annotations

from diagnostics.practice.android.dumps import dump, services
from diagnostics.practice.android.dumps.health import HIDL_SERVICES, hidl_health_dump
from diagnostics.practice.android.parcels import exception_parcel, string_parcel
from diagnostics.practice.android.phone import PracticeAndroid
from diagnostics.practice.android.shell.interpreter import Call

_ANDROID_9, _ANDROID_11 = 28, 30
_NO_SERVICE, _REFUSED = 20, 255
_IMEI_REFUSED = "getImeiForSlot: The user 2000 does not meet the requirements to access device identifiers."
_SYSTEM_PACKAGES = (
    "android",
    "com.android.settings",
    "com.android.systemui",
)
_GOOGLE_PACKAGES = ("com.google.android.gms", "com.android.vending")


def dumpsys(phone: PracticeAndroid, call: Call) -> int:
    """Print a service's dump; a service that is not there is told on stderr, with exit status 0 as on real phones."""
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


def dpm(phone: PracticeAndroid, call: Call) -> int:
    """List who manages the phone (Android 11 on; older ones do not know the question)."""
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


def pm(phone: PracticeAndroid, call: Call) -> int:
    """List users and packages."""
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
    google = _GOOGLE_PACKAGES if phone.character.google else ()
    system = [] if "-3" in options else [*_SYSTEM_PACKAGES, *google]
    added = [] if "-s" in options else list(phone.character.packages)
    wanted = [o for o in options if not o.startswith("-")]
    return sorted(n for n in system + added if all(w in n for w in wanted))


def service(phone: PracticeAndroid, call: Call) -> int:
    """Call a service by its code; only the IMEI question is known."""
    call.pause(phone.pace)
    match call.args:
        case ("call", "iphonesubinfo", _, *_):
            call.out(_subscriber(phone, *call.args[2:]))
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


def _subscriber(phone: PracticeAndroid, code: str, *args: str) -> str:
    """Answer for an IMEI (AOSP IPhoneSubInfo, 5.1 to 10): code 1 is the default slot's, 3 that of a slot by number."""
    told = phone.character.imei_by == "service" and phone.character.sdk <= _ANDROID_9
    if told and code == "1":
        return string_parcel(phone.imeis[0])
    if told and code == "3" and args[:1] == ("i32",):
        return string_parcel(_of_slot(phone, args[1]))
    return exception_parcel(_IMEI_REFUSED)


def _of_slot(phone: PracticeAndroid, slot: str) -> str:
    """Return the IMEI of a slot; AOSP's PhoneSubInfoController takes the first for one that is not there."""
    return phone.imeis[1] if slot == "1" and len(phone.imeis) > 1 else phone.imeis[0]


def cmd(phone: PracticeAndroid, call: Call) -> int:
    """Pass a command on to a service."""
    call.pause(phone.pace)
    match call.args:
        case ("lock_settings", *rest) if phone.character.sdk >= _ANDROID_9:
            return locksettings(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case ("package", *rest):
            return pm(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case ("device_policy", *rest):
            return dpm(phone, Call(tuple(rest), call.stdin, call.write, call.pause))
        case (name, *_):
            call.err(f"cmd: Can't find service: {name}\n")
            return _NO_SERVICE
    call.err("cmd: No service specified; use -l to list all services\n")
    return _NO_SERVICE


def locksettings(phone: PracticeAndroid, call: Call) -> int:
    """Try no credential before anything else, as AOSP's LockSettingsShellCommand does up to Android 13."""
    if phone.character.locks.secured:
        call.out("Old password '' didn't match\n")
        return _REFUSED
    match call.args:
        case ("verify",):
            call.out("Lock credential verified successfully\n")
        case ("get-disabled",):
            call.out("false\n")
        case _:
            call.err("Unknown command: locksettings\n")
            return _REFUSED
    return 0


def lshal(phone: PracticeAndroid, call: Call) -> int:
    """Print the health HAL's state where it is a HIDL service (Android 9 to 12)."""
    name = call.args[-1] if call.args else ""
    text = hidl_health_dump(phone) if name in HIDL_SERVICES else None
    if text is None:
        call.err(f"Service {name} does not exist or is not declared in the VINTF manifest\n")
        return 1
    call.out(text)
    return 0
