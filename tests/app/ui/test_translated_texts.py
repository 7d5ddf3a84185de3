"""Every text of the window that is to be translated is among those that are: one that no tool finds stays English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtWidgets import QApplication

import tradein_app
from diagnostics.model import Platform
from diagnostics.teaching import Unnamed
from resources.opening import read_bytes
from tradein_app.ui.languages import install_language
from tradein_app.viewmodels.naming import what_is_wrong

ROOT = Path(tradein_app.__file__).parent


def texts(tree: ast.AST, context: str = "") -> Iterator[tuple[str, str]]:
    """Yield context and text of every call that asks for a translation of words that stand there."""
    for node in ast.iter_child_nodes(tree):
        inside = node.name if isinstance(node, ast.ClassDef) else context
        if isinstance(node, ast.Call):
            match (node.func, node.args):
                case (ast.Name("translate"), [ast.Constant(str(place)), ast.Constant(str(text))]):
                    yield place, text
                case (ast.Attribute(ast.Name("self"), "tr"), [ast.Constant(str(text)), *_]):
                    yield context, text
        yield from texts(node, inside)


def known() -> set[tuple[str, str]]:
    tree = ET.fromstring(read_bytes("i18n/tradein_fr.ts"))
    return {
        (context.findtext("name") or "", message.findtext("source") or "")
        for context in tree.iter("context")
        for message in context.iter("message")
    }


def test_every_text_that_is_asked_for_in_french_is_there() -> None:
    asked = {
        (each.relative_to(ROOT), *found)
        for each in ROOT.rglob("*.py")
        for found in texts(ast.parse(each.read_text(encoding="utf-8")))
    }
    assert len(asked) > 500
    there = known()
    assert sorted(str(each) for each in asked if each[1:] not in there) == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_code_that_is_typed_as_its_own_name_is_refused_in_french(qapp: QApplication) -> None:
    translator = install_language(qapp, "fr")
    assert translator is not None
    said = what_is_wrong("iPhone20,1", Unnamed(Platform.IOS, "iPhone20,1"))
    qapp.removeTranslator(translator)
    assert said.startswith("C'est le code lui-même. ")
    assert "Type" not in said
