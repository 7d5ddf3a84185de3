"""What a phone's answers mean: each one understood as soon as it is there, and dated by when it was given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from diagnostics.apple import battery, findmy, jailbreak, locks, mdm, storage
from diagnostics.apple import questions as q
from diagnostics.apple.errors import Trouble
from diagnostics.apple.identity import DEVICE_TREE, GESTALT, guess_a_number, read_a_number, read_identity
from diagnostics.apple.memory import Answer, Memory
from diagnostics.apple.names import Names
from diagnostics.apple.sim import read_sim
from diagnostics.apple.values import mapping
from diagnostics.building import ReadingBuilder

_ACTIVATION = ("locks.activation",)
_OF_NOW: Mapping[str, tuple[str, ...]] = {
    q.VALUES: _ACTIVATION,
    q.VALUES_IN_SESSION: (*_ACTIVATION, "locks.screen", "locks.sim", "sim.status"),
}
"""What a later answer to the same question takes back, because the phone may have changed."""


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
        self._readers: Mapping[str, Callable[[object], None]] = {
            q.VALUES: self._values,
            q.VALUES_IN_SESSION: self._values_in_session,
            q.ENCLOSURE: self._enclosure,
            q.LEVEL: lambda answer: battery.read_level(answer, builder),
            q.DISK: lambda answer: storage.read_storage(answer, builder),
            **dict.fromkeys(q.GAUGES, self._gauge),
            q.FIND_MY: self._owner,
            q.OPTIONS: self._owner,
            q.AFC2: self._root,
            q.JAILBREAK_APPS: self._root,
            q.DEVICE_TREE: lambda answer: read_a_number(answer, f"{q.DEVICE_TREE} {DEVICE_TREE}", builder),
            q.GESTALT: lambda answer: read_a_number(answer, f"{q.GESTALT} {GESTALT}", builder),
        }

    @property
    def values(self) -> object:
        """The newest default domain of lockdown's."""
        answers = [a for name in (q.VALUES, q.VALUES_IN_SESSION) if (a := self._answer(name))]
        return max(answers, key=lambda answer: answer.at).value if answers else None

    def take(self, question: str) -> None:
        """Understand the newest answer to a question."""
        answer = self._answer(question)
        if answer is None:
            return
        self._builder.forget(*_OF_NOW.get(question, ()))
        with self._builder.dated(answer.at):
            self._readers[question](answer.value)

    def take_all(self) -> None:
        """Understand everything that is remembered from a reading that was cut short."""
        for question in self._readers:
            self.take(question)
        self.read_management()

    def read_management(self) -> None:
        """Understand who manages the phone, once both questions about it were asked."""
        cloud, profiles = self._answer(q.CLOUD), self._answer(q.PROFILES)
        told = [answer for answer in (cloud, profiles) if answer]
        if told:
            activated = locks.activated(mapping(self.values))
            self._builder.forget(*mdm.FIELDS)
            with self._builder.dated(min(answer.at for answer in told)):
                mdm.read_mdm(
                    cloud and cloud.value, profiles and profiles.value, self._builder, activated=activated
                )

    def finish(self) -> None:
        """Understand what needs everything that was answered, and explain what nobody can tell."""
        self._owner()
        locks.explain_owner(self._builder)
        locks.explain_root(self._builder)
        locks.read_bootloader(self._builder)
        guess_a_number(self.values, self._builder)

    def _values(self, values: object) -> None:
        read_identity(values, self._builder, names=self._names)
        locks.read_activation(values, self._builder)

    def _values_in_session(self, values: object) -> None:
        self._values(values)
        locks.read_screen(values, self._builder)
        read_sim(values, self._builder)

    def _enclosure(self, enclosure: object) -> None:
        read_identity(self.values, self._builder, enclosure=enclosure, names=self._names)

    def _gauge(self, entry: object) -> None:
        if battery.is_gauge(entry):
            battery.read_gauge(entry, self._builder)

    def _owner(self, _: object = None) -> None:
        locks.read_owner(list(self._signs()), self.values, self._builder)

    def _root(self, _: object = None) -> None:
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
        if values := self._answer(q.VALUES_IN_SESSION):
            nvram = mapping(values.value).get("NonVolatileRAM")
            yield from findmy.signs_of_nvram(nvram, "lockdown NonVolatileRAM", values.at)

    def _answer(self, question: str) -> Answer | None:
        answer = self._memory.get(question)
        return None if answer is None or isinstance(answer.value, Trouble) else answer
