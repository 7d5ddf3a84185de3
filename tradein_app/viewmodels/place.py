"""Where the window is: its panel, its page, its port. The next start opens there again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tradein_app.services.records import Workspace
    from tradein_app.viewmodels.board import Port
    from tradein_app.viewmodels.checklist import ChecklistModel
    from tradein_app.viewmodels.devices import DevicesModel
    from tradein_app.viewmodels.saving import Saving
    from tradein_app.viewmodels.settings import SettingsFile

PANELS = ("devices", "reading", "checklist", "quote")


class Place:
    """Keeps the place with the desk, and the ports that this computer has in its settings.

    Args:
        settings: This computer's choices.
        devices: Whose ports are kept.
        checklist: Whose page is kept.
        saving: The desk.
    """

    def __init__(
        self, settings: SettingsFile, devices: DevicesModel, checklist: ChecklistModel, saving: Saving
    ) -> None:
        self.panel = PANELS[0]
        self._settings = settings
        self._devices = devices
        self._checklist = checklist
        self._saving = saving
        self._saved: Workspace | None = None

    def enter(self, panel: str) -> bool:
        """Go to a panel; ``False`` where there is none of that name, or the place is the same."""
        if panel == self.panel or panel not in PANELS:
            return False
        self.panel = panel
        return True

    def save(self, record_id: str | None) -> None:
        """Save the place and which inspection is shown there, once there is a desk, and something changed."""
        if not self._saving.ready:
            return
        from tradein_app.services.records import Workspace

        port = self._devices.port
        place = Workspace(record_id, self._checklist.page_number, self.panel, port.id if port else None)
        if place != self._saved:
            self._saved = place
            self._saving.save_place(place)

    def may_choose(self, index: int) -> bool:
        """Before the desk is open, only the port that was chosen last may be, or any where none ever was."""
        port = self._devices.board.ports[index]
        return self._saving.ready or self._settings.now.chosen in {"", port.id, port.name}

    def note_chosen(self, port: Port) -> None:
        """Keep which port was chosen."""
        self._settings.change(chosen=port.id if port.chain else "")

    def note_ports(self) -> None:
        """Keep the ports that were learned."""
        self._settings.change(ports=self._devices.board.learned())
