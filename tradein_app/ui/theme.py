"""Makes a palette and one style sheet of the tokens; widgets only name their role and tone."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tradein_app.ui.tokens import BY_MODE, LIGHT, Mode, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_IN_FUSION = "in_fusion"
_MIDDLE = 128
TOUCH = 44
"""Device-independent pixels that a finger needs (WCAG 2.2, 2.5.5)."""

SMALL = 0.88
"""How high small text is, against the usual one."""

_SHEET = Template("""
QWidget { color: $text; }
QMainWindow, QWidget[role="page"] { background: $bg; }
QFrame[role="card"], QWidget[role="plain"] { background: $card; }
QFrame[role="card"] { border: 1px solid $line; border-radius: 8px; }
QToolTip { background: $card; color: $text; border: 1px solid $edge; padding: 4px; }
QLabel { background: transparent; border: none; }
QLabel[role="title"] { font-weight: 600; color: $dim; }
QLabel[role="heading"] { font-size: ${heading}pt; font-weight: 600; }
QLabel[role="price"] { font-size: ${price}pt; font-weight: 700; }
QLabel[role="small"] { font-size: ${small}pt; color: $dim; }
QLabel[role="dim"] { color: $dim; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[focused="true"] { background: $soft; text-decoration: underline; }
QLabel[role="badge"] { font-weight: 700; border: 1px solid $edge; border-radius: 6px; padding: 0 6px; }
QLabel[tone="dim"] { color: $dim; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="bad"] { color: $bad; }
QLabel[outdated="true"] { color: $dim; text-decoration: line-through; }
QLabel[struck="true"] { text-decoration: line-through; }
QPushButton, QToolButton, QLineEdit {
    background: $card; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 5px 12px; outline: 0; }
QPushButton:hover, QToolButton:hover { background: $soft; }
QPushButton:focus, QToolButton:focus, QLineEdit:focus { border: 2px solid $accent; padding: 4px 11px; }
QFileDialog QToolButton, QFileDialog QToolButton:focus { padding: 2px; }
QPushButton:disabled, QToolButton:disabled { color: $dim; border: 1px dashed $edge; }
QPushButton[role="primary"] { background: $accent; color: $on; border: 1px solid $accent; font-weight: 600; }
QPushButton[role="primary"]:focus { border: 2px solid $text; }
QPushButton[role="primary"]:disabled { background: $card; color: $dim; border: 1px dashed $edge; }
QPushButton[role="quiet"], QToolButton[role="quiet"] { border: 1px solid transparent; background: transparent; }
QPushButton[role="quiet"]:focus, QToolButton[role="quiet"]:focus { border: 2px solid $accent; }
QPushButton[role="fold"] { border: 1px solid transparent; background: transparent; text-align: left; padding-left: 0; }
QPushButton[role="fold"]:focus { border: 2px solid $accent; }
QPushButton[role="answer"] { text-align: left; }
QPushButton[role="answer"]:checked { background: $soft; border: 2px solid $accent; padding: 4px 11px; }
QPushButton[role="page"] { padding: 2px 2px; }
QPushButton[role="page"]:checked { background: $soft; border: 2px solid $accent; padding: 1px 1px; font-weight: 600; }
QPushButton[role="page"][named="true"], QPushButton[role="page"][named="true"]:checked { font-size: ${small}pt;
    font-weight: 400; }
QPushButton[role="page"][tone="ok"] { color: $ok; }
QPushButton[role="photo"] { padding: 2px; }
QPushButton[role="photo"][empty="true"] { border: 1px dashed $accent; }
QPushButton[role="photo"][tone="bad"] { color: $bad; border: 1px solid $bad; }
QPushButton[role="page"][tone="warn"] { color: $warn; }
QFrame[role="tile"] { background: $card; border: 1px solid $line; border-left: 4px solid $edge; border-radius: 8px; }
QFrame[role="tile"][tone="accent"] { border-left-color: $accent; }
QFrame[role="tile"][tone="ok"] { border-left-color: $ok; }
QFrame[role="tile"][tone="warn"] { border-left-color: $warn; }
QFrame[role="tile"][tone="bad"] { border-left-color: $bad; }
QFrame[role="tile"][empty="true"] { background: transparent; border: 1px dashed $edge; }
QFrame[role="tile"][chosen="true"] { background: $soft; border-top: 2px solid $accent; border-right: 2px solid $accent;
    border-bottom: 2px solid $accent; }
QFrame[role="tile"]:focus { border: 2px solid $accent; }
QFrame[role="row"] { background: transparent; border: 1px solid transparent; border-radius: 6px; }
QFrame[role="row"][chosen="true"] { background: $soft; border: 1px solid $accent; }
QFrame[role="bar"] { background: $card; border: 1px solid $line; border-left: 6px solid $edge; border-radius: 8px; }
QFrame[role="bar"][tone="accent"] { border-left-color: $accent; }
QFrame[role="bar"][tone="ok"] { border-left-color: $ok; }
QFrame[role="bar"][tone="warn"] { border-left-color: $warn; }
QFrame[role="bar"][tone="bad"] { border-left-color: $bad; }
QFrame[role="band"] { background: $band; border: none; border-radius: 8px; }
QFrame[role="band"] QLabel { color: $on_band; font-weight: 600; }
QFrame[role="sheet"] { background: $card; border: 2px solid $accent; border-radius: 8px; }
QFrame[panel="true"][active="true"] { border: 2px solid $accent; }
QProgressBar { background: $bg; border: 1px solid $edge; border-radius: 3px; }
QProgressBar::chunk { background: $accent; border-radius: 2px; }
QSplitter::handle { background: $bg; }
QMenu { background: $card; border: 1px solid $edge; }
QMenu::item { padding: 6px 24px; }
QMenu::item:selected { background: $accent; color: $on; }
QListWidget { background: $card; border: 1px solid $edge; border-radius: 6px; }
QListWidget::item { padding: 6px; }
QListWidget::item:selected { background: $accent; color: $on; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 5px; min-height: 28px; margin: 1px 2px; }
QScrollBar::add-line:vertical, QScrollBar::sub-line:vertical { height: 0; }
QScrollBar::add-page:vertical, QScrollBar::sub-page:vertical { background: transparent; }
""")


def application(name: str) -> QApplication:
    """Return Qt's application, drawn by Fusion from the first; to set a style later costs Python's `QStyle`, 7 ms.

    Args:
        name: How the process was called.
    """
    app = QApplication([name, "-style", "Fusion"])
    app.setProperty(_IN_FUSION, True)
    return app


class Theme:
    """The colours that are in use; one for the application, handed to what paints by itself."""

    def __init__(self) -> None:
        self.mode = Mode.LIGHT
        self.tokens: Tokens = LIGHT

    def apply(self, app: QApplication, mode: Mode) -> None:
        """Dress the whole application in a mode; ``system`` follows the desktop."""
        self.dress(app, resolved(mode))

    def dress(self, app: QApplication, mode: Mode) -> None:
        """Dress the whole application in a mode that is known: light, dark or high contrast."""
        self.mode = mode
        self.tokens = BY_MODE[mode]
        if not app.property(_IN_FUSION):
            app.setStyle("Fusion")
            app.setProperty(_IN_FUSION, True)
        app.setPalette(palette(self.tokens))
        sheet = style_sheet(self.tokens, app.font().pointSizeF())
        if sheet != app.styleSheet():
            # From one sheet to another Qt asks every widget once for each that stands above it: with forty phones
            # 1.2 s. From none it asks each once; nothing is painted in between.
            app.setStyleSheet("")
            app.setStyleSheet(sheet)


def resolved(mode: Mode) -> Mode:
    """Return the mode to paint: what the desktop prefers, where that is asked for."""
    if mode is not Mode.SYSTEM:
        return mode
    from PySide6.QtCore import Qt  # the first picture does without: see `tradein_app.ui.layouts.PLAIN`

    hints = QGuiApplication.styleHints()
    accessibility = hints.accessibility() if hasattr(hints, "accessibility") else None
    wish = accessibility.contrastPreference() if accessibility else None
    if wish is not None and wish == Qt.ContrastPreference.HighContrast:
        return Mode.CONTRAST
    return Mode.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Mode.LIGHT


def first_guess(mode: Mode, last: Mode) -> Mode:
    """Return the mode for the first picture, without asking the desktop: that takes 35 ms.

    Args:
        mode: What was chosen.
        last: What ``system`` meant when the program ran last; ``system`` itself when it never did.
    """
    if mode is not Mode.SYSTEM:
        return mode
    if last is not Mode.SYSTEM:
        return last
    return Mode.DARK if QGuiApplication.palette().window().color().lightness() < _MIDDLE else Mode.LIGHT


def palette(tokens: Tokens) -> QPalette:
    """Return the palette for what style sheets do not reach."""
    made = QPalette()
    roles = {
        QPalette.ColorRole.Window: tokens.bg,
        QPalette.ColorRole.WindowText: tokens.text,
        QPalette.ColorRole.Base: tokens.card,
        QPalette.ColorRole.AlternateBase: tokens.bg,
        QPalette.ColorRole.Text: tokens.text,
        QPalette.ColorRole.Button: tokens.card,
        QPalette.ColorRole.ButtonText: tokens.text,
        QPalette.ColorRole.ToolTipBase: tokens.card,
        QPalette.ColorRole.ToolTipText: tokens.text,
        QPalette.ColorRole.Highlight: tokens.accent,
        QPalette.ColorRole.HighlightedText: tokens.on,
        QPalette.ColorRole.Link: tokens.accent,
        QPalette.ColorRole.PlaceholderText: tokens.dim,
        QPalette.ColorRole.Mid: tokens.edge,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    return made


def style_sheet(tokens: Tokens, points: float) -> str:
    """Return the style sheet; sizes follow the desktop's own font size in points."""
    sizes = {"small": points * SMALL, "heading": points * 1.35, "price": points * 2.6}
    colours = {name: getattr(tokens, name) for name in Tokens.__dataclass_fields__}
    return _SHEET.substitute(colours, **{name: f"{size:.1f}" for name, size in sizes.items()})


def restyle(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties that the style sheet looks at; it is only asked again when one changed."""
    changed = False
    for name, value in properties.items():
        if widget.property(name) != value:
            widget.setProperty(name, value)
            changed = True
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
