"""Naming a model that no table knows, and installing the rule that lets this computer open phones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from diagnostics.android.names import FILE, parse_names
from diagnostics.apple import names as apple_names
from diagnostics.apple.identity import read_identity
from diagnostics.building import ReadingBuilder, concluded
from diagnostics.errors import UserError
from diagnostics.model import DeviceId, Platform, Reading, State, Transport
from diagnostics.ports import Sighting
from diagnostics.teaching import Unnamed
from tests.fakes.sources import FixedClock
from tests.fakes.window_androids import builder, read_android
from tests.fakes.windows import Counter, phone_of, read_iphone
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.naming import what_is_wrong
from tradein_app.viewmodels.rule import RuleInstall

CODE = "SM-A546X"
ANDROID = Unnamed(Platform.ANDROID, CODE, "a54x")
NEW_IPHONE = Unnamed(Platform.IOS, "iPhone99,9")
NEW_COLOUR = Unnamed(Platform.IOS, "iPhone18,3", colour="7", called="iPhone 17")


def taught(counter: Counter) -> dict[str, str]:
    file = counter.folder / FILE
    return dict(parse_names(file.read_bytes()).models) if file.exists() else {}


def taught_iphones(counter: Counter) -> apple_names.Names:
    return apple_names.parse_names((counter.folder / apple_names.FILE).read_bytes())


def new_iphone(name: str) -> Reading:
    return told_iphone(name, {"ProductType": "iPhone99,9"})


def new_colour(name: str, model: str = "iPhone18,3", code: str = "7") -> Reading:
    return told_iphone(name, {"ProductType": model, "ModelNumber": "MZZZ9"}, enclosure=code)


def told_iphone(name: str, values: dict[str, str], *, enclosure: str | None = None) -> Reading:
    """Return what the reader makes of what lockdown told."""
    place = f"2-{ord(name)}"
    seen = Sighting(name, DeviceId(name), Platform.IOS, Transport.USBMUX, place, State.READY)
    made = ReadingBuilder(seen, FixedClock())
    read_identity(values, made, enclosure=enclosure)
    return made.build()


def open_sheet(counter: Counter, *readings: Reading) -> Any:
    window = counter.show_window()
    window.activateWindow()
    counter.plug(*(phone_of(reading) for reading in readings or [read_android()]))
    QTest.keyClick(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    return window.handling.names


def offered(counter: Counter) -> str:
    assert counter.window is not None
    return counter.window.parts.reading._offer._made().text()


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
    assert panel._offer.what == ANDROID
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
        ("sm-a546x", "That is the code itself. Type the name"),
    ],
)
def test_a_name_that_cannot_be_one_is_refused_in_a_sentence(counter: Counter, typed: str, said: str):
    sheet = open_sheet(counter)
    sheet._naming.learn(sheet._what, typed)
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


def test_that_a_name_waits_for_the_shared_folder_is_said_and_it_counts_here(counter: Counter):
    counter.shop.desk._names = counter.folder / "no-such-drive"
    sheet = open_sheet(counter)
    enter(sheet, "Galaxy A54 X")
    counter.settle()
    assert sheet.isHidden()
    assert taught(counter) == {CODE: "Galaxy A54 X"}
    assert counter.notices[-1].tone == "warn"
    assert "kept on this bench" in counter.notices[-1].hint


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
    assert what_is_wrong("Téléphone 5 (2026) – édition « or »", ANDROID) == ""


def test_the_sheet_names_the_file_that_other_benches_need(counter: Counter):
    assert "with the file android-names.toml" in without_isolates(open_sheet(counter)._more.text())


# --- iPhones


def test_an_iphone_that_no_table_knows_is_named_as_an_android_phone_is(counter: Counter):
    asked: list[str] = []
    counter.bench.read_again_asked.connect(lambda key, _trust: asked.append(key))
    sheet = open_sheet(counter, new_iphone("A"), new_iphone("B"), read_iphone("C"))
    assert "Unknown model iPhone99,9" in without_isolates(offered(counter))
    assert "with the file iphone-names.toml" in without_isolates(sheet._more.text())
    enter(sheet, " iPhone 30 ")
    counter.settle()
    assert taught_iphones(counter).models == {"iPhone99,9": "iPhone 30"}
    assert asked == ["A", "B"], "both of that model, and no other"
    assert "iPhone 30" in counter.notices[-1].text
    assert taught(counter) == {}


def test_a_colour_is_named_for_its_model_alone(counter: Counter):
    asked: list[str] = []
    counter.bench.read_again_asked.connect(lambda key, _trust: asked.append(key))
    phones = [new_colour("A"), new_colour("B", "iPhone18,1"), new_colour("C", code="8"), new_colour("D")]
    sheet = open_sheet(counter, *phones)
    assert "Unknown colour 7 of iPhone 17" in without_isolates(sheet.text())
    assert sheet.accessibleName() == "Name this colour"
    enter(sheet, "7")
    assert "Type the colour's name" in sheet._wrong.text()
    enter(sheet, "sage")
    counter.settle()
    assert taught_iphones(counter).colours == {"iPhone18,3": {"7": "sage"}}
    assert asked == ["A", "D"]
    assert "Colour 7 of iPhone 17 is sage" in without_isolates(counter.notices[-1].text)


def test_the_sheet_that_asked_for_a_model_asks_for_a_colour_next(counter: Counter):
    sheet = open_sheet(counter, new_iphone("A"))
    sheet._field.setText("iPhone 30")
    sheet.ask(NEW_COLOUR)
    assert sheet._field.text() == "", "what was typed for another thing is not offered"
    sheet.ask(NEW_IPHONE)
    assert "Name this model" in sheet._head.text()


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
