"""Who must still sign a draft, and so who sees it: its author, those asked to sign it, those who have; nobody else.

Of a unit and of the authority those sign who act for it. Of the executive body its author names officers; where no more
could sign than must, they are meant without being named. Whether an officer is excluded in this case, the rules say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from gongyue.covenant.parties import EXECUTIVE, is_unit
from gongyue.governance.bulletin import WEIGHTY
from gongyue.governance.dossier import Dossier
from gongyue.governance.dossier_roles import ANY_ROLE
from gongyue.governance.office_names import OFFICES_ZH, RECORD_PAPER
from gongyue.office import hearing_record
from gongyue.web.accounts.models import Person, Seat
from gongyue.web.accounts.officers import called_each
from gongyue.web.accounts.seats import seats_of
from gongyue.web.acting import hearing_form
from gongyue.web.acting.form_fields import FormField
from gongyue.web.acting.labels import Label
from gongyue.web.acting.mandates import Mandate, mandates_from
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.names import office_name
from gongyue.web.templatetags.words import pick


def mandate_on(person: Person, draft: Draft, now: Now, seats: Sequence[Seat] = ()) -> Mandate | None:
    """With which mandate the person sees that draft; None if it is not theirs to see. `seats`: the person's, where known."""
    known = seats or list(seats_of(person, now.day))
    found = [s for s in mandates_from(known, draft.kind, now, draft.actor) if s.party == draft.party]
    found = [s for s in found if not _is_others_now(draft, now, s.seat.party)]
    if draft.created_by_id != person.pk:
        found = [s for s in found if _is_asked(draft, now, s)]
    return next((s for s in found if s.signs), next(iter(found), None))


BY_FRAME = frozenset({"dossier.assign/1", "dossier.hold/1", "dossier.erase/1"})
"""What is signed by whoever sees only how a dossier stands."""


def _is_others_now(draft: Draft, now: Now, officer: str) -> bool:
    """Whether its dossier was taken from that officer, for good or until a recusal is decided: its drafts go with it, its own too.

    Whoever is challenged preserves, and so goes on seeing what it holds from erasure.
    """
    kept = now.docket.get(draft.dossier) if draft.dossier else None
    if kept is None or is_unit(officer):
        return False
    dossier = kept.dossier
    if officer in dossier.challenged:
        return draft.type != "dossier.hold/1"
    had = any(officer in one for one in dossier.were.values())
    return had and officer not in dossier.officers and draft.type not in BY_FRAME


def _is_asked(draft: Draft, now: Now, mandate: Mandate) -> bool:
    """Whether whoever sits there must sign it, or has."""
    if draft.party != EXECUTIVE:
        return mandate.signs
    return mandate.signs and mandate.seat.party in {*draft.signers, *signed_by(draft, now)}


def signed_by(draft: Draft, now: Now) -> list[str]:
    """Who has signed it, in the order of their signatures."""
    return list(dict.fromkeys(holder_of(draft, now, sig["key"]) for sig in draft.sigs))


def holder_of(draft: Draft, now: Now, key: str) -> str:
    """Whose key it is: as registered, or the unit's own that brings it along; empty if nobody's."""
    known = now.inst.keys.get(key)
    if known is not None:
        return known.holder
    return draft.actor if key and key == brought(draft, now)[0] else ""


def brought(draft: Draft, now: Now) -> tuple[str, str]:
    """The key that an application brings, with its algorithm: it signs that, and what is done in its dossier; empty where there is none."""
    if draft.kind.own_key:
        return str(draft.body.get("key") or ""), str(draft.body.get("alg", "ed25519"))
    kept = now.docket.get(draft.dossier) if draft.dossier else None
    return kept.dossier.brought if kept is not None and draft.actor in kept.dossier.parties else ("", "")


OWN = "office.declare/1"
"""What an officer signs itself and for itself alone."""


def alone(draft: Draft) -> str:
    """The officer who alone signs it, by the book's rule; empty where others may."""
    return str(draft.body.get("officer", "")) if draft.type == OWN else ""


def wanted_offices(draft: Draft) -> frozenset[str]:
    """The offices of those who sign a draft of the executive body."""
    return RECORD_PAPER if draft.actor != EXECUTIVE else draft.kind.by.offices


def wanted_signers(draft: Draft, now: Now, first: str = "") -> int:
    """How many must sign: more than half of a panel, two officers for what is weighty or recorded from paper, else one.

    `first`: the officer who signs first; where it is not said, the one for whose key the act is fixed.
    """
    if draft.party != EXECUTIVE:
        return 1
    kept = now.docket.get(draft.dossier) if draft.dossier else None
    dossier = kept.dossier if kept is not None else None
    beside = draft.kind.in_dossier and draft.paper  # what comes on paper two officers record, also in a dossier
    heard = hearing_form.is_record(draft.type, draft.body)  # who was there records it, with another who was
    two = draft.actor != EXECUTIVE or draft.kind.by.two or beside or heard
    if not two:
        two = _takes_two(draft, dossier, now, first or holder_of(draft, now, draft.lead))
    panel = dossier.assigned.get(draft.kind.signed_as, ()) if dossier and draft.kind.signed_as in PANELS else ()
    return max(2 if two else 1, len(panel) // 2 + 1)


def _takes_two(draft: Draft, dossier: Dossier | None, now: Now, first: str) -> bool:
    """Whether two officers sign what one else may: what a bulletin says of a unit, a case ended, what the officer in charge did not do."""
    if draft.type == "bulletin.issue/1":
        return draft.body.get("kind") in WEIGHTY or bool(draft.body.get("review"))
    if dossier is None or not first:
        return False
    if draft.type == hearing_record.ORDER:
        ended = dossier.case is not None and draft.body.get("what") == "terminate"
        return ended or first not in dossier.assigned.get("caseworker", ())
    if draft.type == "dossier.assign/1":  # the panel, where the secretary is challenged
        return "secretary" not in now.inst.officers[first].held(now.day)
    return False


def entitled(draft: Draft, now: Now) -> list[str]:
    """Who may sign it: the party itself, or the officers who hold one of the offices wanted, those asked first."""
    if draft.party != EXECUTIVE:
        return [draft.party]
    wanted = wanted_offices(draft)
    found = [o.id for o in now.inst.officers.values() if o.held(now.day) & wanted and o.id != draft.actor]
    if own := alone(draft):
        return [id for id in found if id == own]
    assigned = _assigned(draft, now)
    found = [id for id in found if id in assigned] if assigned else found
    return sorted(found, key=lambda id: id not in draft.signers)


def _assigned(draft: Draft, now: Now) -> frozenset[str]:
    """Those assigned in the dossier who may sign such an act there; empty where that is not asked for, or nobody is."""
    by_two = draft.paper or draft.actor != EXECUTIVE  # paper is recorded by any two
    kept = now.docket.get(draft.dossier) if draft.dossier and not by_two else None
    if kept is None:
        return frozenset()
    role, by_role = draft.kind.signed_as, kept.dossier.assigned
    everybody = frozenset(kept.dossier.officers) - kept.dossier.challenged
    if draft.type == hearing_record.ORDER and everybody:  # others order together, the secretary among them
        return everybody | {o.id for o in now.inst.officers.values() if "secretary" in o.held(now.day)}
    return everybody if role == ANY_ROLE else frozenset(by_role.get(role, ())) - kept.dossier.challenged


class Choice(msgspec.Struct, frozen=True):
    """Who may be asked: `among` these officers `needed` at least must sign besides the author."""

    among: tuple[str, ...]
    needed: int

    @property
    def is_free(self) -> bool:
        """Whether there is a choice; if not, all of them are meant."""
        return len(self.among) > self.needed > 0

    def made(self, named: Iterable[str]) -> list[str] | None:
        """Those asked, of whom were named; None where these are too few."""
        if not self.is_free:
            return list(self.among if self.needed else ())
        asked = [id for id in self.among if id in set(named)]
        return asked if len(asked) >= self.needed else None


def choice(draft: Draft, now: Now, author: Mandate) -> Choice:
    """Whom the author of a draft may ask to sign it."""
    if draft.party != EXECUTIVE:
        return Choice((), 0)
    others = sorted(id for id in entitled(draft, now) if id != author.seat.party)
    return Choice(tuple(others), wanted_signers(draft, now, author.seat.party if author.signs else "") - author.signs)


class Signer(msgspec.Struct, frozen=True):
    """One who is asked to sign: what it is called, whether it has, and in words why it cannot now."""

    id: str
    name: str
    signed: bool
    why: str


def required_signers(draft: Draft, now: Now) -> list[Signer]:
    """Those asked to sign a draft of the executive body, and how each stands."""
    signed, able = signed_by(draft, now), entitled(draft, now)
    known = called_each(now.inst, draft.signers)
    return [
        Signer(id, known[id], id in signed, "" if id in signed else _why_not(now, id, id in able))
        for id in draft.signers
    ]


def _why_not(now: Now, officer: str, able: bool) -> str:
    if not able:
        return pick("已不任可签署此件的职务", "holds no office any more that signs this")
    if not now.inst.valid_keys(officer, now.time):
        return pick("现在没有有效的密钥", "has no valid key now")
    return ""


PANELS = ("panel", "reviewers")
"""In which roles officers decide by more than half of them."""
NAME = "signers"
"""The question's name."""
LABEL = Label(
    "由谁签署",
    "Who is to sign it",
    "只有您和这里选的人看得到这份草稿；签署以前不公开，其他职员也看不到。",
    "Only you and those named here see this draft; nobody else does, officers of the executive body included.",
)


def question(draft: Draft, now: Now, author: Mandate, named: Iterable[str] | None = None) -> FormField | None:
    """Who is to sign: asked where there is a choice, else said; None where the author signs alone. `named`: the answer."""
    found = choice(draft, now, author)
    if not found.needed:
        return None
    names = called_each(now.inst, found.among)
    if not found.is_free:
        return FormField(NAME, NAME, LABEL, "stated", required=False, value=_meant(list(names.values()), found.needed))
    wrong = named is not None and found.made(named) is None
    chosen = draft.signers if named is None else list(named)
    said = pick(*too_few(found.needed)) if wrong else ""
    seated = set(Seat.objects.filter(party__in=names, person__is_active=True).values_list("party", flat=True))
    listed = tuple((id, _described(now, id, name, id in seated)) for id, name in names.items())
    label = _counted(draft, found.needed, author.signs)
    return FormField(NAME, NAME, label, "checks", choices=listed, value=chosen, error=said)


def _described(now: Now, officer: str, name: str, seated: bool) -> str:
    """An officer by name and offices; and that nobody signs in for it, who would never see the draft."""
    known = now.inst.officers.get(officer)
    held = sorted(known.held(now.day)) if known is not None else []
    said = " · ".join([name, *filter(None, [pick("、", ", ").join(map(office_name, held))])])
    return said if seated else said + pick("（没有账号）", " (no account)")


def _counted(draft: Draft, needed: int, author: bool) -> Label:
    """How many sign it, and in which offices: known before the form is handed in."""
    offices = sorted(wanted_offices(draft))
    zh, en = "、".join(OFFICES_ZH[one] for one in offices), " or ".join(one.replace("_", " ") for one in offices)
    who_zh, who_en = (
        ("其中一人是您", "you among them") if author else ("您起草，不签署", "you draft it and do not sign")
    )
    many_zh = f"须 {needed + author} 人签署（{zh}），{who_zh}：这里至少选 {needed} 人。"
    many_en = f"It takes {needed + author} to sign ({en}), {who_en}: choose {needed} at least. "
    return Label(LABEL.zh, LABEL.en, many_zh + LABEL.hint_zh, many_en + LABEL.hint_en)


def too_few(needed: int) -> tuple[str, str]:
    """What is said where too few are asked."""
    return f"至少选 {needed} 人", f"Choose at least {needed}"


def _meant(names: list[str], needed: int) -> str:
    listed = pick("、", ", ").join(names)
    if len(names) >= needed:
        return pick(f"{listed}（别无他人可签）", f"{listed} (nobody else could)")
    if not names:
        return pick("现在没有别人可签：草稿只有您看得到", "Nobody else could now: only you see the draft")
    return pick(f"{listed}（还缺 {needed - len(names)} 人可签）", f"{listed} ({needed - len(names)} more are lacking)")
