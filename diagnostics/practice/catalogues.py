"""The catalogues of both platforms, by the side of the bench that they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from diagnostics.practice.android.faults import CATALOGUE as ANDROID
from diagnostics.practice.apple.faults import CATALOGUE as IOS
from diagnostics.practice.catalogue import Catalogue

CATALOGUES: Mapping[str, Catalogue[Any, Any]] = MappingProxyType({"ios": IOS, "android": ANDROID})
"""``ios`` and ``android``, as `diagnostics.practice.records.PracticePhoneInfo` calls the sides."""
