"""Everybody can use the window: names, focus, finger-sized targets, words, other languages."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QScrollBar,
    QSplitterHandle,
    QWidget,
)

from diagnostics.model import State
from tests.fakes.windows import gone, phone_of, read_iphone
from tradein_app.ui.elided import ElidedLabel
from tradein_app.ui.languages import FOLDER, install_language
from tradein_app.ui.theme import TOUCH
from tradein_app.ui.trainer_window import TrainerWindow

INNER = (QScrollBar, QSplitterHandle)
"""Parts of Qt's own widgets, which name themselves by their role."""


def fill(counter: Any) -> None:
    first = phone_of(read_iphone("A"))
    waiting = phone_of(read_iphone("B", state=State.NEEDS_TRUST))
    counter.plug(first, waiting, phone_of(read_iphone("C", model="iPhone 12"), busy=True, step="battery"))
    counter.answer_all()
    counter.plug(gone(waiting))


def shown_widgets(window: QWidget) -> list[QWidget]:
    return [widget for widget in window.findChildren(QWidget) if widget.isVisible()]


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def needs_name(widget: QWidget) -> bool:
    if isinstance(widget, INNER) or widget.objectName().startswith("qt_"):
        return False
    own = type(widget).__module__.startswith("tradein_app") or isinstance(
        widget, QAbstractButton | QLineEdit | QListWidget | QFrame
    )
    return own and not (isinstance(widget, QLabel) and not widget.text() and widget.pixmap().isNull())


def test_everything_has_an_accessible_name(counter: Any):
    fill(counter)
    window = counter.show_window()
    window.handling.show_keys()
    window.handling.show_commands()
    window.parts.quote.press_primary()
    counter.settle()
    nameless = [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in shown_widgets(window)
        if needs_name(widget) and not name_of(widget)
    ]
    assert nameless == []


def test_whatever_can_be_pressed_can_be_reached_by_the_keyboard(counter: Any):
    fill(counter)
    window = counter.show_window()
    unreachable = [
        button.text()
        for button in shown_widgets(window)
        if isinstance(button, QAbstractButton) and not button.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert unreachable == []


def test_fingers_find_their_targets(counter: Any):
    fill(counter)
    window = counter.show_window()
    window.parts.quote.press_primary()
    counter.settle()
    touched = [
        widget
        for widget in shown_widgets(window)
        if widget.property("role") in {"answer", "page", "primary", "tile", "row"}
    ]
    assert len(touched) > 10
    small = [(w.property("role"), w.height()) for w in touched if min(w.height(), w.width()) < TOUCH]
    assert small == []


def test_tiles_do_not_move_when_a_grade_comes_or_a_phone_goes(counter: Any):
    first, second = phone_of(read_iphone("A")), phone_of(read_iphone("B"))
    counter.plug(first, second)
    window = counter.show_window()
    before = [tile.geometry() for tile in window.parts.devices._tiles]
    counter.answer_all()
    counter.plug(gone(second))
    counter.settle()
    assert [tile.geometry() for tile in window.parts.devices._tiles] == before


@pytest.mark.parametrize("size", [(1024, 640), (1360, 860), (2200, 1300)])
def test_nothing_is_cut_at_the_side(counter: Any, size):
    fill(counter)
    window = counter.show_window(size=size)
    counter.settle()
    assert (window.width(), window.height()) == size
    cut = [
        (label.text(), label.width(), label.sizeHint().width())
        for label in shown_widgets(window)
        if isinstance(label, QLabel)
        and not label.wordWrap()
        and type(label) is QLabel
        and label.width() < label.minimumSizeHint().width()
    ]
    assert cut == []


def test_nothing_is_modal_in_the_flow(counter: Any):
    fill(counter)
    window = counter.show_window()
    window.parts.quote.press_primary()
    window.parts.quote._bar._confirm()
    counter.settle()
    assert window.findChildren(QDialog) == []
    assert not window.isModal()


class Marking(QTranslator):
    """A language in which every text of the program is wrapped in brackets."""

    def isEmpty(self) -> bool:  # noqa: N802 - Qt's name
        return False

    def translate(self, context: str, text: str, comment: str | None = None, n: int = -1) -> str:
        return f"⟦{text}⟧"


@pytest.fixture
def marked(qapp):
    translator = Marking()
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


def texts(window: QWidget) -> list[str]:
    parts = []
    for widget in shown_widgets(window):
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            parts.append(widget.whole if isinstance(widget, ElidedLabel) else widget.text())
        if isinstance(widget, QMenu):
            parts += [action.text() for action in widget.actions()]
    return parts


DATA = ("iPhone 13", "iPhone 12", "midnight", "Apple", "••••", "IORegistry", "413", "English", "Français")


def is_words(text: str) -> bool:
    """Whether a text holds words that a person wrote into the program, not data and figures."""
    letters = "".join(c for c in text if c.isalpha() or c.isspace()).split()
    return any(len(word) > 2 for word in letters) and not any(data in text for data in DATA)


def test_every_text_of_the_program_is_translated(marked: None, counter: Any):
    """Texts that come as data (questions, states, price lines) are translated there; all else is marked."""
    fill(counter)
    window = counter.show_window()
    window.handling.show_keys()
    window.parts.quote.press_primary()
    counter.settle()
    known = data_texts(counter)
    plain = [text for text in texts(window) if is_words(text) and "⟦" not in text]
    assert [text for text in plain if not any(data and data in text for data in known)] == []


def _english(row: Any) -> set[str]:
    """Return a row's English texts without the parameters in them."""
    return {part.strip(" ,:") for part in re.split(r"{\w+}", row["en"]) if len(part.strip(" ,:")) > 1}


def data_texts(counter: Any) -> set[str]:
    from pricing.words import words
    from resources.opening import load_toml

    states = load_toml("messages/states.toml")
    rows = [row for group in states.values() for row in group.values()]
    known = {text.split("{")[0] for row in rows for name, text in row.items() if name.endswith("en")}
    known |= {row["en"].split("{")[0] for row in load_toml("messages/problems.toml").values()}
    grades = load_toml("messages/grade.toml")
    known |= {text for group in grades.values() for row in group.values() for text in _english(row)}
    known |= {row["en"][:1].upper() + row["en"][1:] for row in grades["results"].values()}
    for page in counter.bench.checklist.checklist.pages:
        known.add(page.title["en"])
        for question in page.questions:
            known |= {
                question.text["en"],
                question.help["en"],
                *(answer.text["en"] for answer in question.answers),
            }
    quote = counter.bench.record.quote
    lines = [words(step) for step in quote.waterfall] + [words(factor) for factor in quote.price_factors]
    known |= {line[:1].upper() + line[1:] for line in lines} | {words(each) for each in quote.warnings}
    known.add(words("decisions.offer"))
    return known | {"PgUp", "F1", "Ctrl", "Alt", "Shift", "Backspace", "Enter", "Esc"}


def french() -> list[tuple[str, str, str]]:
    """Return (context, source, translation) of every text; open ones are empty."""
    tree = ET.parse(FOLDER / "tradein_fr.ts")
    return [
        (
            context.findtext("name") or "",
            message.findtext("source") or "",
            message.findtext("translation") or "",
        )
        for context in tree.iter("context")
        for message in context.iter("message")
    ]


def test_french_leaves_nothing_in_english():
    assert len(french()) > 200
    assert [source for _, source, translation in french() if not translation] == []
    assert "unfinished" not in (FOLDER / "tradein_fr.ts").read_text(encoding="utf-8")


def test_the_compiled_french_is_that_of_the_source(qapp):
    translator = install_language(qapp, "fr")
    assert translator is not None
    wrong = [
        source
        for context, source, wanted in french()
        if QCoreApplication.translate(context, source) != wanted
    ]
    qapp.removeTranslator(translator)
    assert wrong == []


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_trainers_window_names_everything(qapp, monkeypatch):
    from diagnostics.practice import control
    from diagnostics.practice.records import PracticePhoneInfo

    sent: list[tuple[str, ...]] = []

    def send(_self: object, *said: str) -> tuple[PracticePhoneInfo, ...]:
        sent.append(said)
        return phones

    phones = tuple(
        PracticePhoneInfo(f"id{number}", side, "worn battery", plugged=True, trust="asked")
        for number, side in enumerate(("ios", "android"))
    )
    monkeypatch.setattr(control.PracticeClient, "phones", lambda self: phones)
    monkeypatch.setattr(control.PracticeClient, "send", send)
    window = TrainerWindow("127.0.0.1:1", "en")
    window.show()
    window.show_phones(phones)
    buttons = [
        b for b in window.findChildren(QAbstractButton) if b.text() in {"Tap Trust", "Tap Allow", "Pull out"}
    ]
    for button in buttons:
        button.click()
        window._worker.submit(lambda: None)
    window.stop()
    assert sorted(sent) == sorted(
        itertools.chain.from_iterable([("unplug", f"id{n}"), ("trust", f"id{n}")] for n in (0, 1))
    )
    assert all(name_of(widget) for widget in window.findChildren(QAbstractButton))
    window.deleteLater()
