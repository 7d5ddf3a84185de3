"""What a phone's answers mean: each one understood as soon as it is there, and dated by when it was given."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from diagnostics.apple import battery, findmy, jailbreak, locks, mdm, storage
from diagnostics.apple import questions as q
from diagnostics.apple.errors import Trouble
from diagnostics.apple.identity import DEVICE_TREE, GESTALT, guess_a_number, read_a_number, read_identity
from diagnostics.apple.memory import Answer, Memory
from diagnostics.apple.names import Names
from diagnostics.apple.sim import read_sim
from diagnostics.apple.values import mapping
from diagnostics.building import FIELDS, LOCKS, ReadingBuilder

log = logging.getLogger(__name__)
_ACTIVATION = ("locks.activation",)
_OWNER = ("locks.find_my", "locks.account")
_ROOT = ("locks.root",)
_OF_NOW: Mapping[str, tuple[str, ...]] = {
    q.VALUES: _ACTIVATION,
    q.VALUES_IN_SESSION: (*_ACTIVATION, "locks.screen", "locks.sim", "sim.status"),
    **dict.fromkeys(q.GAUGES, battery.GAUGE_FIELDS),
}
"""What a later answer to the same question takes back, because the phone may have changed."""
_OF_LOCKS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((q.FIND_MY, q.OPTIONS), (*_OWNER, *_ACTIVATION)),
    **dict.fromkeys((q.AFC2, q.JAILBREAK_APPS), _ROOT),
    **dict.fromkeys((q.CLOUD, q.PROFILES), mdm.FIELDS),
}
"""What is taken back when a question is asked again and gets no answer."""


class Findings:
    """Fills a reading from what is remembered of a phone.

    Args:
        builder: What is filled.
        memory: The phone's answers.
        names: The shop's own names of models and colours.
    """

    def __init__(self, builder: ReadingBuilder, memory: Memory, names: Names) -> None:
        self._builder = builder
        self._memory = memory
        self._names = names
        self._identity = tuple(sorted(name for name in FIELDS if name.startswith("identity.")))
        self._readers: Mapping[str, Callable[[object], None]] = {
            q.VALUES: self._values,
            q.VALUES_IN_SESSION: self._values_in_session,
            q.ENCLOSURE: self._enclosure,
            q.LEVEL: self._level,
            q.DISK: self._disk,
            **dict.fromkeys(q.GAUGES, self._gauge),
            q.FIND_MY: self._owner,
            q.OPTIONS: self._owner,
            q.AFC2: self._root,
            q.JAILBREAK_APPS: self._root,
            q.DEVICE_TREE: lambda answer: self._a_number(answer, f"{q.DEVICE_TREE} {DEVICE_TREE}"),
            q.GESTALT: lambda answer: self._a_number(answer, f"{q.GESTALT} {GESTALT}"),
        }

    @property
    def values(self) -> object:
        """The newest default domain of lockdown's."""
        newest = self._newest_values()
        return newest.value if newest else None

    def take(self, question: str) -> None:
        """Understand the newest answer to a question."""
        answer = self._answer(question)
        if answer is None:
            return
        self._builder.forget(*_OF_NOW.get(question, ()))
        with self._builder.dated(answer.at):
            self._readers[question](answer.value)

    def take_all(self) -> None:
        """Understand everything that is remembered from a reading that was cut short, but for locks of long ago."""
        for question in _OF_LOCKS:
            if self._memory.fresh(question) is None:
                self._memory.drop(question)
        for question in self._readers:
            self.take(question)
        self.read_management()
        self.drop_old_locks()

    def fail(self, question: str) -> None:
        """Take back what an answer of before said of locks: asked again, the phone did not say it."""
        if question not in _OF_LOCKS:
            return
        if self._answer(question) is not None:
            self._memory.drop(question)
        self._builder.forget(*_OF_LOCKS[question])
        if _ACTIVATION[0] in _OF_LOCKS[question]:
            self._activation()
            self._owner()
        if question in (q.AFC2, q.JAILBREAK_APPS):
            self._root()

    def drop_old_locks(self, reason: str = "") -> None:
        """Take back what was said of locks so long ago that it proves nothing any more.

        Args:
            reason: The code of the problem that takes the value's place; ``""`` while the reading goes on.
        """
        known = self._builder.partial().evidence
        for field in LOCKS:
            if field in known and not self._memory.proves(known[field].at):
                self._builder.forget(field)
                if reason:
                    self._builder.problem(field, reason)

    def read_management(self) -> None:
        """Understand who manages the phone, once both questions about it were asked."""
        cloud, profiles = self._answer(q.CLOUD), self._answer(q.PROFILES)
        told = [answer for answer in (cloud, profiles) if answer]
        if told:
            activated = locks.activated(mapping(self.values))
            said = [answer and answer.value for answer in (cloud, profiles)]
            with self._builder.dated(min(answer.at for answer in told)):
                self._guarded(mdm.FIELDS, mdm.read_mdm, *said, self._builder, activated=activated)

    def finish(self) -> None:
        """Understand what needs everything that was answered, and explain what nobody can tell."""
        self._owner()
        locks.explain_owner(self._builder)
        locks.explain_root(self._builder)
        locks.read_bootloader(self._builder)
        self._guarded(("identity.a_number",), guess_a_number, self.values, self._builder)

    def _values(self, values: object) -> None:
        self._guarded(self._identity, read_identity, values, self._builder, names=self._names)
        self._guarded(_ACTIVATION, locks.read_activation, values, self._builder)

    def _activation(self) -> None:
        if values := self._newest_values():
            with self._builder.dated(values.at):
                self._guarded(_ACTIVATION, locks.read_activation, values.value, self._builder)

    def _values_in_session(self, values: object) -> None:
        self._values(values)
        self._guarded(("locks.screen",), locks.read_screen, values, self._builder)
        self._guarded(("sim.status", "locks.sim"), read_sim, values, self._builder)

    def _enclosure(self, enclosure: object) -> None:
        asked = {"enclosure": enclosure, "names": self._names}
        self._guarded(self._identity, read_identity, self.values, self._builder, **asked)

    def _level(self, domain: object) -> None:
        self._guarded(("battery.level_percent",), battery.read_level, domain, self._builder)

    def _disk(self, domain: object) -> None:
        self._guarded(storage.FIELDS, storage.read_storage, domain, self._builder)

    def _gauge(self, _: object) -> None:
        told = [answer for name in q.GAUGES if (answer := self._answer(name))]
        gauges = [answer for answer in told if battery.is_gauge(answer.value)]
        if gauges:
            first, *more = (answer.value for answer in gauges)
            with self._builder.dated(min(answer.at for answer in gauges)):
                self._guarded(battery.GAUGE_FIELDS, battery.read_gauge, first, self._builder, *more)

    def _a_number(self, answer: object, source: str) -> None:
        self._guarded(("identity.a_number",), read_a_number, answer, source, self._builder)

    def _owner(self, _: object = None) -> None:
        self._guarded(_OWNER, self._read_owner)

    def _root(self, _: object = None) -> None:
        self._guarded(_ROOT, self._read_root)

    def _guarded(
        self, fields: Iterable[str], reader: Callable[..., None], *said: object, **more: Any
    ) -> None:
        """Let a reader understand an answer; a bug of its own costs its fields, and nothing else of the reading."""
        try:
            reader(*said, **more)
        except Exception as error:
            log.exception("an answer of an iPhone could not be read")
            for field in fields:
                if not self._builder.explained(field):
                    self._builder.problem(field, "internal_error", detail=type(error).__name__)

    def _read_owner(self) -> None:
        locks.read_owner(list(self._signs()), self.values, self._builder)

    def _read_root(self) -> None:
        signs: dict[str, findmy.Sign] = {}
        if service := self._answer(q.AFC2):
            signs["afc2"] = jailbreak.sign_of_service(service.value, service.at)
        if apps := self._answer(q.JAILBREAK_APPS):
            signs["apps"] = jailbreak.sign_of_apps(apps.value, apps.at)
        locks.read_root(signs, self._builder)

    def _signs(self) -> Iterator[findmy.Sign]:
        if fmip := self._answer(q.FIND_MY):
            yield findmy.sign_of_fmip(fmip.value, fmip.at)
        if options := self._answer(q.OPTIONS):
            yield from findmy.signs_of_nvram(options.value, q.OPTIONS, options.at)
        if values := self._memory.fresh(q.VALUES_IN_SESSION):
            nvram = mapping(values.value).get("NonVolatileRAM")
            yield from findmy.signs_of_nvram(nvram, "lockdown NonVolatileRAM", values.at)

    def _newest_values(self) -> Answer | None:
        answers = [a for name in (q.VALUES, q.VALUES_IN_SESSION) if (a := self._answer(name))]
        return max(answers, key=lambda answer: answer.at) if answers else None

    def _answer(self, question: str) -> Answer | None:
        answer = self._memory.get(question)
        return None if answer is None or isinstance(answer.value, Trouble) else answer
