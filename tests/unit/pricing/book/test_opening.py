"""A shop's book from its data folder: what lies there counts, what is damaged is said and left aside."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from pricing.book import opening
from pricing.book.opening import shop_book
from pricing.drift import LEAST_SALES
from pricing.model.keeping import save
from pricing.own_deals import FILE as OWN_DEALS
from pricing.own_deals import OwnDeal, Promise, write_own_deals
from pricing.ports import Price
from pricing.seed.book import SeedBook
from pricing.standing.keeping import read_standing
from pricing.standing.places import model_folder, prices_folder, standing_file
from pricing.standing.records import Standing
from pricing.words import words
from tests.fakes.shop_prices import TODAY, a_query, crowned, kept_in, own_deal, trained


def priced(home: Path | None) -> Price:
    return shop_book(home, TODAY).price(a_query())


def codes(price: Price) -> list[str]:
    return [each.code for each in price.warnings]


def write_deals(home: Path, *deals: OwnDeal) -> None:
    write_own_deals(prices_folder(home) / "own-deals.csv", deals)


def test_without_a_folder_and_in_an_empty_one_the_curves_speak(tmp_path: Path) -> None:
    seed = SeedBook().price(a_query())
    assert priced(None) == priced(tmp_path) == priced(tmp_path / "nowhere") == seed


def test_the_champion_prices(tmp_path: Path) -> None:
    crowned(tmp_path)
    price = priced(tmp_path)
    assert price.range.basis == "market"
    assert trained().card.version in price.version


def test_the_model_of_price_predict_prices_where_none_is_champion(tmp_path: Path) -> None:
    kept_in(tmp_path)
    assert priced(tmp_path).range.basis == "market"


def test_a_model_of_sales_needs_nothing_between_ask_and_sale(tmp_path: Path) -> None:
    crowned(tmp_path / "asks")
    crowned(tmp_path / "sales", kind="sold")
    asks, sales = priced(tmp_path / "asks"), priced(tmp_path / "sales")
    assert "ask_to_sold" not in {each.key for each in sales.factors}
    assert float(asks.range.p50.amount / sales.range.p50.amount) == pytest.approx(0.9, abs=1e-3)
    assert codes(sales) == []


@pytest.mark.parametrize("damage", ["cut", "foreign", "gone", "swapped"])
def test_a_model_that_cannot_be_used_leaves_the_curves_and_says_why(tmp_path: Path, damage: str) -> None:
    place = crowned(tmp_path)
    document = place / "model.json"
    match damage:
        case "cut":
            document.write_bytes(document.read_bytes()[:-400])
        case "foreign":
            document.write_text(json.dumps({"schema": "somebody/else"}))
        case "gone":
            document.unlink()
        case "swapped":
            (place / "trees.npz").write_bytes(b"nothing of ours")
    price = priced(tmp_path)
    assert price.range == SeedBook().price(a_query()).range
    assert codes(price)[-1] == "price_model_unused"
    assert len(price.warnings[-1].params["detail"]) > 20


def test_a_damaged_standing_leaves_the_curves_and_says_why(tmp_path: Path) -> None:
    crowned(tmp_path)
    standing_file(tmp_path).write_text('{"champion": ')
    price = priced(tmp_path)
    assert price.range.basis == "seed"
    assert codes(price)[-1] == "price_model_unused"


def test_a_version_cannot_lead_out_of_the_folder_of_models(tmp_path: Path) -> None:
    place = crowned(tmp_path)
    standing = standing_file(tmp_path)
    standing.write_text(standing.read_text().replace(trained().card.version, "../../elsewhere"))
    place.rename(tmp_path / "elsewhere")
    assert codes(priced(tmp_path))[-1] == "price_model_unused"


def test_a_sale_counts_at_the_next_price(tmp_path: Path) -> None:
    before = priced(tmp_path)
    write_deals(tmp_path, *(own_deal("iPhone 13", "150", number) for number in range(6)))
    after = priced(tmp_path)
    assert after.range.basis == "own_deals"
    assert after.counts.own_deals == 6
    assert after.range.p50 < before.range.p50
    assert after.version != before.version
    write_deals(tmp_path, own_deal("iPhone 13", "150"))
    assert priced(tmp_path).counts.own_deals == 1


def test_a_model_that_is_replaced_counts_at_the_next_price(tmp_path: Path) -> None:
    crowned(tmp_path)
    before = priced(tmp_path)
    cheaper = replace(trained(), level=trained().level - 0.5)
    save(cheaper, model_folder(tmp_path, trained().card.version))
    assert priced(tmp_path).range.p50 < before.range.p50


def test_a_file_of_sales_that_holds_none_is_said(tmp_path: Path) -> None:
    place = prices_folder(tmp_path) / "own-deals.csv"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"\x00\x01\x02 what is this\nnobody knows\n")
    price = priced(tmp_path)
    assert price.range == SeedBook().price(a_query()).range
    assert codes(price)[-1] == "own_deals_no_column"
    assert "n'a pas de colonne id" in words(price.warnings[-1], "fr")


def test_quotes_that_promised_too_much_widen_the_range(tmp_path: Path) -> None:
    calm, wrong = tmp_path / "calm", tmp_path / "wrong"
    count = 3 * LEAST_SALES
    for home, promised in ((calm, 1), (wrong, 2)):
        sales = (own_deal("iPhone 13", str(198 + n % 5), n, TODAY - timedelta(days=n)) for n in range(count))
        write_deals(home, *(replace(sale, promise=_promise(promised * sale.price)) for sale in sales))
    said, silent = priced(wrong), priced(calm)
    assert "price_drift" in codes(said)
    assert "price_drift" not in codes(silent)
    assert said.range.p50 == silent.range.p50
    assert said.range.p10 < silent.range.p10


def _promise(p50: object) -> Promise:
    middle = Decimal(str(p50))
    return Promise(middle * Decimal("0.8"), middle, middle * Decimal("1.2"), "EUR", "v", "seed", TODAY)


def test_a_book_prices_without_scikit_learn_and_the_curves_without_numpy(tmp_path: Path) -> None:
    kept_in(tmp_path)
    script = tmp_path / "script.py"
    script.write_text(_SCRIPT)
    for home, banned in ((tmp_path, "sklearn scipy"), (tmp_path / "empty", "sklearn scipy numpy")):
        done = subprocess.run([sys.executable, str(script), str(home), *banned.split()], check=False)
        assert done.returncode == 0, banned


_SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from diagnostics.grading.result import Grade
from pricing.book.opening import shop_book
from pricing.catalogue import load_catalogue
from pricing.ports import PriceQuery
model = load_catalogue().find(manufacturer=None, name="iPhone 13", code=None)
shop_book(Path(sys.argv[1])).price(PriceQuery(model, 128, Grade.GOOD, 87, date(2025, 11, 20), "FR", "EUR"))
found = set(sys.argv[2:]) & set(sys.modules)
sys.exit(f"loaded: {found}" if found else 0)
"""


def test_a_book_stays_open_while_nothing_changes(tmp_path: Path) -> None:
    crowned(tmp_path)
    assert shop_book(tmp_path, TODAY) is shop_book(tmp_path, TODAY)


def test_which_model_counts_is_read_once_while_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowned(tmp_path)
    reads: list[Path] = []

    def counted(home: Path) -> Standing:
        reads.append(home)
        return read_standing(home)

    monkeypatch.setattr(opening, "read_standing", counted)
    for _ in range(5):
        shop_book(tmp_path, TODAY)
    assert len(reads) == 1


def test_own_sales_that_are_left_out_beside_good_ones_are_said_with_each_price(tmp_path: Path) -> None:
    write_deals(tmp_path, own_deal("iPhone 13", "260", 1), own_deal("iPhone 13", "261", 2))
    path = tmp_path / "prices" / OWN_DEALS
    head, first, second = path.read_text().splitlines()
    path.write_text("\n".join([head, first.replace("260", "1e-400"), second]))
    told = {each.code: each.params for each in priced(tmp_path).warnings}
    assert told["own_deals_left_out"] == {"count": "1", "file": OWN_DEALS, "line": "2"}


def test_rates_that_were_kept_and_cannot_be_are_not_used_and_that_is_said(tmp_path: Path) -> None:
    usual = priced(tmp_path)
    path = tmp_path / "prices" / "rates" / "ecb.csv"
    path.parent.mkdir(parents=True)
    path.write_text("day,CHF,GBP,JPY,USD\n2025-11-19,0.9,0.8,180,999999999.9\n")
    price = priced(tmp_path)
    assert price.range.p50 == usual.range.p50
    assert "rates_unused" in codes(price)
