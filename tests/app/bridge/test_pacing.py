"""Work that is spread over the loop."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from tradein_app.bridge.pacing import Pacer


class Painted:
    """Counts."""

    def __init__(self) -> None:
        self.times = 0

    def paint(self) -> None:
        self.times += 1


def test_a_task_that_is_asked_for_twice_runs_once(qapp):
    pacer, painted = Pacer(), Painted()
    pacer.ask(painted.paint)
    pacer.ask(painted.paint)
    assert painted.times == 0
    pacer.finish()
    assert painted.times == 1


def test_one_task_runs_in_each_pass_of_the_loop_in_their_order(qapp):
    pacer = Pacer()
    said: list[str] = []
    for name in ("first", "second", "third"):
        pacer.ask(partial(said.append, name))
    QCoreApplication.processEvents()
    assert said[:1] == ["first"]
    assert len(said) < 3
    while len(said) < 3:
        QCoreApplication.processEvents()
    assert said == ["first", "second", "third"]


def test_a_task_may_ask_for_another(qapp):
    pacer, painted = Pacer(), Painted()
    pacer.ask(lambda: pacer.ask(painted.paint))
    pacer.finish()
    assert painted.times == 1
