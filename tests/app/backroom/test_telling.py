"""What happens on the bench is told one phone after the other, and none keeps the others back."""

from __future__ import annotations

import queue
import threading

from diagnostics.bench import BenchEvent, EventKind
from tests.fakes.backrooms import PATIENCE
from tradein_app.backroom.telling import Teller
from tradein_app.backroom.wire import News


def test_news_that_cannot_be_sent_are_a_crash_and_the_next_ones_are_told(monkeypatch):
    crashes: queue.Queue[object] = queue.Queue()
    told: queue.Queue[News] = queue.Queue()
    monkeypatch.setattr(threading, "excepthook", lambda args: crashes.put(args.exc_value))

    def send(news: object) -> None:
        assert isinstance(news, News)
        if news.events[0].source == "usb":
            raise TypeError("cannot be pickled")
        told.put(news)

    teller = Teller(send)
    teller.tell(BenchEvent(EventKind.SOURCE, source="usb"))
    assert isinstance(crashes.get(timeout=PATIENCE), TypeError)
    teller.tell(BenchEvent(EventKind.SOURCE, source="ios"))
    assert told.get(timeout=PATIENCE).events[0].source == "ios"
    teller.stop()
