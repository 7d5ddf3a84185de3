"""Naming a model that no table knows, and installing the rule that lets this computer open phones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from diagnostics.android.names import FILE, parse_names
from diagnostics.building import concluded
from diagnostics.errors import UserError
from diagnostics.model import State
from tests.fakes.window_androids import builder, read_android
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.ui import name_sheet
from tradein_app.viewmodels.naming import Unnamed, what_is_wrong
from tradein_app.viewmodels.rule import RuleInstall

CODE = "SM-A546X"


def taught(counter: Counter) -> dict[str, str]:
    file = counter.folder / FILE
    return dict(parse_names(file.read_bytes()).models) if file.exists() else {}


def open_sheet(counter: Counter) -> Any:
    window = counter.show_window()
    window.activateWindow()
    counter.plug(phone_of(read_android()))
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    return window.handling.names


def enter(sheet: Any, name: str) -> None:
    sheet._field.setText(name)
    QTest.keyClick(sheet._field, Qt.Key.Key_Return)


def test_only_a_phone_that_no_table_knows_is_offered_to_be_named(counter: Counter):
    window = counter.show_window()
    counter.plug(phone_of(read_iphone("A", slot="1-1")), phone_of(read_android()))
    panel = window.parts.reading
    assert panel._offer.isHidden()
    window.handling.handlers()["name_model"]()
    assert window.handling.names is None, "there is nothing to name"
    counter.bench.devices.select(1)
    counter.settle()
    assert panel._offer.isVisible()
    assert panel._offer.phone == Unnamed(CODE, "a54x")
    assert "Unknown model" in panel._offer._made().text()


def test_the_keyboard_alone_names_a_model_and_its_phones_are_read_again(counter: Counter):
    asked: list[str] = []
    counter.bench.read_again_asked.connect(lambda key, _trust: asked.append(key))
    sheet = open_sheet(counter)
    counter.plug(phone_of(read_iphone("B", slot="1-7")))
    assert "SM-A546X" in sheet.text()
    assert "a54x" in sheet.text()
    enter(sheet, " Galaxy A54 X ")
    counter.settle()
    assert taught(counter) == {CODE: "Galaxy A54 X"}
    assert asked == ["R5CT00ABCDE"], "the other phone is left alone"
    assert sheet.isHidden()
    assert "Galaxy A54 X" in counter.notices[-1].text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Type the name that stands on the box."),
        ("   ", "Type the name that stands on the box."),
        ("x" * 61, "A name has at most 60 characters; this one has 61."),
        ("Galaxy\u202eA54", "Something in it cannot be shown"),
        ("Galaxy  A54", "two blanks in a row"),
        ("sm-a546x", "That is the model code itself."),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_in_a_sentence(counter: Counter, typed: str, said: str):
    sheet = open_sheet(counter)
    sheet._naming.learn(sheet._phone, typed)
    counter.settle()
    assert said in sheet._wrong.text()
    assert not sheet.isHidden()
    assert taught(counter) == {}


def test_a_file_that_cannot_be_used_is_said_and_left_as_it_is(counter: Counter):
    (counter.folder / FILE).write_text("not TOML", encoding="utf-8")
    sheet = open_sheet(counter)
    enter(sheet, "Galaxy A54 X")
    counter.settle()
    assert "android-names.toml cannot be used" in sheet._wrong.text()
    assert (counter.folder / FILE).read_text(encoding="utf-8") == "not TOML"


def test_esc_goes_back_and_nothing_is_kept(counter: Counter):
    sheet = open_sheet(counter)
    sheet._field.setText("Galaxy")
    QTest.keyClick(sheet._field, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    assert taught(counter) == {}


def test_before_the_desk_is_open_it_is_said_that_nothing_can_be_saved(qapp: object, tmp_path: Path):
    made = Counter(tmp_path)
    sheet = open_sheet(made)
    enter(sheet, "Galaxy A54 X")
    assert sheet._wrong.text() == "Nothing can be saved yet. Try again in a moment."
    made.close()


def test_a_name_as_people_write_them_is_fine():
    assert what_is_wrong("Téléphone 5 (2026) – édition « or »", CODE) == ""


# --- the rule


def not_permitted() -> Any:
    return phone_of(concluded(builder(State.ERROR).partial(), State.ERROR, "no_permission"))


def test_a_phone_that_may_not_be_opened_offers_the_rule_and_nothing_happens_without_a_click(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, qtbot: Any
):
    asked: list[str] = []

    def install() -> Path:
        asked.append("install")
        return Path("/etc/udev/rules.d/60-tradein-android.rules")

    monkeypatch.setattr("diagnostics.android.permission.install", install)
    window = counter.show_window()
    counter.plug(not_permitted())
    card = window.parts.reading._state
    assert card._act.text() == "Install the rule"
    assert card._copy.isHidden(), "it is no fault of ours"
    window.handling.do_next_action()
    counter.settle()
    assert asked == []
    QTest.mouseClick(card._act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(counter.notices), timeout=5000)
    assert asked == ["install"]
    notice = counter.notices[-1]
    assert (notice.tone, notice.hint) == ("ok", "Unplug the phone and plug it in again.")
    assert "60-tradein-android.rules" in notice.text


def test_while_the_password_is_asked_for_answers_are_saved_and_it_is_not_asked_for_twice(
    counter: Counter, qtbot: Any
):
    import threading

    given, asked = threading.Event(), list[str]()

    def install() -> Path:
        asked.append("install")
        given.wait(10)
        raise UserError("The password was not given.", "Ask an administrator.", "udev")

    rule = RuleInstall("fr", install)
    ended: list[Any] = []
    rule.ended.connect(ended.append)
    rule.start()
    rule.start()
    counter.plug(phone_of(read_iphone("A")))
    counter.answer_all()
    assert counter.bench.saving.waiting == 0
    assert rule.running
    given.set()
    qtbot.waitUntil(lambda: bool(ended), timeout=5000)
    assert asked == ["install"]
    assert ended[0].tone == "bad"
    assert "mot de passe" in ended[0].text
    assert not rule.running


def test_the_sheet_names_the_file_that_other_benches_need():
    assert FILE == name_sheet.FILE
