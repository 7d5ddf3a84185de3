"""The window of prices, by keyboard alone: what a phone is worth, how good that is, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pricing.records import Counts
from pricing.records import Reason as Because
from pricing.seed.book import SeedBook
from pricing.standing.changing import promoted, trained
from pricing.standing.judging import BOUNDS
from pricing.standing.keeping import read_standing, write_standing
from pricing.standing.records import Entry, Reason, Standing, Tried, TriedOn, Verdict
from tests.fakes.price_windows import CTRL, PriceCounter, asks, put_prices
from tests.fakes.windows import phone_of, read_iphone
from tradein_app.bridge.worker import Worker
from tradein_app.training.records import Outcome, Step, TrainingState
from tradein_app.ui.languages import install_language
from tradein_app.ui.prices_side import SidePage
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.price_access import PriceAccess
from tradein_app.viewmodels.prices import PricesModel
from tradein_app.viewmodels.prices_standing import LEAST_HELD, MOST_HELD, outcome_line
from tradein_app.viewmodels.prices_words import basis_words_of, learned_words
from tradein_app.viewmodels.saving import Saving

pytestmark = [pytest.mark.gui, pytest.mark.qt_log_ignore("This plugin does not support")]
Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ME = ("person", "A person")


@pytest.fixture
def counter(qapp: QApplication, tmp_path: Path) -> Iterator[PriceCounter]:
    made = PriceCounter(tmp_path)
    yield made
    made.close()


def entry(version: str, *, mape: float = 12.0, verdict: Verdict | None = None) -> Entry:
    scores = (Tried("sellers", 900, 0.91, mape, 0.81, 0.42), Tried("models", 900, 0.8, 19.0, 0.84, 0.9))
    return Entry(version, AT, "asks", 1240, 84, None, None, "f" * 64, 7, ("market.csv",), scores, verdict)


def verdict(*, good: bool) -> Verdict:
    why = Reason("better", (("gain", "6"), ("low", "2"), ("high", "10")))
    why = why if good else Reason("not_better", why.params)
    one = Tried("later", 400, 0.9, 12.4, 0.8, 0.4)
    return Verdict(good, True, TriedOn.LATER, 400, 30, (why,), 0.06, 0.02, 0.1, one, one, "model-one")


def stand(home: Path, *, good: bool = True) -> None:
    """Put a champion, one before it, and a challenger into the shop."""
    at: dict[str, Any] = {"at": AT, "actor": ME}
    standing = trained(Standing(), entry("model-zero"), **at)
    standing = promoted(standing, "model-zero", **at)
    standing = promoted(trained(standing, entry("model-one"), **at), "model-one", **at)
    two = entry("model-two", mape=11.0, verdict=verdict(good=good))
    write_standing(home, trained(standing, two, **at))


def texts(widget: QWidget) -> str:
    shown = [each for each in widget.findChildren(QLabel) if each.isVisible()]
    return without_isolates("\n".join(each.text() for each in shown))


def worth(counter: PriceCounter, opened: object = None) -> str:
    """Return the left side as it is read, blanks being blanks."""
    assert opened is None or opened is counter.prices
    return counter.prices.worth.text().replace("\u00a0", " ")


def buttons(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QAbstractButton) if each.isVisible() and each.text()]


def test_an_empty_shop_sees_the_seeds_price_and_what_to_do(counter: PriceCounter):
    window = counter.open_prices()
    said = worth(counter)
    assert re.match(r"€\d+\.\d\d\n8 of 10 should sell between €", said)
    assert "Apple iPhone 13, 128 GB, good, battery 85 %, genuine parts, France" in said
    assert "Seed: estimate from published curves" in said
    assert "no sale of yours and no market price" in said
    side = texts(window.side)
    assert "Load prices of your market (100 at least)" in side
    assert "no model of yours is in use" in side
    assert "Load files…  Ctrl+O" in buttons(window.side)
    assert not any(text.startswith(("Train", "Put", "Back")) for text in buttons(window.side))


def test_it_opens_at_the_phone_that_is_shown(counter: PriceCounter):
    counter.show_window()
    counter.plug(phone_of(read_iphone("A", model="iPhone 15 Pro")))
    assert "Apple iPhone 15 Pro, 128 GB" in worth(counter, opened=counter.open_prices())


def test_a_phone_is_chosen_by_typing_and_all_else_by_keys(counter: PriceCounter):
    window = counter.open_prices()
    counter.type("galaxy s23 u")
    completer = window.worth.choosing.field.completer()
    assert completer.completionPrefix() == "galaxy s23 u"
    assert completer.completionCount() == 1
    popup = completer.popup()
    assert popup is not None
    popup.hide()
    counter.press(Key.Key_Return)
    assert "Galaxy S23 Ultra" in window.worth.text()
    before = window.worth.price.text()
    counter.press(Key.Key_S, CTRL)
    assert "512 GB" in worth(counter)
    assert window.worth.price.text() != before
    counter.press(Key.Key_G, CTRL)
    assert ", fair," in window.worth.text()
    counter.press(Key.Key_B, CTRL)
    assert all(grade in window.worth.plot.text() for grade in ("Premium", "Excellent", "Good", "Fair"))
    counter.press(Key.Key_B, CTRL)
    assert "512 GB: €" in worth(counter)


def test_the_arrow_keys_walk_along_the_curve_and_a_screen_reader_hears_it(counter: PriceCounter):
    plot = counter.open_prices().worth.plot
    plot.setFocus()
    counter.press(Key.Key_Home)
    assert plot.accessibleDescription().startswith("0 months: €")
    counter.press(Key.Key_End)
    assert plot.accessibleDescription().startswith("7 years")
    counter.press(Key.Key_Left)
    assert counter.prices.worth._at.text().startswith("6 years 1")


def test_a_text_that_names_no_phone_is_said_so(counter: PriceCounter):
    window = counter.open_prices()
    counter.type("fairy dust")
    counter.press(Key.Key_Return)
    assert "No phone model is called “fairy dust”." in window.messages.text()
    counter.press(Key.Key_Escape)
    assert window.isVisible()
    counter.press(Key.Key_Escape)
    assert not window.isVisible()


def test_real_prices_and_the_datas_health_are_told(counter: PriceCounter):
    rows = [*asks(160, ["iphone-13", "iphone-14"]), {"id": "x", "model": "iPhone 13", "price": "-5"}]
    put_prices(counter.folder, rows)
    window = counter.open_prices()
    assert re.search(r"asked in the market, loaded: [1-9]", window.worth.text())
    side = texts(window.side)
    assert "160 market prices, 0 own sales, 2 phone models" in side
    assert "1 row left out" in side
    assert "160 prices are loaded: train on them." in side
    assert "Train  Ctrl+T" in buttons(window.side)
    counter.press(Key.Key_2, ALT)
    assert "price: is no price above 0" in window.numbers.left_out.text()
    assert "× 1.0000" in window.numbers.steps.text()
    counter.press(Key.Key_Escape)
    assert window.isVisible()


def test_what_is_loaded_and_what_was_learned_have_a_word_each(counter: PriceCounter):
    stand(counter.folder)
    put_prices(counter.folder, asks(160, ["iphone-13", "iphone-14"]))
    window = counter.open_prices()
    side, left = texts(window.side), worth(counter)
    assert "learned from 1,240 prices of 84 models" in side
    assert "Loaded: 160 market prices" in side
    assert re.search(r"asked in the market, loaded: \d+ of \d+", left)
    assert "loaded prices count once a training has learned from them" in left
    curve = window.model.curve
    assert curve is not None
    learned = replace(curve.today.range, counts=Counts(0, curve.market_all))
    assert not learned_words(replace(curve, today=replace(curve.today, range=learned)))
    assert basis_words_of(replace(curve, today=replace(curve.today, range=learned)), "en").endswith(
        f"market prices of this model, learned: {curve.market_all}"
    )


def test_champion_and_challenger_are_told_in_plain_words_and_in_numbers(counter: PriceCounter):
    stand(counter.folder)
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    window = counter.open_prices()
    side = texts(window.side)
    assert "Phones it knows\nIn use: off by 12 %, its range held 81 of 100" in side
    assert "New: off by 11 %, its range held 81 of 100" in side
    assert "Phones it has never seen" in side
    assert "✓ The new one is better, and its ranges hold." in side
    assert "Its errors are 6 % smaller" in side
    assert "put it in use" in side
    counter.press(Key.Key_2, ALT)
    rows = window.numbers.backtest.text()
    assert "Phones it knows | In use | 900 | 0.910 | 12.0 % | 81 % | 42 %" in rows
    assert "Both on the same prices | In use | 400" in rows


def test_one_key_goes_back_to_the_model_before(counter: PriceCounter, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("pricing.model.keeping.load", lambda *_: None)
    monkeypatch.setattr("pricing.book.opening.shop_book", lambda *_: SeedBook())
    stand(counter.folder)
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    window = counter.open_prices()
    assert "Back to the one before  Alt+←" in buttons(window.side)
    counter.press(Key.Key_Left, ALT)
    standing = read_standing(counter.folder)
    assert standing.champion is not None
    assert standing.champion.version == "model-zero"
    said = without_isolates(window.messages.text())
    assert said.startswith("The model of 21 Nov 2026")
    assert "which waited, is kept but waits no more" in said
    assert "it is under Kept models, and can be put in use there" in said
    assert "Back to the published curves  Alt+←" in buttons(window.side), "the first model had none before it"
    assert "You went back from the newer model" in texts(window.side), "it is not advised again"
    counter.press(Key.Key_Return, CTRL)
    standing = read_standing(counter.folder)
    assert standing.champion is not None
    assert standing.champion.version == "model-one", (
        "what was gone back from waits, and can be put in use again"
    )


def test_one_key_goes_back_from_the_first_model_to_the_published_curves(
    counter: PriceCounter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pricing.model.keeping.load", lambda *_: None)
    monkeypatch.setattr("pricing.book.opening.shop_book", lambda *_: SeedBook())
    at: dict[str, Any] = {"at": AT, "actor": ME}
    first = entry("model-zero", verdict=replace(verdict(good=True), against=""))
    write_standing(counter.folder, promoted(trained(Standing(), first, **at), "model-zero", **at))
    window = counter.open_prices()
    counter.press(Key.Key_Left, ALT)
    assert read_standing(counter.folder).champion is None
    assert "no model of yours is in use" in texts(window.side)
    assert not any(text.startswith("Back") for text in buttons(window.side))


def test_a_model_that_was_better_than_another_one_is_not_advised(counter: PriceCounter):
    at: dict[str, Any] = {"at": AT, "actor": ME}
    standing = trained(Standing(), entry("model-zero"), **at)
    standing = promoted(standing, "model-zero", **at)
    older = replace(verdict(good=True), against="model-before")
    write_standing(counter.folder, trained(standing, entry("model-two", verdict=older), **at))
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    assert "put it in use" not in texts(counter.open_prices().side)


def test_ranges_that_hold_everything_are_called_too_wide(counter: PriceCounter):
    at: dict[str, Any] = {"at": AT, "actor": ME}
    one = entry("model-one", verdict=replace(verdict(good=True), against=""))
    scores = (one.scores[0], replace(one.scores[1], coverage=0.99, width=1.69))
    wide = replace(one, scores=scores, models=11)
    write_standing(counter.folder, trained(Standing(), wide, **at))
    side = texts(counter.open_prices().side)
    assert (
        "! Phones it has never seen: ranges are wider than they need to be; 11 phone models are too few"
        in side
    )
    assert "good enough to be put in use; some of its ranges are wider than they need to be" in side
    assert "its ranges hold" not in side
    assert "better than the one in use" not in side, "there is none"


def test_what_is_too_wide_here_is_what_a_training_calls_so():
    assert {split: high for split, (_, high) in BOUNDS.items()} == MOST_HELD
    assert {split: low for split, (low, _) in BOUNDS.items()} == LEAST_HELD


def test_a_step_says_its_multiplier_shortly_and_its_tip_exactly(counter: PriceCounter):
    window = counter.open_prices()
    counter.press(Key.Key_2, ALT)
    rows = window.numbers.steps.rows
    at = next(row for row, cells in enumerate(rows.rows) if cells[0] == "age")
    assert re.fullmatch(r"× 0\.\d{4}", rows.rows[at][2])
    assert rows.rows[at][1] == "5 years 1 month"
    exact = rows.data(rows.index(at, 2), Qt.ItemDataRole.ToolTipRole)
    assert re.fullmatch(r"× 0\.\d{4,}", str(exact))


def test_the_steps_have_the_windows_room_before_they_scroll(counter: PriceCounter):
    window = counter.open_prices((1360, 860))
    counter.press(Key.Key_2, ALT)
    counter.settle()
    steps = window.numbers.steps
    assert steps.verticalScrollBar().maximum() == 0


def test_a_french_window_has_no_english_step(qapp: QApplication, tmp_path: Path):
    translator = install_language(qapp, "fr")
    counter = PriceCounter(tmp_path, "fr")
    window = counter.open_prices()
    said = window.numbers.steps.text().replace("\u202f", " ").replace("\u00a0", " ")
    assert "5 ans 1 mois" in said
    assert "128 Go" in said
    assert "× 1,0000" in said
    assert "months" not in said
    put_prices(tmp_path, [{"model": "iPhone 13", "price": "-5"}, *asks(3, ["iphone-13"])])
    window.refresh()
    counter.settle()
    assert "price: n'est pas un prix supérieur à 0" in window.numbers.left_out.text()
    assert "ligne 2, price: '-5' n'est pas un prix" in window.numbers.left_out.text()
    counter.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def test_a_file_of_which_most_is_left_out_is_no_success(counter: PriceCounter):
    window = counter.open_prices()
    path = counter.folder / "excel.csv"
    path.write_text("brand;model;price\nApple;iPhone 13;abc\nApple;iPhone 13;def\nApple;iPhone 13;240\n")
    window.model.load(path)
    counter.settle()
    said = window.messages.text()
    assert "excel.csv: 1 price is taken, 2 rows are left out." in said
    assert "line 2, price" in said
    assert "✓" not in said


def test_a_loaded_file_is_taken_out_and_kept_aside(counter: PriceCounter):
    put_prices(counter.folder, asks(20, ["iphone-13"]), "data/good.csv")
    put_prices(counter.folder, asks(20, ["iphone-13"], seed=2), "data/wrong.csv")
    window = counter.open_prices()
    button = next(
        each for each in window.side.findChildren(QPushButton) if each.text() == "Take out wrong.csv"
    )
    button.setFocus()
    counter.press(Key.Key_Space)
    prices = counter.folder / "prices"
    assert [path.name for path in (prices / "data").iterdir()] == ["good.csv"]
    assert [path.name for path in (prices / "taken-out").iterdir()] == ["wrong.csv"]
    assert "wrong.csv is taken out" in window.messages.text()
    assert "20 market prices" in texts(window.side)
    assert "Take out wrong.csv" not in buttons(window.side)


def test_the_battery_that_a_price_assumes_is_shown_and_can_be_another(counter: PriceCounter):
    window = counter.open_prices()
    assert "Battery 85 %  Ctrl+E" in buttons(window.worth)
    before = window.model.curve
    counter.press(Key.Key_E, CTRL)
    after = window.model.curve
    assert before is not None
    assert after is not None
    assert ", battery 80 %, genuine parts" in worth(counter)
    assert after.today.range.p50.amount <= before.today.range.p50.amount


def test_nothing_is_claimed_or_offered_before_anything_was_looked_at(qtbot: QtBot):
    page = SidePage(PricesModel(PriceAccess(), Saving(Worker("desk")), "en"))
    qtbot.addWidget(page)
    page.show()
    assert buttons(page) == ["Fetch now  Ctrl+R", "Load files…  Ctrl+O"]
    assert "Prices are being looked through." in texts(page)


def test_a_model_that_is_damaged_is_not_put_in_use_and_that_is_said(counter: PriceCounter):
    stand(counter.folder)
    window = counter.open_prices()
    counter.press(Key.Key_Return, CTRL)
    assert window.messages.text()
    standing = read_standing(counter.folder)
    assert standing.champion is not None
    assert standing.champion.version == "model-one"


def test_a_training_is_begun_shown_and_cancelled_by_keys(
    counter: PriceCounter, monkeypatch: pytest.MonkeyPatch
):
    now = [TrainingState()]
    monkeypatch.setattr("tradein_app.training.state.read_training", lambda _home: now[0])
    asked: list[str] = []

    def start(_home: Path, _actor: tuple[str, str]) -> TrainingState:
        asked.append("start")
        now[0] = TrainingState(running=True, run="r", share=0.25, step=Step.LEARNING)
        return now[0]

    monkeypatch.setattr("tradein_app.training.starting.begin", start)
    monkeypatch.setattr("tradein_app.training.state.ask_to_cancel", lambda _home, run: asked.append(run))
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    window = counter.open_prices()
    counter.press(Key.Key_T, CTRL)
    counter.press(Key.Key_T, CTRL)
    assert asked == ["start"]
    assert "Learning, 25 %" in texts(window.side)
    assert window.side._progress.value() == 25
    assert "prices stay as they are meanwhile" in texts(window.side)
    counter.press(Key.Key_T, CTRL | SHIFT)
    assert asked == ["start", "r"]
    window.close()
    assert not window.model._look.isActive()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_is_cut_in_the_smallest_window(qapp: QApplication, tmp_path: Path, language: str):
    translator = install_language(qapp, language)
    counter = PriceCounter(tmp_path, language)
    stand(tmp_path, good=False)
    rows = list(asks(160, ["iphone-14"]))
    for number, row in enumerate(rows):
        row["market"], row["currency"] = (("FR", "EUR"), ("DE", "EUR"), ("GB", "GBP"))[number % 3]
    put_prices(tmp_path, rows)
    window = counter.open_prices((1024, 640))
    assert window.worth.choosing.place.isVisible()
    for page in (Key.Key_1, Key.Key_2):
        counter.press(page, ALT)
        assert (window.width(), window.height()) == (1024, 640)
        for each in window.findChildren(QLabel):
            if each.isVisible() and each.text() and not each.wordWrap():
                assert each.width() >= each.sizeHint().width(), each.text()
        for button in window.findChildren(QAbstractButton):
            if button.isVisible() and button.text():
                assert button.width() >= button.sizeHint().width(), button.text()
    assert window.side._inside.minimumSizeHint().width() <= window.side.column.viewport().width()
    assert window.worth.plot.height() >= window.worth.plot.minimumSizeHint().height()
    counter.close()
    if translator is not None:
        qapp.removeTranslator(translator)


def test_everything_has_a_name_for_a_screen_reader(counter: PriceCounter):
    window = counter.open_prices()
    for each in (window.worth.plot, window.worth.choosing.field, window.numbers.backtest, window.side):
        assert each.accessibleName()
    for button in window.findChildren(QPushButton):
        assert button.text() or button.accessibleName()


def test_opened_before_anybody_answers_it_fills_by_itself(counter: PriceCounter, qtbot: QtBot):
    access = counter.bench.prices
    door, access.door = access.door, None
    window = counter.open_prices()
    assert "Prices are being looked through." in texts(window.side)
    access.door = door
    qtbot.waitUntil(lambda: "no model of yours is in use" in texts(window.side), timeout=10_000)
    counter.settle()
    assert not window.messages.text()


def test_a_phones_age_is_the_same_in_the_head_the_plot_and_the_steps(counter: PriceCounter):
    window = counter.open_prices()
    for title in ("iPhone 13", "iPhone 14", "Galaxy S23", "Pixel 8"):
        window.model.choose_titled(title)
        counter.settle()
        head = re.search(r"today \((.+) old\)", worth(counter))
        steps = window.numbers.steps.rows.rows
        assert head is not None
        said = next(cells[1] for cells in steps if cells[0] == "age")
        assert said == head[1], title
        assert f"Today ({said}): €" in window.worth._at.text().replace("\u00a0", " ")


def test_the_dots_say_of_how_many_prices_they_are_and_of_which(counter: PriceCounter):
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    counter.open_prices()
    found = re.search(r"asked in the market, loaded: (\d+) of 160", worth(counter))
    assert found is not None
    assert 0 < int(found[1]) < 160
    assert "only 128 GB, good" in worth(counter)


def test_words_stand_where_the_price_will_until_somebody_answers(counter: PriceCounter):
    access = counter.bench.prices
    door, access.door = access.door, None
    window = counter.open_prices()
    assert "The prices are being looked through…" in texts(window.worth)
    unnamed = [each for each in window.findChildren(QPushButton) if each.isVisible() and not each.text()]
    assert not unnamed
    assert not window.worth._legend.isVisible()
    assert "Your sales against your quotes" not in texts(window.side)
    access.door = door
    window.refresh()
    counter.settle()
    assert "being looked through" not in texts(window.worth)
    assert "Your sales against your quotes" in texts(window.side)


def test_no_other_name_stands_over_a_phones_price(counter: PriceCounter):
    window = counter.open_prices()
    for typed, key in (("fairy dust", Key.Key_Return), ("fairy dust", Key.Key_Tab)):
        counter.type(typed)
        counter.press(key)
        assert window.worth.choosing.field.text() == "Apple iPhone 13", key
        window.worth.choosing.focus_field()
        # The list under the field took the front: without a desktop nobody gives it back.
        window.activateWindow()
        counter.settle()
    assert "No phone model is called “fairy dust”." in window.messages.text()
    counter.type("iphone15")
    counter.press(Key.Key_Return)
    assert window.worth.choosing.field.text() == "Apple iPhone 15"


def test_putting_a_model_in_use_says_so_and_the_last_trainings_words_go(
    counter: PriceCounter, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pricing.model.keeping.load", lambda *_: None)
    monkeypatch.setattr("pricing.book.opening.shop_book", lambda *_: SeedBook())
    stand(counter.folder)
    window = counter.open_prices()
    counter.press(Key.Key_Return, CTRL)
    assert "sets the price from now on." in window.messages.text()
    counter.press(Key.Key_Left, ALT)
    assert window.messages.text().startswith("The model of")
    assert "waits" in window.messages.text()


def test_a_training_whose_model_stands_elsewhere_by_now_is_said_no_more(counter: PriceCounter):
    stand(counter.folder)
    model = counter.open_prices().model
    assert model.overview is not None
    for outcome, version, said in (
        ("promoted", "model-one", True),
        ("promoted", "model-two", False),
        ("waits", "model-two", True),
        ("waits", "model-one", False),
    ):
        training = TrainingState(outcome=Outcome(outcome), version=version, ended=AT)
        assert bool(outcome_line(replace(model.overview, training=training), "en")) is said, (
            outcome,
            version,
        )
    curves = replace(model.overview.standing, champion=None)
    training = TrainingState(outcome=Outcome.PROMOTED, version="model-one", ended=AT)
    assert not outcome_line(replace(model.overview, training=training, standing=curves), "en")


def test_ranges_that_hold_too_little_are_no_reason_for_calm(counter: PriceCounter):
    at: dict[str, Any] = {"at": AT, "actor": ME}
    one = entry("model-one")
    weak = replace(one, scores=(one.scores[0], replace(one.scores[1], coverage=0.67)))
    write_standing(counter.folder, promoted(trained(Standing(), weak, **at), "model-one", **at))
    put_prices(counter.folder, asks(160, ["iphone-13"]))
    side = texts(counter.open_prices().side)
    assert "Nothing to do" not in side
    assert "(Phones it has never seen: 67 of 100 held, 80 should)" in side


def test_a_warning_before_buying_is_no_small_grey_note(counter: PriceCounter):
    window = counter.open_prices()
    curve = window.model.curve
    assert curve is not None
    differ = Because("curves_differ", {"market": "€175", "curves": "€89", "storage": "128"})
    window.model._on_curve(replace(curve, warnings=(*curve.warnings, differ)))
    assert window.worth._cautions.text().startswith("! Market prices and published curves disagree")
    assert "disagree" not in window.worth._notes.text()


def test_the_list_of_phones_is_in_the_order_of_their_names(counter: PriceCounter):
    put_prices(counter.folder, asks(40, ["iphone-15"]))
    counter.open_prices()
    titles = counter.prices.worth.choosing._titles.stringList()
    places = [titles.index(f"Apple iPhone {number}") for number in ("8", "11", "12", "13", "15")]
    assert places == sorted(places)


def test_the_markets_list_price_says_its_currency(counter: PriceCounter):
    from pricing.records import Factor
    from tradein_app.viewmodels.prices_steps import note_words

    assert note_words(Factor("list_in_data", "", Decimal(1), "735.19 EUR"), "en") == "€735.19"
