"""`feeds.toml` says in words what is wrong with it, and no secret stands in it."""

from __future__ import annotations

import string
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.errors import BadInput
from pricing.feeds.feed import Feed, feeds_of, parse_feeds
from resources.opening import load_toml

FOLDER = Path("/shop/prices")


def parsed(text: str) -> tuple[Feed, ...]:
    return parse_feeds(text.encode(), FOLDER)


def feeds_or_code(content: bytes) -> tuple[Feed | str, ...]:
    try:
        return parse_feeds(content, FOLDER)
    except BadInput as error:
        return (error.code,)


def test_a_feed_of_the_web_and_one_of_a_drive() -> None:
    web, drive = parsed(
        '[market]\nurl = "https://prices.example/fr.csv?key=1"\nevery = "1d"\nsecret_env = "PRICES_TOKEN"\n'
        'timeout = 60\n[till]\npath = "../till.csv"\nkind = "sold"\nmax_mb = 5\n'
    )
    assert (web.name, web.kind, web.every, web.timeout) == ("market", "asks", timedelta(days=1), 60)
    assert web.source == "https://prices.example/fr.csv"
    assert (drive.kind, drive.path, drive.max_mb, drive.every) == ("sold", FOLDER / "../till.csv", 5, None)


def test_without_a_file_there_are_no_feeds(tmp_path) -> None:
    assert feeds_of(tmp_path) == ()
    (tmp_path / "prices" / "feeds.toml").mkdir(parents=True)
    with pytest.raises(BadInput, match="cannot be read"):
        feeds_of(tmp_path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[market", "cannot be used"),
        ("[a]\n", "a needs either url or path"),
        ('[a]\nurl = "https://x"\npath = "y"', "either url or path"),
        ('[a]\nurl = "file:///etc/passwd"', "must begin with https://"),
        ('[a]\nurl = "ftp://x/y"', "must begin with https://"),
        ('[a]\nurl = "https://"', "name a server"),
        ('[a]\nurl = "https://x:99999/"', "name a server"),
        ('[a]\nurl = "https://me:secret@x/"', "secret_env in their place"),
        ('[a]\nurl = "https://x/a b"', "must begin"),
        ("[a]\nurl = 3", "url of a must be a text, not 3"),
        ('[a]\npath = "y"\nkind = "bids"', 'must be "asks" or "sold", not \'bids\''),
        ('[a]\npath = "y"\nevery = "daily"', 'must be like "6h", "1d" or "1w"'),
        ('[a]\npath = "y"\nevery = "0d"', "must be like"),
        ('[a]\npath = "y"\nmax_mb = 0', "whole number from 1 to 2048"),
        ('[a]\npath = "y"\ntimeout = true', "whole number from 1 to 3600, not true"),
        ('[a]\npath = "y"\nsecret_env = "hunter 2"', "not the secret itself"),
        ('[a]\npath = "y"\npassword = "x"', "'password', which no feed has"),
        ('["../a"]\npath = "y"', "no name of a feed"),
        ('[CON]\npath = "y"', "no name of a feed"),
        ('[con]\npath = "y"', "no name of a feed"),
        ("a = 3", "must be a section"),
        ("".join(f'[f{n}]\npath = "y"\n' for n in range(51)), "more than 50 feeds"),
    ],
)
def test_what_is_wrong_is_said(text: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        parsed(text)
    assert said in str(caught.value)
    assert caught.value.code == "bad_feeds"
    assert "feeds.toml" in str(caught.value)
    assert "secret@" not in str(caught.value)


_KEYS = st.sampled_from(["kind", "url", "path", "every", "user", "secret_env", "max_mb", "timeout", "other"])
_VALUES = st.one_of(
    st.text(max_size=40).filter(str.isprintable).map(lambda text: repr(text) if "'" not in text else '"x"'),
    st.integers().map(str),
    st.sampled_from(['"https://prices.example/a.csv"', '"1d"', '"sold"', "true", "[]", "1979-05-27", "nan"]),
)


@given(
    st.dictionaries(st.text("abc-._9", min_size=1, max_size=6), st.dictionaries(_KEYS, _VALUES), max_size=3)
)
def test_whatever_stands_in_it_is_feeds_or_a_sentence(sections) -> None:
    lines = [
        f'["{name}"]\n' + "".join(f"{key} = {value}\n" for key, value in rows.items())
        for name, rows in sections.items()
    ]
    for feed in feeds_or_code("".join(lines).encode()):
        if isinstance(feed, str):
            assert feed == "bad_feeds"
            continue
        assert set(feed.name) <= set(string.ascii_lowercase + string.digits + "-")
        assert bool(feed.url) != (feed.path is not None)
        assert feed.url.startswith(("https://", "http://")) or not feed.url


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(content: bytes) -> None:
    assert feeds_or_code(content) in ((), ("bad_feeds",))


def test_every_word_is_there_in_both_languages_with_the_same_parameters() -> None:
    for group in load_toml("messages/feeds.toml").values():
        for key, texts in group.items():
            fields = [
                {name for _, name, _, _ in string.Formatter().parse(texts[language]) if name}
                # "1 row" needs no number in it, and French has one form for 0 and 1.
                - ({"count"} if key.endswith("_one") else set())
                for language in ("en", "fr")
            ]
            assert fields[0] == fields[1], key
