"""A phone's way through the window without a detour: the keyboard is where the next answer is given."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QListWidget

from tests.fakes.windows import phone_of, read_iphone

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def press(counter: Any, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(counter.window.focusWidget() or counter.window, key, modifier)
    counter.settle()


@pytest.fixture
def window(counter: Any) -> Any:
    counter.plug(phone_of(read_iphone("A")), phone_of(read_iphone("B", model="iPhone 12")))
    made = counter.show_window()
    made.activateWindow()
    made.open_panel("devices")
    counter.settle()
    return made


def answers(counter: Any, port: int) -> dict[str, Any]:
    record = counter.bench.records[counter.bench.devices.board.ports[port].record_id]
    return dict(record.answers)


def by_click(counter: Any) -> None:
    QTest.mouseClick(counter.window.parts.devices._tiles[1], Qt.MouseButton.LeftButton)
    counter.settle()


def by_number(counter: Any) -> None:
    press(counter, Qt.Key.Key_G, CONTROL)
    press(counter, Qt.Key.Key_2)
    press(counter, Qt.Key.Key_Return)


def by_alt(counter: Any) -> None:
    press(counter, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)


def by_digits(counter: Any) -> None:
    press(counter, Qt.Key.Key_2)
    press(counter, Qt.Key.Key_Return)


def by_enter(counter: Any) -> None:
    press(counter, Qt.Key.Key_Down)
    press(counter, Qt.Key.Key_Return)


WAYS = {
    "click": by_click,
    "f3": lambda counter: press(counter, Qt.Key.Key_F3),
    "enter": by_enter,
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_after_choosing_a_phone_a_digit_answers(counter: Any, window: Any, way: Any):
    way(counter)
    press(counter, Qt.Key.Key_1)
    assert answers(counter, 1) == {"safety": "ok"}
    assert answers(counter, 0) == {}


NUMBERS = {"alt": by_alt, "ctrl+g": by_number, "digits": by_digits}


@pytest.mark.parametrize("way", NUMBERS.values(), ids=NUMBERS)
def test_after_choosing_a_slot_by_its_number_digits_still_mean_slots_until_enter(
    counter: Any, window: Any, way: Any
):
    way(counter)
    assert counter.bench.devices.selected == 1
    press(counter, Qt.Key.Key_1)
    assert answers(counter, 0) == answers(counter, 1) == {}
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.devices.selected == 0, "the next digit was a slot's number, too"
    assert window.parts.devices.isAncestorOf(window.focusWidget())
    press(counter, Qt.Key.Key_Return)
    press(counter, Qt.Key.Key_1)
    assert (answers(counter, 0), answers(counter, 1)) == ({"safety": "ok"}, {})


def test_a_slot_chosen_from_the_checklist_is_worked_on_there(counter: Any, window: Any):
    window.open_panel("checklist")
    by_alt(counter)
    assert window.parts.checklist.isAncestorOf(window.focusWidget())
    press(counter, Qt.Key.Key_1)
    assert (answers(counter, 0), answers(counter, 1)) == ({}, {"safety": "ok"})


def test_a_slot_chosen_from_another_panel_leaves_the_keyboard_there(counter: Any, window: Any):
    window.open_panel("quote")
    by_alt(counter)
    press(counter, Qt.Key.Key_1)
    assert counter.bench.devices.selected == 1
    assert (counter.bench.panel, answers(counter, 0), answers(counter, 1)) == ("quote", {}, {})


def test_arrows_among_the_phones_stay_there(counter: Any, window: Any):
    press(counter, Qt.Key.Key_Down)
    press(counter, Qt.Key.Key_Up)
    assert counter.bench.devices.selected == 0
    assert window.parts.devices.isAncestorOf(window.focusWidget())


def test_a_port_that_does_not_exist_is_said(counter: Any, window: Any):
    press(counter, Qt.Key.Key_9)
    press(counter, Qt.Key.Key_Return)
    assert "There is no slot 9 Known: 1 to 2." in window.parts.messages.text()
    assert counter.bench.devices.selected == 0


def test_after_a_click_on_a_page_arrows_and_digits_work_on_its_questions(counter: Any, window: Any):
    counter.window.parts.checklist._tabs._buttons[4].click()
    press(counter, Qt.Key.Key_Down)
    assert counter.bench.checklist.current.id == "back_damage"
    press(counter, Qt.Key.Key_1)
    assert counter.bench.checklist.answers == {"back_damage": "none"}


def test_the_last_answer_of_a_page_leads_on_and_undo_leads_back(counter: Any, window: Any):
    window.open_panel("checklist")
    for _ in range(3):
        press(counter, Qt.Key.Key_1)
    assert counter.bench.checklist.page_number == 2
    assert "Page 1 done. Ctrl+Z goes back." in window.parts.checklist.text()
    press(counter, Qt.Key.Key_Z, CONTROL)
    assert (counter.bench.checklist.page_number, counter.bench.checklist.current.id) == (1, "straight")


def test_the_clean_key_leads_on_where_it_completes_a_page(counter: Any, window: Any):
    press(counter, Qt.Key.Key_4, CONTROL)
    press(counter, Qt.Key.Key_C)
    assert counter.bench.checklist.page_number == 5


def test_enter_never_skips_a_question_that_only_just_came_up(counter: Any, window: Any):
    press(counter, Qt.Key.Key_6, CONTROL)
    press(counter, Qt.Key.Key_C)
    assert counter.bench.checklist.current.id == "camera_picture"
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.current.id == "camera_picture"
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.current.id != "camera_picture"


def test_a_typed_percent_leads_to_the_next_question_not_over_it(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    for key in (Qt.Key.Key_8, Qt.Key.Key_5, Qt.Key.Key_Return):
        press(counter, key)
    assert counter.bench.checklist.answers == {"battery_settings": 85}
    assert counter.bench.checklist.current.id == "parts_history"


def test_a_percent_that_cannot_be_is_told_what_can(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    for _ in range(3):
        press(counter, Qt.Key.Key_9)
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.answers == {}
    assert "999 cannot be: type a percent from 1 to 100." in window.parts.checklist.text()


def test_enter_never_leaves_a_wrong_percent_behind(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    for key in (Qt.Key.Key_3, Qt.Key.Key_9, Qt.Key.Key_8, Qt.Key.Key_Return, Qt.Key.Key_Return):
        press(counter, key)
    assert counter.bench.checklist.current.id == "battery_settings"
    assert "398 cannot be" in window.parts.checklist.text()


def test_a_wrong_percent_that_is_left_stays_in_sight(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    row = window.parts.checklist._made["phone-1", "battery_settings"]
    for key in (Qt.Key.Key_3, Qt.Key.Key_9, Qt.Key.Key_8, Qt.Key.Key_Return, Qt.Key.Key_Down):
        press(counter, key)
    assert counter.bench.checklist.current.id == "parts_history"
    assert row._answer.text() == "! 398 not taken"
    press(counter, Qt.Key.Key_Up)
    assert row.answers.field.text() == "398"
    for key in (Qt.Key.Key_8, Qt.Key.Key_5, Qt.Key.Key_Return):
        press(counter, key)
    assert row._answer.text() == "85 %"


def test_what_was_not_taken_can_be_taken_out(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    row = window.parts.checklist._made["phone-1", "battery_settings"]
    for key in (Qt.Key.Key_3, Qt.Key.Key_9, Qt.Key.Key_8, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        press(counter, key)
    press(counter, Qt.Key.Key_Return)
    assert row._answer.text() == "optional"
    assert counter.bench.checklist.current.id == "parts_history"


def test_ctrl_d_declines_a_phone_that_is_not_finished(counter: Any, window: Any):
    press(counter, Qt.Key.Key_D, CONTROL)
    assert window.parts.quote._bar.isVisible()
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.record.stage == "declined"


def test_ctrl_d_says_why_it_cannot(counter: Any, window: Any):
    for _ in range(2):
        press(counter, Qt.Key.Key_D, CONTROL)
        press(counter, Qt.Key.Key_Return)
    assert counter.notices[-1].text == "This inspection is closed already."


def test_c_says_why_where_it_answers_nothing(counter: Any, window: Any):
    press(counter, Qt.Key.Key_8, CONTROL)
    press(counter, Qt.Key.Key_C)
    assert "C answers pages 2–7" in window.parts.checklist.text()
    assert counter.bench.checklist.answers == {}


def test_pages_are_turned_by_keys(counter: Any, window: Any):
    press(counter, Qt.Key.Key_7, CONTROL)
    assert counter.bench.checklist.page_number == 7
    press(counter, Qt.Key.Key_PageUp)
    assert counter.bench.checklist.page_number == 6
    press(counter, Qt.Key.Key_PageDown)
    assert counter.bench.checklist.page_number == 7


@pytest.mark.parametrize("size", [(1360, 860), (1024, 640)])
def test_the_current_question_is_seen_whole(counter: Any, window: Any, size: tuple[int, int]):
    window.resize(*size)
    counter.settle()
    panel, hidden = window.parts.checklist, []
    for page in counter.bench.checklist.checklist.pages:
        for question in page.questions:
            window.handling.check(question.id)
            counter.settle()
            counter.settle()
            row = next((row for row in panel._rows if row.answers is not None), None)
            if row is None or row.question.id != question.id:
                continue
            view = panel._scroll.viewport()
            top = row.mapTo(view, row.rect().topLeft()).y()
            if top < 0 or (top + row.height() > view.height() and row.height() <= view.height()):
                hidden.append((question.id, top, row.height(), view.height()))
    assert hidden == []


def test_a_stop_says_what_to_do_and_folds_the_rest(counter: Any, window: Any):
    window.open_panel("checklist")
    press(counter, Qt.Key.Key_3)
    shown = [label.text() for label in window.parts.checklist.findChildren(QLabel) if label.isVisible()]
    assert "Do not charge it. Put it into quarantine." in shown
    assert "Is it clean and bare?" not in shown
    assert not window.parts.quote._primary.isVisible()
    window.parts.checklist._unfold.click()
    counter.settle()
    shown = [label.text() for label in window.parts.checklist.findChildren(QLabel) if label.isVisible()]
    assert "Is it clean and bare?" in shown


def test_no_command_is_said_and_the_list_needs_no_sideways_scrolling(counter: Any, window: Any):
    press(counter, Qt.Key.Key_K, CONTROL)
    QTest.keyClicks(window.focusWidget(), "zzz")
    counter.settle()
    commands = window.handling.commands
    assert "Nothing is called so. Try another word." in {
        label.text() for label in commands.findChildren(QLabel) if label.isVisible()
    }
    assert not commands.findChild(QListWidget).horizontalScrollBar().isVisible()
    press(counter, Qt.Key.Key_Return)
    assert commands.isVisible()


def test_page_tabs_keep_their_width(counter: Any, window: Any):
    tabs = window.parts.checklist._tabs._buttons.values()
    before = [tab.geometry() for tab in tabs]
    press(counter, Qt.Key.Key_4, CONTROL)
    press(counter, Qt.Key.Key_C)
    assert [tab.geometry() for tab in tabs] == before


def test_a_closed_deal_says_how_it_ended_and_begins_anew_only_on_a_wish(counter: Any, window: Any):
    counter.answer_all()
    counter.bench.accept()
    counter.settle()
    quote = window.parts.quote
    assert "Bought" in quote.text()
    assert quote._open.isVisible()
    closed = counter.bench.record_id
    quote._anew.click()
    counter.settle()
    assert counter.bench.record_id != closed
    assert counter.bench.checklist.enabled


def test_the_last_question_of_a_short_page_is_seen_whole(counter: Any, window: Any):
    panel = window.parts.checklist
    last = panel._rows[-1]
    assert last.question.id == "straight"
    foot = last.mapTo(panel._scroll.viewport(), last.rect().bottomLeft()).y()
    assert foot <= panel._scroll.viewport().height()


def test_answering_the_last_clean_question_moves_nothing(counter: Any, window: Any):
    panel = window.parts.checklist
    window.open_panel("checklist")
    counter.bench.checklist.go_to_page(4)
    counter.settle()
    before = panel._scroll.height()
    press(counter, Qt.Key.Key_C)
    counter.bench.checklist.go_to_page(4)
    counter.settle()
    assert not panel._clean.isVisible()
    assert panel._scroll.height() == before


def test_digits_meant_as_answers_are_not_caught_by_a_field_that_may_stay_empty(counter: Any, window: Any):
    window.handling.check("sim_lock")
    counter.settle()
    press(counter, Qt.Key.Key_1)
    assert counter.bench.checklist.current.id == "parts_history"
    press(counter, Qt.Key.Key_1)
    assert "battery_settings" not in counter.bench.record.said


def test_a_percent_far_from_the_cables_is_asked_about_once(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    for key in (Qt.Key.Key_3, Qt.Key.Key_Return):
        press(counter, key)
    assert counter.bench.checklist.answers == {}
    assert "Enter again to keep it." in window.parts.checklist.text()
    press(counter, Qt.Key.Key_Return)
    assert counter.bench.checklist.answers == {"battery_settings": 3}


def test_a_percent_far_off_that_is_corrected_counts_at_once(counter: Any, window: Any):
    window.handling.check("battery_settings")
    counter.settle()
    for key in (Qt.Key.Key_3, Qt.Key.Key_Return, Qt.Key.Key_8, Qt.Key.Key_5, Qt.Key.Key_Return):
        press(counter, key)
    assert counter.bench.checklist.answers == {"battery_settings": 85}
