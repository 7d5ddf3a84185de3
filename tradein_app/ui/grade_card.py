"""The grade: its word, what caps it by which rule, what would lift it and whether that pays, where to look again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from tradein_app.ui.layouts import clear, frame, hbox, label, set_text, set_tip, vbox
from tradein_app.ui.lines_table import LinesTable
from tradein_app.ui.theme import TOUCH, restyle
from tradein_app.viewmodels.grade import GradeView
from tradein_app.viewmodels.lifting import LiftLine
from tradein_app.viewmodels.looking_again import LookView
from tradein_app.viewmodels.quote import Line
from tradein_app.viewmodels.why import Why


class GradeCard(QWidget):
    """Shows a grade with its reasons."""

    looked = Signal(str)
    """A surface that a person looked at again."""
    look_asked = Signal(str)
    """The first question of a surface that shall be looked at again."""
    compare_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Grade"))
        self._looks: tuple[LookView, ...] = ()
        self._whys: tuple[Why, ...] = ()
        self._make_reasons()
        self._make_lifts()
        self._compare = QPushButton(self.tr("Other standards  Ctrl+R"))
        self._compare.setMinimumHeight(TOUCH)
        self._compare.clicked.connect(self.compare_asked)
        self._asked = vbox(spacing=4)
        why = (self._word, self._because, self._caps, self._still, self._note, self._asked, self._looked)
        better = (self._better, self._lifts, self._several, self._repairs, self._none)
        self.setLayout(vbox(*why, *better, hbox(self._compare, 1), spacing=3))

    def _make_reasons(self) -> None:
        self._word = label(role="heading", wrap=True)
        self._because = label(self.tr("Because of"), role="title", wrap=True)
        self._caps = vbox(spacing=3)
        self._still = label(role="dim", wrap=True)
        self._note = label(role="dim", wrap=True)
        self._looked = label(role="dim", wrap=True)

    def _make_lifts(self) -> None:
        self._better = label(self.tr("What would lift it"), role="title", wrap=True)
        self._lifts = label(wrap=True)
        self._several = label(wrap=True)
        self._repairs = LinesTable(self.tr("Repairs that lift the grade"))
        self._none = label(role="dim", wrap=True)

    def show_grade(self, grade: GradeView) -> None:
        """Show a grade."""
        set_text(self._word, grade.word)
        restyle(self._word, tone=grade.tone)
        self._show_whys(grade.whys)
        set_text(self._still, "\n".join(grade.still))
        set_text(self._lifts, "\n".join(f"\u2022 {line}" for line in grade.lifts))
        self._because.setVisible(bool(grade.unsaid))
        # Where it is said cap by cap that the grade stays, it is not said once more of all of them.
        set_text(self._several, "" if grade.still else grade.several)
        lines = tuple(_line(each) for each in grade.repairs)
        self._repairs.show_lines(lines)
        self._repairs.setVisible(bool(lines))
        set_text(self._none, grade.no_repair)
        several = grade.several and not grade.still
        self._better.setVisible(bool(grade.lifts or several or lines or grade.no_repair))
        set_text(self._note, grade.note)
        self._show_looks(grade.looks)
        set_text(self._looked, "\n".join(grade.looked))
        self._compare.setVisible(bool(grade.rules))

    def _show_whys(self, whys: tuple[Why, ...]) -> None:
        if whys == self._whys:
            return
        self._whys = whys
        clear(self._caps)
        for why in whys:
            line = label(f"\u2022 {why.text}{f' ({why.mark})' if why.mark else ''}", wrap=True)
            set_tip(line, why.source)
            self._caps.addWidget(line)

    def _show_looks(self, looks: tuple[LookView, ...]) -> None:
        """Ask for each surface; the first one is confirmed by the key, too."""
        if looks == self._looks:
            return
        self._looks = looks
        clear(self._asked)
        for number, look in enumerate(looks):
            self._asked.addWidget(self._make_look(look, first=not number))

    def _make_look(self, look: LookView, *, first: bool) -> QWidget:
        text = label(look.text, wrap=True)
        restyle(text, tone="warn")
        set_tip(text, self.tr("These answers stand next to a boundary."))
        done = QPushButton(self.tr("Confirm  Ctrl+B") if first else self.tr("Confirm"))
        done.clicked.connect(lambda: self.looked.emit(look.surface))
        show = QPushButton(self.tr("Show it"))
        show.clicked.connect(lambda: self.look_asked.emit(look.question))
        for button in (done, show):
            button.setMinimumHeight(TOUCH)
        return frame("card", look.text, vbox(text, hbox(done, show, spacing=4), margin=4, spacing=4))


def _line(each: LiftLine) -> Line:
    return Line(each.label, each.amount, note=each.worth, tone=each.tone, tip=each.tip)
