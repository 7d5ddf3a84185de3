"""Reads one Android phone: three groups of questions, cheapest first, published as they are answered."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from diagnostics.android import battery, identity, locks, memory, sim, storage
from diagnostics.android.asking import Answers, Asker
from diagnostics.android.batch import Answer, Outcome
from diagnostics.android.commands import FAST, MEDIUM, Command
from diagnostics.android.errors import PhoneLost
from diagnostics.android.health import Sources, sources
from diagnostics.android.names import NONE, Names
from diagnostics.android.parsers import getprop
from diagnostics.android.refusals import explain, text
from diagnostics.building import ReadingBuilder, concluded
from diagnostics.model import Reading, State
from diagnostics.ports import Progress, Publish

log = logging.getLogger(__name__)


class AndroidReading:
    """One reading of one phone.

    Args:
        asker: How the phone is asked.
        builder: What the reading is built with.
        publish: Who is told after each group.
        names: The shop's own names of models.
    """

    def __init__(self, asker: Asker, builder: ReadingBuilder, publish: Publish, names: Names = NONE) -> None:
        self._names = names
        self._asker = asker
        self._builder = builder
        self._publish = publish
        self._answers: dict[str, Answer] = {}
        self._properties: dict[str, str] = {}
        self._said: Sources | None = None

    async def read(self) -> Reading:
        """Return the reading; a phone that went away, or is still starting, keeps what was read, and says so."""
        try:
            await self._ask(FAST, self._name_it)
            return await self._read_on()
        except PhoneLost as error:
            return concluded(self._builder.partial(), error.state, error.code)

    async def _read_on(self) -> Reading:
        self._properties = getprop.parse(text(self._answers, "getprop"))
        if self._starting():
            self._fill(self._fill_card)
            return concluded(self._builder.partial(), State.BOOTING, "booting")
        await self._ask_beside_the_card()
        await self._ask_on_about_the_battery()
        self._fill(self._fill_rest)
        return self._done()

    async def _ask_on_about_the_battery(self) -> None:
        """Publish the battery; where its health or its cycles are not known yet, ask what takes long, too."""
        more = self._suited(battery.left_to_ask(self._said))
        self._fill(self._fill_battery if more else self._finish_battery)
        self._tell("battery")
        if more:
            await self._ask(more)
            self._fill(self._finish_battery)

    async def _ask_beside_the_card(self) -> None:
        """Publish the card while the phone is thinking about the next questions, which it was sent before."""
        asking = asyncio.create_task(self._ask(MEDIUM))
        try:
            await asyncio.sleep(0)
            self._fill(self._fill_card)
            self._tell("storage")
            await asking
        finally:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)

    def _starting(self) -> bool:
        """Return whether Android is still starting: its services are not there yet ("Can't find service: battery")."""
        started = (self._properties.get(name) for name in ("sys.boot_completed", "dev.bootcomplete"))
        return bool(self._properties) and "1" not in started

    def _done(self) -> Reading:
        self._builder.state = self._state()
        reading = self._builder.build()
        self._publish(Progress(reading, "locks"))
        return reading

    def _state(self) -> State:
        """Return ``ready`` where properties came; another answer that did not costs only its own fields."""
        outcome = self._answers["getprop"].outcome
        if self._properties:
            return State.READY
        if outcome is Outcome.DONE:
            self._builder.problem("", "protocol_error", detail="getprop")
        else:
            explain(self._builder, "", self._answers, "getprop")
        return State.TIMEOUT if outcome is Outcome.TIMEOUT else State.ERROR

    def _name_it(self, answers: Answers) -> None:
        """Publish who a phone is that is slow to tell the rest of the card."""
        if not self._properties and (properties := getprop.parse(text(answers, "getprop"))):
            self._properties = properties
            self._fill(self._fill_identity)
            self._tell("storage")

    def _fill_identity(self) -> None:
        identity.fill(self._builder, self._properties, self._names)

    async def _ask(
        self, commands: Sequence[Command], meanwhile: Callable[[Answers], None] | None = None
    ) -> None:
        self._answers |= await self._asker.ask(self._suited(commands), meanwhile)
        self._fill(self._understand)

    def _suited(self, commands: Sequence[Command]) -> list[Command]:
        sdk = self._sdk()
        return [command for command in commands if command.suits(sdk)]

    def _understand(self) -> None:
        self._said = sources(self._answers, self._said)

    def _sdk(self) -> int | None:
        digits = self._properties.get("ro.build.version.sdk", "")
        return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) <= 3 else None  # noqa: PLR2004

    def _tell(self, step: str) -> None:
        self._publish(Progress(self._builder.partial(), step))

    def _fill_card(self) -> None:
        self._fill_identity()
        storage.fill(self._builder, self._properties, self._answers)
        memory.fill(self._builder, self._properties, self._answers)
        self._fill_battery()

    def _fill_battery(self) -> None:
        battery.fill(self._builder, self._answers, final=False, said=self._said)

    def _finish_battery(self) -> None:
        battery.fill(self._builder, self._answers, final=True, said=self._said)

    def _fill_rest(self) -> None:
        identity.fill_imeis(self._builder, self._properties, self._answers)
        sim.fill(self._builder, self._properties)
        locks.fill(self._builder, self._properties, self._answers)

    def _fill(self, step: Callable[[], None]) -> None:
        """Run one step; a fault of ours in it costs its values, is logged, and is said, and the reading goes on."""
        try:
            step()
        except Exception as error:
            log.exception("a step of an Android reading failed")
            self._builder.problem("", "internal_error", detail=type(error).__name__)
