"""Rules cite the words they carry out, and a refusal says which words, with what figures.

A rule is a function that returns a `Finding`; `@carries_out` names the provision it carries out
(a clause of the covenant, a procedure rule P…, a reading R…, or the law) and the one code it refuses with.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, ParamSpec

import msgspec

Figures = Mapping[str, int | str]
P = ParamSpec("P")


class Finding(msgspec.Struct, frozen=True):
    """What a predicate found 认定: whether it holds, the figures compared, and what would be enough."""

    holds: bool
    figures: Figures = {}
    enough: str | int | None = None


class Rule(msgspec.Struct, frozen=True):
    """A rule 规则: the provision it carries out, the code it refuses with, and where it stands (module:function).

    `always`: it stands whatever the text says, because it is about whose act an act is.
    """

    provision: str
    code: str
    name: str
    always: bool = False


class Ruling(msgspec.Struct, frozen=True):
    """A finding together with the rule that made it."""

    rule: Rule
    finding: Finding

    @property
    def holds(self) -> bool:
        """Whether the act satisfies the rule."""
        return self.finding.holds


RULES: dict[str, Rule] = {}
"""Every rule by `module:function`; filled as rule modules are imported."""

_HOLDS = Finding(True)
_FAILS = Finding(False)


def holds(**figures: int | str) -> Finding:
    """The rule is satisfied."""
    return Finding(True, figures) if figures else _HOLDS


def fails(enough: str | int | None = None, **figures: int | str) -> Finding:
    """The rule is not satisfied; `enough` says what would satisfy it."""
    return Finding(False, figures, enough) if figures or enough is not None else _FAILS


def either(condition: bool, enough: str | int | None = None, **figures: int | str) -> Finding:
    """Holds exactly when `condition` does; the figures are given both ways."""
    return Finding(condition, figures, None if condition else enough)


def carries_out(
    provision: str, refusal: str, *, always: bool = False
) -> Callable[[Callable[P, Finding]], Callable[P, Ruling]]:
    """Mark a predicate as carrying out `provision` and refusing with code `refusal` (one rule, one code).

    Where the text in force no longer has the provision's words the rule is suspended, unless it stands `always`.
    """

    def mark(predicate: Callable[P, Finding]) -> Callable[P, Ruling]:
        rule = Rule(provision, refusal, f"{predicate.__module__}:{predicate.__qualname__}", always)
        RULES[rule.name] = rule
        plain = Ruling(rule, _HOLDS)

        @wraps(predicate)
        def judge(*args: P.args, **kwargs: P.kwargs) -> Ruling:
            finding = predicate(*args, **kwargs)
            return plain if finding is _HOLDS else Ruling(rule, finding)

        judge.rule = rule  # type: ignore[attr-defined]
        return judge

    return mark


class Refused(Exception):
    """The covenant, the procedure or the law says no; `refusal` is the data shown."""

    def __init__(self, refusal: dict[str, Any]) -> None:
        super().__init__(f"{refusal['code']} {refusal['zh']}")
        self.refusal = refusal


class OutOfTurn(Exception):
    """Not a step that can be taken now: which step, where the matter stands, what can be done."""

    def __init__(self, reason: str, step: str = "", stands: str = "", can: str = "", **figures: int | str) -> None:
        from gongyue.covenant.refusals import out_of_turn

        self.refusal = out_of_turn(reason, step, stands, can, figures)
        super().__init__(f"{self.refusal['code']} {self.refusal['zh']}")

    def saying(self, **said: tuple[str, str]) -> OutOfTurn:
        """The same, its sentence with words, in Chinese and in English, in place of figures that are names of ours."""
        from gongyue.covenant.refusals import out_of_turn

        was = self.refusal
        reason = str(was["code"]).removeprefix("out-of-turn/")
        self.refusal = out_of_turn(reason, was["step"], was["stands"], was["can"], was["figures"], said)
        self.args = (f"{self.refusal['code']} {self.refusal['zh']}",)
        return self
