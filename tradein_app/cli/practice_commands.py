"""``tradein practice`` and its options; what it does is in `tradein_app.cli.practising`."""

from __future__ import annotations

from typing import Annotated

import typer

practice = typer.Typer(
    help="Run the practice bench: phones that are not there, behind a usbmuxd and an adb server that are.\n\n"
    "It prints the variables that point clients at it, and runs until it is interrupted. The commands below drive a "
    "running bench; they find it through TRADEIN_PRACTICE.",
    rich_markup_mode=None,
)

DRIVERS = {
    "plug": "Put a phone's cable in.",
    "unplug": "Pull a phone's cable.",
    "trust": "Tap Trust, or Allow USB debugging.",
    "deny": "Tap Don't Trust, or refuse USB debugging.",
    "revoke": "Make a phone forget the computers that it trusts.",
    "lock": "Lock a phone's screen.",
    "unlock": "Unlock a phone's screen.",
    "hang": "Let a phone take requests and never answer.",
    "wake": "Let a phone answer again.",
    "drop": "Break a phone's next answer off in the middle.",
}
"""What `tradein practice` can do to a phone, in words."""

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
PhoneId = Annotated[str, typer.Argument(metavar="ID", help="A practice phone's id or name.")]


@practice.callback(invoke_without_command=True)
def _practice(
    context: typer.Context,
    phones: Annotated[
        int, typer.Option(metavar="N", min=1, max=200, help="Phones altogether: half iPhones, half Android.")
    ] = 16,
    as_json: AsJson = False,
) -> int:
    if context.invoked_subcommand:
        return 0
    from tradein_app.cli.practising import run_bench

    return run_bench(phones, as_json=as_json)


@practice.command(name="list")
def list_phones(as_json: AsJson = False) -> int:
    """List the phones of a running bench."""
    from tradein_app.cli.practising import list_phones

    return list_phones(as_json=as_json)


@practice.command(name="faults")
def list_faults(as_json: AsJson = False) -> int:
    """List what there is to practise."""
    from tradein_app.cli.practising import list_faults

    return list_faults(as_json=as_json)


@practice.command(name="fault")
def put_fault(
    target: Annotated[
        str, typer.Argument(metavar="ID", help="A practice phone's id or name, usbmuxd or adb.")
    ],
    fault: Annotated[str, typer.Argument(metavar="FAULT", help="One of those that `faults` lists.")],
    step: Annotated[str, typer.Option("--at", metavar="STEP", help="Where in the conversation.")] = "",
    times: Annotated[int, typer.Option(metavar="N", min=0, help="After N times it ends by itself.")] = 0,
) -> int:
    """Give a phone a fault, in place of the one that it has."""
    from tradein_app.cli.practising import put_fault

    return put_fault(target, fault, step, times)


@practice.command(name="mode")
def put_mode(
    phone: PhoneId,
    mode: Annotated[
        str,
        typer.Argument(
            metavar="MODE",
            help="normal; iPhones: recovery, dfu; Android: files, charging, fastboot, download, edl, preloader.",
        ),
    ],
) -> int:
    """Put a phone in another mode; normal starts it again."""
    from tradein_app.cli.practising import put_mode

    return put_mode(phone, mode)


@practice.command(name="clear")
def clear_fault(target: PhoneId) -> int:
    """Take a phone's fault away: it is as it was before."""
    from tradein_app.cli.practising import clear_fault

    return clear_fault(target)


@practice.command(name="requests")
def list_requests(
    phone: Annotated[str, typer.Argument(metavar="[ID]", help="One phone; all when left out.")] = "",
    changes: Annotated[bool, typer.Option("--changes", help="Only what changes a phone.")] = False,
    as_json: AsJson = False,
) -> int:
    """List what the practice phones were asked."""
    from tradein_app.cli.practising import list_requests

    return list_requests(phone, changes=changes, as_json=as_json)


def _add_driver(command: str, words: str) -> None:
    def drive(phone: PhoneId) -> int:
        from tradein_app.cli.practising import drive

        return drive(command, phone)

    practice.command(name=command, help=words)(drive)


for _command, _words in DRIVERS.items():
    _add_driver(_command, _words)
