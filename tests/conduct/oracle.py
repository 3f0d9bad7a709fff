"""The same question answered another way, slowly: written from the design's words, sharing no code with the verdict."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gongyue.conduct.grants import Authorisation
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Use

RANK = ["PURPOSE", "SCOPE", "ACTION", "RECIPIENT", "REGION", "EXPIRED", "WITHDRAWN", "NOT_YET"]


def answer(use: Use, authorisations: list[Authorisation], promise: Promise) -> tuple[str, int | None, tuple[str, ...]]:
    """(verdict, nearest, all conditions it fails)."""
    tree = {p.id: p for p in promise.purpose}
    if use.purpose not in tree:
        return "PURPOSE_UNKNOWN", None, ()
    if use.subject is not None:
        mine = [
            describe(a, a.scope) for a in authorisations if (a.subject, a.controller) == (use.subject, use.controller)
        ]
    else:
        mine = of_terms(promise) if use.controller == promise.controller.id else []
    mine = sorted(mine, key=lambda g: g["id"])
    judged = [(g, misses(use, g, promise)) for g in mine]
    if use.subject is not None:
        for grant, missed in judged:
            if not missed:
                return ("OK" if grant["basis"] == "consent" else "STATUTORY"), grant["id"], ()
    if use.controller == promise.controller.id:
        for grant in of_terms(promise):
            if grant["everyone"] and not misses(use, grant, promise):
                return "STATUTORY", grant["id"], ()
    if not judged:
        return "NO_AUTH", None, ()
    # fewest failed; then the set that the rank puts first, its lowest-ranked member weighing most; then the id
    judged.sort(key=lambda j: (len(j[1]), weigh(j[1]), j[0]["id"]))
    grant, missed = judged[0]
    return (missed[0], grant["id"], tuple(missed)) if missed else ("SUBJECT_UNKNOWN", grant["id"], ())


def weigh(missed: list[str]) -> list[int]:
    """The time first (expired before withdrawn before not yet), then region, recipient, action, scope, purpose."""
    time = next((RANK.index(m) - 4 for m in missed if m in RANK[5:]), 0)
    return [time, *(int(m in missed) for m in reversed(RANK[:5]))]


def describe(grant: Authorisation, scope: Any) -> dict[str, Any]:
    """An authorisation as plain data."""
    return {"id": grant.id, "basis": grant.basis, "from": grant.valid_from, "to": grant.valid_to, "gone": grant.revoked_at,
            "purposes": scope.purposes, "categories": scope.categories, "actions": scope.actions,
            "recipients": scope.recipients, "regions": scope.regions}  # fmt: skip


def of_terms(promise: Promise) -> list[dict[str, Any]]:
    """The promise's terms as plain data, numbered from 1."""

    def micro(moment: datetime | None) -> float:
        if moment is None:
            return float("inf")
        whole = int(moment.replace(microsecond=0).timestamp())
        return whole * 1_000_000 + moment.microsecond

    found = []
    for number, terms in enumerate(promise.terms, 1):
        policy = next(p for p in promise.policy if p.id == terms.policy)
        found.append({"id": number, "basis": terms.basis, "from": micro(policy.since), "to": micro(policy.to),
                      "gone": float("inf"), "purposes": terms.purposes, "categories": terms.categories,
                      "actions": terms.actions, "recipients": terms.recipients, "regions": terms.regions,
                      "everyone": terms.everyone})  # fmt: skip
    return found


def below(promise: Promise, purpose: str) -> set[str]:
    """The purpose and its descendants, downwards, generation by generation."""
    found, fresh = {purpose}, {purpose}
    while fresh:
        fresh = {p.id for p in promise.purpose if p.parent in fresh} - found
        found |= fresh
    return found


def misses(use: Use, grant: dict[str, Any], promise: Promise) -> list[str]:
    """The conditions missed, in rank."""
    missed = []
    if not any(use.purpose in below(promise, p) for p in grant["purposes"]):
        missed.append("PURPOSE")
    if len(use.categories) == 0 or any(c not in grant["categories"] for c in use.categories):
        missed.append("SCOPE")
    if use.action not in grant["actions"]:
        missed.append("ACTION")
    kinds = {r.id: r.kind for r in promise.recipient}
    if (
        use.recipient is None
        and use.action != "view"
        or use.recipient not in {None, use.controller}
        and not ({use.recipient, kinds.get(str(use.recipient)) or use.recipient} & set(grant["recipients"]))
    ):
        missed.append("RECIPIENT")
    if (use.region is None and use.action == "export") or use.region not in {None, "CN", *grant["regions"]}:
        missed.append("REGION")
    ends = sorted([(grant["gone"], 0, "WITHDRAWN"), (grant["to"], 1, "EXPIRED")])
    if use.time >= ends[0][0]:
        missed.append(ends[0][2])
    elif use.time < grant["from"]:
        missed.append("NOT_YET")
    return missed
