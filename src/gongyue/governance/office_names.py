"""What offices are called in Chinese, and what an interpretation without effect is, by the sheets' own words."""

from __future__ import annotations

from gongyue.governance.fields import OFFICES
from gongyue.governance.sheet import VALUES

OFFICES_ZH = {office: VALUES[office].zh for office in OFFICES}

PROSE = VALUES["prose"]
"""What every face says of an interpretation that sets nothing."""
RECORD_PAPER = frozenset({"clerk", "secretary"})
"""Offices that record a unit's or the authority's act from its paper."""
