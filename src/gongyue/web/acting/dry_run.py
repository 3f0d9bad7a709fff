"""The dry run of a draft: each ruling it would have to satisfy, or the refusal it would meet, before anybody signs."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from gongyue.book.entry import Malformed, SignedAct
from gongyue.book.sources import Tampered
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import Signature
from gongyue.office import dry_run
from gongyue.office.office import BadSignature, Office
from gongyue.web.acting import finalisation, signers
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now


class DryRun(msgspec.Struct, frozen=True):
    """What recording would find: `rulings` where it would be recorded; `refusal` where it is refused or out of turn.

    `broken`: (Chinese, English) where the act cannot be read at all.
    """

    rulings: tuple[dict[str, Any], ...] = ()
    refusal: dict[str, Any] | None = None
    broken: tuple[str, str] | None = None

    @property
    def lawful(self) -> bool:
        """Whether it would be recorded."""
        return self.refusal is None and self.broken is None


def trial(draft: Draft, office: Office, now: Now) -> DryRun:
    """Try the draft as if everybody who must sign had signed; nothing is recorded."""
    if not draft.act:
        return DryRun(broken=("现在没有能签署此件的密钥。", "There is no key now that could sign this act."))
    return trial_of(completed(draft, now), draft, office, now)


def trial_of(act: SignedAct, draft: Draft, office: Office, now: Now) -> DryRun:
    """Try an act."""
    try:
        rulings = office.dry_run(act)
        dry_run.require_objects(act, office.store.object)
    except (Refused, OutOfTurn) as error:
        return DryRun(refusal=error.refusal)
    except (Malformed, Tampered, BadSignature) as error:
        return DryRun(broken=(f"行为不合格式：{error}", f"The act is malformed: {error}"))
    return DryRun(tuple(dry_run.cited(now.inst, draft.kind, r) for r in rulings))


def trial_anew(draft: Draft, office: Office, now: Now) -> DryRun:
    """Try the draft as it would be fixed now: what came into its dossier since, or was signed there by the same key, is then behind it."""
    anew = copy.copy(draft)
    finalisation.finalise(anew, office, now, draft.lead)
    return trial(anew, office, now)


def refusal_met(draft: Draft, office: Office, now: Now, signing: Iterable[str]) -> Mapping[str, Any] | None:
    """The refusal that a draft nobody keeps would meet, signed first by one of these and by whoever signs with it; None where it meets none."""
    lead = next((key for id in signing for key in finalisation.signing_keys(draft, now, id)), "")
    if not lead:
        zh, en = "现在没有能签署此件的密钥。", "There is no key now that could sign it."
        return {"code": "no-key", "zh": zh, "en": en}
    try:
        finalisation.finalise(draft, office, now, lead)
        office.dry_run(completed(draft, now))
    except (Refused, OutOfTurn) as error:
        return error.refusal
    except (Malformed, Tampered, BadSignature) as error:
        return {"code": "malformed", "zh": str(error), "en": str(error)}
    return None


def completed(draft: Draft, now: Now) -> SignedAct:
    """The act with the signatures it has, and empty ones of those who could still sign."""
    act = finalisation.signed(draft)
    sigs = list(act.sigs)
    if not sigs:
        sigs.append(_empty(draft, now, draft.lead))
    there = {signers.holder_of(draft, now, s.key) for s in sigs}
    asked = list(draft.signers or ())  # those who are asked sign before others who might
    able = sorted(signers.entitled(draft, now), key=lambda id: (asked.index(id) if id in asked else len(asked), id))
    for holder in able:
        if len(there) >= signers.wanted_signers(draft, now):
            break
        keys = finalisation.signing_keys(draft, now, holder)
        if keys and holder not in there:
            sigs.append(_empty(draft, now, next(iter(keys))))
            there.add(holder)
    return msgspec.structs.replace(act, sigs=tuple(sigs))


def _empty(draft: Draft, now: Now, key: str) -> Signature:
    known = now.inst.keys.get(key)
    return Signature(known.alg if known else str(draft.body.get("alg", "ed25519")), key, "")


def changes_nothing(draft: Draft, now: Now) -> bool:
    """Whether a declaration of activities says what already stands of its unit: it may be recorded, and changes nothing."""
    unit = now.inst.units.get(draft.actor)
    if unit is None or draft.type != "membership.declare/1":
        return False
    return {*draft.body["activities"]} == {*unit.activities} and draft.body.get("other", "") == unit.other
