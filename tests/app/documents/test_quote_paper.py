"""The paper that a customer takes home: plain, complete, and without the shop's own business."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from diagnostics.errors import BadInput, UserError
from diagnostics.model import LockState, Platform
from pricing.words import keys
from resources.opening import load_toml
from tests.fakes.shops import IMEI, PaperShop
from tests.fakes.windows import CLEAR, read_iphone
from tradein_app.config import HOME, load_config
from tradein_app.documents.customer_quote import customer_quote
from tradein_app.documents.quote_paper import quote_html, save_quote_pdf
from tradein_app.documents.shop import ShopDetails, load_shop
from tradein_app.services.persons_word import with_imei
from tradein_app.services.records import THE_PERSON, InspectionRecord
from tradein_app.starting import paper_maker
from tradein_app.viewmodels.formatting import without_isolates
from tradein_app.viewmodels.numbers import quote_number
from tradein_app.viewmodels.quote import quote_view

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
SECRET = ("margin", "commission", "marge", "caution", "prudence", "note")


@pytest.fixture
def shop() -> Iterator[PaperShop]:
    made = PaperShop()
    yield made
    made.close()


def quoted(shop: PaperShop, reading=None, **answers: str | int | None) -> InspectionRecord:
    record = shop.desk.take_in(reading or read_iphone("A"), actor=THE_PERSON)
    shop.desk.answer(record.id, {**CLEAR, **answers}, actor=THE_PERSON)
    priced = shop.desk.quote(record.id, actor=THE_PERSON)
    assert priced.quote is not None
    return priced


def amount(text: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.−]", "", text).replace("−", "-"))


def pdf_text(path: Path) -> tuple[int, str]:
    from pypdf import PdfReader

    pages = PdfReader(path).pages
    text = " ".join(page.extract_text() for page in pages)
    return len(pages), " ".join(unicodedata.normalize("NFKC", text).split())


class Fonts(dict[str, str]):
    """The fonts of a paper's pieces of text, asked for by what such a piece holds."""

    def __missing__(self, words: str) -> str:
        return next(font for piece, font in self.items() if words in piece)


def pdf_fonts(path: Path) -> Fonts:
    from pypdf import PdfReader

    fonts = Fonts()

    def note(text: str, _user: object, _line: object, font: dict[str, Any] | None, _size: float) -> None:
        if font is not None:
            fonts[" ".join(unicodedata.normalize("NFKC", text).split())] = font["/BaseFont"]

    PdfReader(path).pages[0].extract_text(visitor_text=note)
    return fonts


def test_the_lines_add_up_to_the_offer(shop):
    paper = customer_quote(quoted(shop, frame_scratches="not_at_50cm"), language="en", made=NOW)
    assert sum(amount(line) for _, line in paper.lines) == amount(paper.offer)
    assert paper.lines[0][0].startswith("Expected selling price")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_shops_own_business_never_appears(shop, language):
    record = quoted(shop)
    html = quote_html(customer_quote(record, language=language, made=NOW), ShopDetails(), language)
    words = re.sub(r"<[^>]*>", " ", html.replace("style='margin", "")).casefold()
    assert [word for word in SECRET if re.search(rf"\b{word}\b", words)] == []
    assert record.quote is not None
    own = {step.amount.amount for step in record.quote.waterfall if step.key in {"margin", "commission"}}
    assert own
    assert [value for value in own if f"{abs(value)}" in words.replace(",", ".")] == []


def test_the_paper_is_one_page_with_everything_that_a_customer_needs(shop, tmp_path, qapp: QApplication):
    record = quoted(shop, frame_scratches="not_at_50cm", ports="light_wear")
    path = save_quote_pdf(record, tmp_path / "deep" / "quote.pdf", made=NOW)
    pages, text = pdf_text(path)
    assert pages == 1
    assert list(path.parent.iterdir()) == [path]
    wanted = (
        "iPhone 13",
        "128 GB",
        "490154203237518",
        "F2LXAQKL",
        "Battery health: 95 %",
        "413",
        "Good: light traces",
        "not seen at 50",
        "Valid until 29 Nov 2026",
        "You may say no",
        "The phone is erased",
        "estimate",
    )
    assert [word for word in wanted if word not in text] == []


def test_numbers_that_are_copied_by_hand_stand_in_letters_that_cannot_be_mistaken(
    shop, tmp_path, qapp: QApplication
):
    record = quoted(shop)
    fonts = pdf_fonts(save_quote_pdf(record, tmp_path / "quote.pdf", made=NOW))
    plain = fonts["iPhone 13"]
    assert fonts["Battery health"] == plain
    assert plain not in {fonts["490154203237518"], fonts["F2LXAQKL"], fonts[quote_number(record)]}
    assert fonts["490154203237518"] == fonts["F2LXAQKL"]


def test_the_paper_speaks_french(shop, tmp_path, qapp: QApplication):
    _, text = pdf_text(save_quote_pdf(quoted(shop), tmp_path / "devis.pdf", language="fr", made=NOW))
    for word in ("Notre offre pour votre téléphone", "128 Go", "Vous pouvez dire non", "€", "nov. 2026"):
        assert word in text


def test_a_conditional_offer_says_what_it_is_subject_to(shop):
    record = quoted(shop, sim_lock="not_checked", owner_lock="not_checked")
    assert record.quote is not None
    assert record.quote.decision == "review"
    paper = customer_quote(record, language="en", made=NOW)
    assert paper.title == "Our conditional offer"
    assert "Carrier lock: we still have to check that it does not lock the phone." in paper.subject_to
    assert [line for line in paper.subject_to if "Look on" in line] == []
    assert "Subject to:" in quote_html(paper, ShopDetails(), "en")


def test_a_plain_offer_is_subject_to_nothing(shop):
    paper = customer_quote(quoted(shop), language="en", made=NOW)
    assert "Subject to:" not in quote_html(paper, ShopDetails(), "en")


@pytest.mark.parametrize("answers", [{"safety": "swollen"}, {"front_crack": "shattered"}])
def test_without_an_offer_there_is_no_paper(shop, tmp_path, answers):
    with pytest.raises(UserError, match="makes no offer"):
        save_quote_pdf(quoted(shop, **answers), tmp_path / "quote.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_a_locked_phone_gets_no_paper(shop, tmp_path):
    reading = read_iphone("A")
    locked = dataclasses.replace(reading, locks=dataclasses.replace(reading.locks, activation=LockState.ON))
    record = quoted(shop, locked, owner_lock="seen_on")
    assert record.quote is not None
    assert {reason.code for reason in record.quote.reasons} == {"lock_on"}
    with pytest.raises(UserError, match="makes no offer"):
        save_quote_pdf(record, tmp_path / "quote.pdf")


def test_an_unpriced_phone_gets_no_paper(shop, tmp_path):
    record = shop.desk.take_in(read_iphone("A"), actor=THE_PERSON)
    with pytest.raises(UserError, match="There is no quote"):
        save_quote_pdf(record, tmp_path / "quote.pdf")


def test_hostile_texts_are_escaped(shop):
    record = quoted(shop)
    evil = "<b onload=x>&amp;"
    identity = dataclasses.replace(record.reading.identity, colour=evil, serial=evil)
    record = dataclasses.replace(record, reading=dataclasses.replace(record.reading, identity=identity))
    html = quote_html(customer_quote(record, language="en", made=NOW), ShopDetails(name=evil), "en")
    assert "<b onload" not in html
    assert html.count("&lt;b onload=x&gt;&amp;amp;") == 3


def test_many_findings_still_fit_on_one_page(shop, tmp_path, qapp: QApplication):
    worn = {
        "screen_scratches": "at_20cm",
        "screen_scratch_count": "up_to_10",
        "screen_edge_chips": "one_small",
        "screen_lit": "slightly_visible",
        "burn_in": "faint_on_grey",
        "back_scratches": "visible",
        "frame_scratches": "visible",
        "frame_dents": "few_small",
        "paint": "visible",
        "ports": "worn",
        "camera_glass": "outside_optics",
        "parts_history": "unknown_part",
        "sim_lock": "not_checked",
    }
    record = quoted(shop, **worn)
    paper = customer_quote(record, language="fr", made=NOW)
    assert paper.findings[-1].startswith("et ")
    pages, _ = pdf_text(save_quote_pdf(record, tmp_path / "quote.pdf", language="fr"))
    assert pages == 1


def test_what_was_not_read_is_said(shop):
    paper = customer_quote(quoted(shop, owner_lock="not_checked"), language="en", made=NOW)
    assert dict(paper.machine)["Find My"] == "not read"
    assert dict(paper.machine)["Blacklist"] == "not checked"
    assert dict(paper.machine)["Activation"] == "activated"
    assert "Activation lock" not in dict(paper.machine)


def test_what_a_person_saw_is_evidence(shop):
    record = quoted(shop, battery_settings=86)
    paper = customer_quote(record, language="en", made=NOW)
    assert without_isolates(paper.seen) == (
        "Seen on the phone by us: Battery health: 86 %; Find My: off; Carrier lock: off."
    )
    french = customer_quote(record, language="fr", made=NOW).seen
    assert "Localiser\u00a0: désactivé" in french
    assert paper.findings == ()
    assert "Seen on the phone by us" in quote_html(paper, ShopDetails(), "en")


def test_what_a_person_saw_is_never_said_to_be_read_by_a_computer(shop):
    paper = customer_quote(quoted(shop, battery_settings=86), language="en", made=NOW)
    machine = {label: without_isolates(value) for label, value in paper.machine}
    assert {"Find My", "Carrier lock"} & set(machine) == set()
    assert machine["Battery health"] == "88 %"
    unlooked = customer_quote(quoted(shop, sim_lock="not_checked"), language="en", made=NOW)
    assert "Carrier lock" not in unlooked.seen
    assert dict(unlooked.machine)["Carrier lock"] == "not read"


@pytest.mark.parametrize(
    ("language", "label"), [("en", "IMEI, as it was scanned"), ("fr", "IMEI, tel que scanné")]
)
def test_an_imei_that_a_person_scanned_is_said_to_be(shop, language, label):
    reading = with_imei(read_iphone("A", imei=None), IMEI, "Camille", NOW)
    rows = dict(customer_quote(quoted(shop, reading), language=language, made=NOW).phone)
    assert rows[label] == IMEI
    read = dict(customer_quote(quoted(shop, read_iphone("B")), language=language, made=NOW).phone)
    assert (read["IMEI"], label in read) == (IMEI, False)


@pytest.mark.parametrize(("wiped", "said"), [("yes", "erased: we saw"), ("no", "We erase the phone")])
def test_a_phone_that_was_erased_is_not_promised_to_be(shop, wiped, said):
    html = quote_html(customer_quote(quoted(shop, wiped=wiped), language="en", made=NOW), ShopDetails(), "en")
    assert said in html
    assert ("We erase the phone" in html) == (wiped == "no")


def test_android_and_apple_call_their_locks_otherwise(shop):
    iphone = quoted(shop)
    reading = dataclasses.replace(iphone.reading, platform=Platform.ANDROID)
    android = dataclasses.replace(iphone, reading=reading)
    for record, named in ((iphone, False), (android, True)):
        html = quote_html(customer_quote(record, language="en", made=NOW), ShopDetails(), "en")
        assert ("FRP" in html) == named


def test_a_finding_is_a_short_statement(shop):
    paper = customer_quote(quoted(shop, back_scratches="not_at_50cm"), language="en", made=NOW)
    assert paper.findings == ("Scratches on the back: light, not seen at 50\u00a0cm",)
    assert paper.condition == (
        "Good: light traces of use, not seen at arm's length.",
        "Because of: Scratches on the back: light, not seen at 50\u00a0cm",
    )


def test_without_traces_of_use_the_paper_speaks_of_none(shop):
    paper = customer_quote(quoted(shop, battery_settings=86), language="en", made=NOW)
    assert paper.condition == ("Excellent.", "Because of: Battery health in the settings: 86 %")


def test_colours_are_translated(shop):
    assert dict(customer_quote(quoted(shop), language="fr", made=NOW).phone)["Couleur"] == "minuit"


def test_the_number_is_that_of_the_screen(shop):
    record = quoted(shop)
    view = quote_view(record, previous=None, language="en", now=NOW)
    assert customer_quote(record, language="en", made=NOW).number == quote_number(record)
    assert quote_number(record) in view.versions
    assert len(quote_number(record)) == 12


def test_the_file_is_named_by_the_same_number(shop, tmp_path, qapp: QApplication):
    record = quoted(shop)
    save = paper_maker(load_config({HOME: str(tmp_path)}), "en")
    assert save(record).stem.endswith(f"-{quote_number(record)}")
    assert save(record, accepted=True).stem.startswith("purchase-")
    assert len(list((tmp_path / "quotes").iterdir())) == 2


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_accepted_deal_has_its_own_paper(shop, tmp_path, qapp: QApplication, language):
    record = quoted(shop, frame_scratches="not_at_50cm")
    path = tmp_path / "deal.pdf"
    save_quote_pdf(record, path, language=language, made=NOW, accepted_at=NOW, accepted_by="Léa")
    pages, text = pdf_text(path)
    assert pages == 1
    wanted = {
        "en": ("You sold us your phone", "Accepted on 22 Nov 2026", "Léa", "What you declare", "Paid by"),
        "fr": ("Vous nous avez vendu", "Accepté le 22 nov. 2026", "Léa", "Ce que vous déclarez", "Payé par"),
    }[language]
    assert [word for word in wanted if word not in text] == []
    assert [word for word in ("binds you to nothing", "n'engage à rien", "Valid") if word in text] == []


def test_who_accepted_is_a_line_to_write_on_where_nobody_is_named(shop):
    paper = customer_quote(quoted(shop), language="en", made=NOW, accepted_at=NOW)
    assert set(dict(paper.fill_in).values()) == {""}
    assert customer_quote(quoted(shop), language="en", made=NOW).fill_in == ()


def test_a_conditional_offer_has_no_paper_of_a_purchase(shop):
    with pytest.raises(UserError, match="conditional"):
        customer_quote(quoted(shop, sim_lock="not_checked"), language="en", made=NOW, accepted_at=NOW)


def test_with_open_questions_there_is_no_paper(shop):
    record = quoted(shop, ports=None, liquid=None)
    with pytest.raises(UserError, match=r"questions are open \(2\)") as caught:
        customer_quote(record, language="en", made=NOW)
    assert caught.value.code == "paper_incomplete"


def test_a_phone_that_nothing_names_gets_no_paper(shop):
    record = quoted(shop)
    identity = dataclasses.replace(record.reading.identity, imei=None, imei2=None, serial=None)
    record = dataclasses.replace(record, reading=dataclasses.replace(record.reading, identity=identity))
    with pytest.raises(UserError, match="Neither IMEI nor serial number"):
        customer_quote(record, language="en", made=NOW)


def test_every_reason_of_a_conditional_offer_has_words_for_a_customer():
    waits = {
        "lock_contradicted",
        "lock_hinted",
        "lock_unknown",
        "not_wiped",
        "bootloader_unlocked",
        "rooted",
        "storage_unknown",
        "storage_unlisted",
    }
    assert waits <= keys("reasons")
    assert waits <= set(load_toml("messages/paper.toml")["subjects"])


def test_a_shop_without_a_name_gets_a_line_to_write_on(shop):
    html = quote_html(customer_quote(quoted(shop), language="en", made=NOW), ShopDetails(), "en")
    assert "[" not in html
    assert "Shop: name and address" in html


def test_the_shops_details_come_from_its_own_file(tmp_path):
    assert load_shop(tmp_path) == ShopDetails()
    (tmp_path / "shop.toml").write_text('name = "Chez Léa"\naddress = "1 rue de la Paix"\n', encoding="utf-8")
    assert load_shop(tmp_path).name == "Chez Léa"
    (tmp_path / "shop.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(BadInput, match=r"shop\.toml"):
        load_shop(tmp_path)
