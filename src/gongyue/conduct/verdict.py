"""May this use happen? The one meaning that every engine is held to.

第八条　……不利用用户隐私数据从事任何与向用户作出的承诺无关的活动……
第九条（一）　不窥视、不转让、不传播、不交易违反国家法律法规规定，以及未经用户授权的数据信息；

Everything here is pure: a use, the authorisations on record and the promise give one verdict. Times are integer
microseconds UTC; every end is exclusive. What is not known is never taken as allowed.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from gongyue.conduct.findings import texts
from gongyue.conduct.grants import Authorisation, promised, statutory_grants
from gongyue.conduct.promise import Promise
from gongyue.conduct.uses import Unparsed, Use

KINDS = (
    "OK", "STATUTORY", "NO_AUTH", "PURPOSE", "SCOPE", "ACTION", "RECIPIENT", "REGION", "EXPIRED", "WITHDRAWN",
    "NOT_YET", "PURPOSE_UNKNOWN", "SUBJECT_UNKNOWN", "UNPARSED",
)  # fmt: skip
"""Every verdict, in rank."""
CLEAN = frozenset({"OK", "STATUTORY"})
UNSETTLED = frozenset({"PURPOSE_UNKNOWN", "SUBJECT_UNKNOWN", "UNPARSED"})
"""Neither allowed nor shown to be a breach: "all compliant" cannot be claimed (GY-08-03)."""

PURPOSE, SCOPE, ACTION, RECIPIENT, REGION = 1, 2, 4, 8, 16
EXPIRED, WITHDRAWN, NOT_YET = 1 << 5, 2 << 5, 3 << 5
"""Being in force is one condition that fails in one of three ways: two bits."""
_FAILS = ((PURPOSE, "PURPOSE"), (SCOPE, "SCOPE"), (ACTION, "ACTION"), (RECIPIENT, "RECIPIENT"), (REGION, "REGION"))
_TIMES = {EXPIRED: "EXPIRED", WITHDRAWN: "WITHDRAWN", NOT_YET: "NOT_YET"}
COUNT, BITS = 47, 40
ID_MASK = (1 << BITS) - 1


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """The verdict: its kind; the nearest authorisation, None for none; the conditions that one fails, as bits.

    `of_terms`: `nearest` counts the promise file's [[terms]] from 1, because no person's authorisation was looked at.
    """

    kind: str
    nearest: int | None = None
    failed: int = 0
    of_terms: bool = False

    @property
    def clean(self) -> bool:
        """Whether the use may happen."""
        return self.kind in CLEAN

    @property
    def words(self) -> dict[str, str]:
        """Article, law, code and both texts."""
        return texts()["verdicts"][self.kind]

    @property
    def article(self) -> str:
        """The covenant's article, such as 9(一)."""
        return self.words["article"]

    @property
    def code(self) -> str:
        """The finding it makes, such as GY-09-01; "" where the use may happen."""
        return self.words["code"]

    @property
    def all_failed(self) -> tuple[str, ...]:
        """Every condition the nearest authorisation fails, in rank."""
        return tuple(kinds_of(self.failed))


def verdict(use: Use | Unparsed, authorisations: Iterable[Authorisation], promise: Promise) -> Verdict:
    """May this use happen, on these authorisations, under this promise?"""
    if isinstance(use, Unparsed):
        return Verdict("UNPARSED")  # article 8: what cannot be read cannot be called compliant

    # Article 8, PIPL 6: a purpose must be stated, and be one of those told to users.
    if use.purpose is None or use.purpose not in promise.parents:
        return Verdict("PURPOSE_UNKNOWN")

    # Whose data it is was not stated: only the promise itself can be held against the use.
    if use.subject is None:
        return _at_dataset_level(use, promise)

    # Article 9(一): 未经用户授权 - is there an authorisation of this person, given to this controller?
    own = [a for a in authorisations if a.subject == use.subject and a.controller == use.controller]
    nearest = min((key(use, a, promise) for a in own), default=None)
    if nearest is not None and nearest >> COUNT == 0:
        cited = next(a for a in own if a.id == nearest & ID_MASK)
        return Verdict("OK" if cited.basis == "consent" else "STATUTORY", cited.id)  # PIPL 13(1)(一); (二)–(七)

    # PIPL 13(2): where the law itself allows it, no consent is needed. It can permit; it is never a near miss.
    statutory = _covering(use, statutory_grants(promise), promise)
    if statutory is not None:
        return Verdict("STATUTORY", statutory, 0, of_terms=True)

    if nearest is None:
        return Verdict("NO_AUTH")  # article 9(一)
    return _failing(nearest, of_terms=False)


def _at_dataset_level(use: Use, promise: Promise) -> Verdict:
    """Outside the promise is a breach whoever it concerns; inside it, the person's authorisation stays open."""
    statutory = _covering(use, statutory_grants(promise), promise)
    if statutory is not None:
        return Verdict("STATUTORY", statutory, 0, of_terms=True)
    made = [grant for grant in promised(promise) if grant.controller == use.controller]
    nearest = min((key(use, grant, promise) for grant in made), default=None)
    if nearest is None:
        return Verdict("NO_AUTH")  # article 9(一): this controller promised nothing here
    if nearest >> COUNT == 0:
        return Verdict("SUBJECT_UNKNOWN", nearest & ID_MASK, 0, of_terms=True)
    return _failing(nearest, of_terms=True)


def _covering(use: Use, grants: Iterable[Authorisation], promise: Promise) -> int | None:
    """The lowest id of those that cover the use in everything."""
    covering = [g.id for g in grants if g.controller == use.controller and key(use, g, promise) >> COUNT == 0]
    return min(covering, default=None)


def key(use: Use, grant: Authorisation, promise: Promise) -> int:
    """failed conditions << 47 | fail bits << 40 | id: the least of these is the nearest, whatever the order."""
    bits = failures(use, grant, promise)
    failed = (bits & 31).bit_count() + (bits > 31)
    return failed << COUNT | bits << BITS | grant.id


def failures(use: Use, grant: Authorisation, promise: Promise) -> int:
    """The conditions of the grant that the use does not meet, as bits."""
    scope, bits = grant.scope, 0

    # Article 8: authorising a purpose authorises those below it in the tree, and no other.
    if use.purpose is None or not scope.purposes & set(promise.and_above(use.purpose)):
        bits |= PURPOSE

    # PIPL 6, 14: every category touched must have been authorised; none stated is none authorised.
    if not use.categories or not scope.categories.issuperset(use.categories):
        bits |= SCOPE

    # Article 9(一): 不窥视、不转让、不传播、不交易.
    if use.action not in scope.actions:
        bits |= ACTION

    if not _recipient_allowed(use, grant, promise):
        bits |= RECIPIENT
    if not _region_allowed(use, grant, promise):
        bits |= REGION
    return bits | _time_failure(use.time, grant)


def _recipient_allowed(use: Use, grant: Authorisation, promise: Promise) -> bool:
    """PIPL 23: the recipient by name, or its class, must have been told. Nobody is needed to look at one's own data."""
    if use.recipient is None:
        return use.action == "view"
    if use.recipient == use.controller:
        return True
    allowed = grant.scope.recipients
    return use.recipient in allowed or promise.classes.get(use.recipient, "") in allowed


def _region_allowed(use: Use, grant: Authorisation, promise: Promise) -> bool:
    """PIPL 38, 39: where data is, is always allowed; elsewhere must have been told; an export names its region."""
    if use.region is None:
        return use.action != "export"
    return use.region == promise.home_region or use.region in grant.scope.regions


def _time_failure(time: int, grant: Authorisation) -> int:
    """An authorisation ends once: withdrawn or expired, whichever came first, the person's word before the clock's."""
    if grant.revoked_at <= min(time, grant.valid_to):
        return WITHDRAWN  # PIPL 15, 16: from that very instant, and not before it
    if grant.valid_to <= time:
        return EXPIRED
    return NOT_YET if time < grant.valid_from else 0


def kinds_of(bits: int) -> list[str]:
    """The verdicts that fail bits stand for, in rank."""
    kinds = [kind for bit, kind in _FAILS if bits & bit]
    return [*kinds, _TIMES[bits & NOT_YET]] if bits & NOT_YET else kinds


def _failing(nearest: int, of_terms: bool) -> Verdict:
    bits = nearest >> BITS & 127
    return Verdict(kinds_of(bits)[0], nearest & ID_MASK, bits, of_terms)
