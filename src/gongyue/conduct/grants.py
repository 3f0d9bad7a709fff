"""Authorisations 授权: what a person, or the law, allows; and what they cover (their scope)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from gongyue.conduct.instants import LAST, micros
from gongyue.conduct.promise import Promise, Terms

MAX_ID = (1 << 40) - 1
"""An authorisation's id fits 40 bits, so that it fits the key of a verdict."""


class Scope(NamedTuple):
    """For which purposes, on which categories, done how, given to whom, where."""

    purposes: frozenset[str]
    categories: frozenset[str]
    actions: frozenset[str]
    recipients: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()


class Authorisation(msgspec.Struct, frozen=True, gc=False):
    """One authorisation, times in µs UTC; `valid_to` and `revoked_at` exclusive ends, LAST where there is none."""

    id: int
    subject: str
    controller: str
    scope: Scope
    valid_from: int
    valid_to: int = LAST
    revoked_at: int = LAST
    basis: str = "consent"


def scope_of(terms: Terms) -> Scope:
    """What these terms promise."""
    return Scope(
        *(frozenset(ids) for ids in (terms.purposes, terms.categories, terms.actions, terms.recipients, terms.regions))
    )


def narrowed(scope: Scope, promise: Promise, given: dict[str, frozenset[str]]) -> Scope:
    """What a person allowed within the terms: the given lists cut the scope down and never widen it."""
    kept = scope._asdict()
    for name, ids in given.items():
        if name == "purposes":
            kept[name] = _within(ids, kept[name], promise.and_above)
        elif name == "recipients":
            kept[name] = _within(ids, kept[name], lambda r: (r, promise.classes.get(r, "")))
        else:
            kept[name] &= ids
    return Scope(**kept)


def _within(some: frozenset[str], others: frozenset[str], and_above: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """What both allow, where allowing a thing allows all below it."""
    return frozenset(
        [x for x in some if others.intersection(and_above(x))] + [x for x in others if some.intersection(and_above(x))]
    )


def promised(promise: Promise) -> tuple[Authorisation, ...]:
    """Every [[terms]] as if all had agreed to it: id its position from 1, in force while its policy is."""
    grants = []
    for position, terms in enumerate(promise.terms, 1):
        policy = promise.policies[terms.policy]
        end = LAST if policy.to is None else micros(policy.to)
        grants.append(
            Authorisation(
                position, "", promise.controller.id, scope_of(terms), micros(policy.since), end, LAST, terms.basis
            )
        )
    return tuple(grants)


def statutory_grants(promise: Promise) -> tuple[Authorisation, ...]:
    """The statutory bases that stand for everyone, without a record person by person."""
    marked: Iterable[tuple[Terms, Authorisation]] = zip(promise.terms, promised(promise), strict=True)
    return tuple(grant for terms, grant in marked if terms.everyone)
