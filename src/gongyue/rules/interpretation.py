"""Interpreting the covenant.

第二十五条　本公约由中关村大数据产业联盟负责解释。
"""

from __future__ import annotations

from gongyue.covenant.numbers import read
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import Period, iso
from gongyue.covenant.procedure import package
from gongyue.covenant.prose.contradictions import Against, contradiction
from gongyue.covenant.prose.sentences import sentences
from gongyue.covenant.rulings import Finding, carries_out, either, fails, holds


@carries_out("interpretation.authority", refusal="GY-25-03")
def only_the_alliance_interprets(actor: str) -> Finding:
    """Members may ask; the alliance alone interprets."""
    return either(actor == EXECUTIVE, actor=actor)


@carries_out("interpretation.authority", refusal="GY-25-01", always=True)
def leaves_the_text_alone(name: str, value: int | str, left_open: bool = True) -> Finding:
    """An interpretation fills what the text leaves open: a procedure rule within its bounds, a choice a reading offers."""
    if not left_open:
        return fails(name=name, value=value)
    offered = package()
    if rule := offered.procedure.get(name):
        nearest = min(max(value, rule.floor), rule.ceiling) if isinstance(value, int) else rule.floor
        return either(value == nearest, enough=nearest, rule=name, value=value)
    if reading := offered.readings.get(name):
        return either(value in reading.choices, enough=" | ".join(reading.choices), reading=name, value=value)
    return fails(name=name, value=value)


@carries_out("interpretation.authority", refusal="GY-25-04")
def sets_something_else(name: str, value: int | str, stands: int | str | None) -> Finding:
    """What an interpretation sets differs from what stands: else nobody could tell which of two acts a value rests on."""
    return either(value != stands, name=name, value=value)


@carries_out("interpretation.authority", refusal="GY-25-01", always=True)
def explains_the_words(text: str, article: int, against: Against) -> Finding:
    """Its prose states no number, share, period, base, start or bound other than the clause it interprets."""
    found = contradiction(text, article, against)
    return holds() if found is None else fails(says=found.says, binds=found.binds)


@carries_out("interpretation.authority", refusal="GY-25-05", always=True)
def says_what_it_sets(text: str, name: str, value: int | str) -> Finding:
    """A text that names a period, or a number of persons, names the one that it sets: nobody reads sixty and is held to fifteen."""
    rule = package().procedure.get(name)
    if rule is None or not isinstance(value, int):
        return holds()
    meant = rule.means(value)
    kind, sets = ("period", (meant.n, meant.unit)) if isinstance(meant, Period) else ("headcount", (meant, ""))
    named = [n for s in sentences(text) for n in read(s.close) if n.kind == kind]
    if not named or any((n.value, n.unit) == sets for n in named):
        return holds()
    return fails(enough=value, rule=name, value=value, says=f"{named[0].value} {named[0].unit}".strip())


@carries_out("interpretation.future", refusal="GY-25-02")
def looks_forward(effective: int, day: int) -> Finding:
    """An interpretation has effect from its issue or later; what is already open keeps its rules."""
    return holds() if effective >= day else fails(enough=iso(day), effective=iso(effective), issued=iso(day))
