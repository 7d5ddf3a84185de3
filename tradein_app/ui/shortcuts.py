"""The keys, as data: the window binds them, the sheet of keys lists them, a test finds two of one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

ANYWHERE, DEVICES, CHECKLIST, QUOTE = "anywhere", "devices", "checklist", "quote"
CONTEXT = "keys"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One action and its keys.

    Attributes:
        action: What the window calls it.
        keys: In Qt's portable form.
        place: Where they work.
        text: What it does, in English; translated when shown.
        shown: What the sheet shows in place of many keys.
        handled: Bound by the window as shortcuts; the others are handled by the panel that has the focus, so that
            typing in a field is never swallowed.
        command: It stands in the command palette.
    """

    action: str
    keys: tuple[str, ...]
    place: str
    text: object  # a str; Qt's hints call what marks it for translation an object
    shown: str = ""
    handled: bool = True
    command: bool = True


SHORTCUTS = (
    Shortcut("keys", ("F1",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Show the keys")),
    Shortcut("palette", ("Ctrl+K",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Find a command"), command=False),
    Shortcut("next_phone", ("F3",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Next phone that needs you")),
    Shortcut(
        "previous_phone", ("Shift+F3",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Previous phone that needs you")
    ),
    Shortcut("next_action", ("F4",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Do the next action in the bar")),
    Shortcut("read_again", ("F5",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Read this phone again")),
    Shortcut("next_panel", ("F6",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Next panel")),
    Shortcut("previous_panel", ("Shift+F6",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Previous panel")),
    Shortcut(
        "port",
        tuple(f"Alt+{digit}" for digit in "1234567890"),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Slots 1 to 10"),
        shown="Alt+1 … Alt+0",
        command=False,
    ),
    Shortcut("any_port", ("Ctrl+G",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Go to any slot by its number")),
    Shortcut(
        "page",
        tuple(f"Ctrl+{digit}" for digit in "123456789"),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Pages 1 to 9 of the checklist"),
        shown="Ctrl+1 … Ctrl+9",
        command=False,
    ),
    Shortcut(
        "secrets", ("Ctrl+I",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Show or hide IMEI and serial number")
    ),
    Shortcut(
        "next_step", ("Ctrl+T",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "USB debugging: that step did not help")
    ),
    Shortcut(
        "name_model",
        ("Ctrl+M",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Name a model or a colour that is not known"),
    ),
    Shortcut(
        "slots", ("F11",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "All slots, and how often each lost its phone")
    ),
    Shortcut("number_slots", ("Shift+F11",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Number the slots")),
    Shortcut(
        "calibration",
        ("Ctrl+Shift+C",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Calibration: re-grade reference phones"),
    ),
    Shortcut(
        "prices",
        ("Ctrl+Shift+P",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Prices: what a phone is worth, and how good that is"),
    ),
    Shortcut(
        "sale",
        ("Ctrl+Shift+S",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Record what a bought phone was sold for"),
    ),
    Shortcut("photo", ("F7",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Add a photo to the open question")),
    Shortcut(
        "photos", ("Shift+F7",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Show the photos of this question")
    ),
    Shortcut(
        "photo_folder",
        ("Ctrl+F7",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Take photos from a folder that a phone or scanner fills"),
    ),
    Shortcut(
        "photo_camera", ("Alt+F7",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Photo with this computer's camera")
    ),
    Shortcut("view", ("F10",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "View: colours and language")),
    Shortcut(
        "trainer",
        ("F8",),
        ANYWHERE,
        QT_TRANSLATE_NOOP("keys", "Practice phones, while you practise"),
        handled=False,
        command=False,
    ),
    Shortcut("undo", ("Ctrl+Z",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Undo the last judgement")),
    Shortcut("redo", ("Ctrl+Y", "Ctrl+Shift+Z"), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Redo what was undone")),
    Shortcut("close", ("Esc",), ANYWHERE, QT_TRANSLATE_NOOP("keys", "Close the bar"), command=False),
    Shortcut(
        "go",
        ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"),
        DEVICES,
        QT_TRANSLATE_NOOP("keys", "Type a slot's number, then Enter"),
        shown="1 2 … Enter",
        handled=False,
        command=False,
    ),
    Shortcut(
        "tile",
        ("Up", "Down"),
        DEVICES,
        QT_TRANSLATE_NOOP("keys", "Previous or next slot"),
        shown="↑ ↓",
        handled=False,
        command=False,
    ),
    Shortcut(
        "answer",
        ("1", "2", "3", "4", "5"),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Answer: 1 is the first and best"),
        shown="1 … 5",
        handled=False,
        command=False,
    ),
    Shortcut(
        "not_checked",
        ("0",),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Not checked; where that is no answer it stays open"),
        handled=False,
        command=False,
    ),
    Shortcut(
        "question",
        ("Up", "Down"),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Previous or next question"),
        shown="↑ ↓",
        handled=False,
        command=False,
    ),
    Shortcut(
        "page_step",
        ("PgUp", "PgDown"),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Previous or next page"),
        shown="PgUp PgDn",
        handled=False,
        command=False,
    ),
    Shortcut(
        "next_open",
        ("Return", "Enter"),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Next open question"),
        shown="Enter",
        handled=False,
    ),
    Shortcut(
        "clear", ("Backspace",), CHECKLIST, QT_TRANSLATE_NOOP("keys", "Clear the answer"), handled=False
    ),
    Shortcut(
        "clean", ("C",), CHECKLIST, QT_TRANSLATE_NOOP("keys", "Clean page: no visible defect"), handled=False
    ),
    Shortcut(
        "mark",
        ("D",),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Mark a defect on the outline: place, kind, severity, size"),
        handled=False,
    ),
    Shortcut(
        "remove_mark",
        ("Delete",),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "While marking: remove a mark (↑ ↓ choose it)"),
        handled=False,
        command=False,
    ),
    Shortcut(
        "history",
        ("H",),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Who answered this question, and when"),
        handled=False,
    ),
    Shortcut(
        "photo_here",
        ("P",),
        CHECKLIST,
        QT_TRANSLATE_NOOP("keys", "Add a photo, or take the new one of the watched folder"),
        handled=False,
        command=False,
    ),
    Shortcut(
        "primary",
        ("Ctrl+Return", "Ctrl+Enter"),
        QUOTE,
        QT_TRANSLATE_NOOP("keys", "Price, or accept the offer (Enter confirms)"),
        shown="Ctrl+Enter",
    ),
    Shortcut("paper", ("Ctrl+Shift+O",), QUOTE, QT_TRANSLATE_NOOP("keys", "Open the paper")),
    Shortcut("start_anew", ("Ctrl+N",), QUOTE, QT_TRANSLATE_NOOP("keys", "Start a new inspection")),
    Shortcut("compare", ("Ctrl+R",), QUOTE, QT_TRANSLATE_NOOP("keys", "This phone under other standards")),
    Shortcut(
        "look_again", ("Ctrl+B",), QUOTE, QT_TRANSLATE_NOOP("keys", "Looked again: the answers are right")
    ),
    Shortcut("decline", ("Ctrl+D",), QUOTE, QT_TRANSLATE_NOOP("keys", "Decline (Enter confirms)")),
)


_EARLY = frozenset({"keys", "palette", "slots", "number_slots", "calibration", "prices", "sale", "view"})
"""What opens something and touches no phone: it may be pressed before there is anything to see."""


def early_action(key: str) -> str:
    """Return what a key in Qt's portable form does that may be kept while the program starts; ``""`` for nothing."""
    return next((each.action for each in SHORTCUTS if each.action in _EARLY and key in each.keys), "")


COMMANDS = (
    ("system", QT_TRANSLATE_NOOP("keys", "Colours of the system")),
    ("light", QT_TRANSLATE_NOOP("keys", "Light colours")),
    ("dark", QT_TRANSLATE_NOOP("keys", "Dark colours")),
    ("contrast", QT_TRANSLATE_NOOP("keys", "High contrast")),
    ("en", "English"),
    ("fr", "Français"),
)
"""What the palette of commands offers besides, without a key of its own: an entry of View, and what it does."""

_KEY_NAMES = (
    QT_TRANSLATE_NOOP("keys", "Enter"),
    QT_TRANSLATE_NOOP("keys", "Esc"),
    QT_TRANSLATE_NOOP("keys", "Shift"),
    QT_TRANSLATE_NOOP("keys", "Backspace"),
    QT_TRANSLATE_NOOP("keys", "Delete"),
    QT_TRANSLATE_NOOP("keys", "PgUp"),
    QT_TRANSLATE_NOOP("keys", "PgDn"),
)
"""What stands on keys differs by language."""


def command_text(text: object) -> str:
    """Return what a command without a key does, in the window's language."""
    return QCoreApplication.translate(CONTEXT, str(text))


def shortcut_text(shortcut: Shortcut) -> str:
    """Return what a key does, in the window's language."""
    return QCoreApplication.translate(CONTEXT, str(shortcut.text))


def keys_shown(shortcut: Shortcut) -> str:
    """Return a shortcut's keys as the sheet shows them: by the names that stand on them."""
    shown = shortcut.shown or shortcut.keys[0]
    for name in map(str, _KEY_NAMES):
        shown = shown.replace(name, QCoreApplication.translate(CONTEXT, name))
    return shown


def place_text(place: str) -> str:
    """Return where keys work, in words."""
    words = {
        ANYWHERE: QCoreApplication.translate("keys", "Anywhere"),
        DEVICES: QCoreApplication.translate("keys", "Devices"),
        CHECKLIST: QCoreApplication.translate("keys", "Checklist"),
        QUOTE: QCoreApplication.translate("keys", "Quote"),
    }
    return words[place]


def clashes() -> tuple[tuple[str, str], ...]:
    """Return (place, key) of every key that would do two things in one place."""
    seen: set[tuple[str, str]] = set()
    twice: list[tuple[str, str]] = []
    for shortcut in SHORTCUTS:
        places = (ANYWHERE, DEVICES, CHECKLIST, QUOTE) if shortcut.place == ANYWHERE else (shortcut.place,)
        for use in ((place, key) for place in places for key in shortcut.keys):
            (twice.append if use in seen else seen.add)(use)
    return tuple(twice)
