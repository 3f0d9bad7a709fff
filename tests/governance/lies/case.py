"""Lies in cases: against whom, on what, by whom they are opened and concluded (articles 3, 7, 12, 17)."""

from __future__ import annotations

from functools import cache
from typing import Any

from support.alliance import CASEWORKER, CLERK, FIRST, OUTSIDER, PANEL, SECRETARY, Alliance, commitment_to
from support.cases import (
    ACCUSED,
    CANCELLATION,
    CIRCULAR,
    EVIDENCE,
    FACTORS,
    HU,
    LIGHTER,
    NOTICE,
    REVIEWERS,
    USERS,
    cancelled,
    case_body,
    concluded,
    found,
    heard,
    offered,
    opened_case,
    reviewing,
    served,
    staffed,
    with_reviewers,
)
from support.dossiers import noted

from .dossier import SIGNED_OTHERWISE, its
from .situations import SECOND, THIRD
from .telling import Lawful, harmless, lie

OTHER = commitment_to("other")
TO_OPEN = (CASEWORKER, SECRETARY)


@cache
def quiet() -> Alliance:
    """Five members and three panellists on 2026-06-01; no case was opened."""
    return staffed()


@cache
def replied() -> Alliance:
    """The second member has had notice and evidence, on articles 8 and 12, and has replied in full."""
    world = staffed()
    dossier = heard(world, articles=["8", "12"])
    noted(world, dossier, ACCUSED, complete=True, docs=[OTHER])
    return world


@cache
def unheard() -> Alliance:
    """The same case, and the accused has had nothing but the notice, which it did not acknowledge."""
    world = staffed()
    served(world, opened_case(world, articles=["8", "12"]))
    return world


FOREIGN: dict[str, Any] = {
    "article": "12",
    "clause": None,
    "established": True,
    "evidence": [EVIDENCE],
    "signed": OTHER,
}
CONCLUDED = {"findings": [FOREIGN, USERS], "adverse": True, "reasons": commitment_to("reasons")}


def _of(kind: str, *, complete: bool = True) -> Alliance:
    """A sanction of that kind was proposed, served and received; its accused has said all, or nothing yet."""
    world = staffed()
    dossier = offered(world, kind)
    if complete:
        noted(world, dossier, ACCUSED, complete=True)
    return world


@cache
def established() -> Alliance:
    """A breach with an adverse effect is established, and nothing is proposed."""
    world = staffed()
    found(world)
    return world


@cache
def without_effect() -> Alliance:
    """A breach is established, and no effect."""
    world = staffed()
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier, adverse=False)
    return world


@cache
def left() -> Alliance:
    """A breach is established, and its unit has left since."""
    world = staffed()
    found(world)
    world.withdraw(ACCUSED)
    return world


@cache
def spoken() -> Alliance:
    """A circular is proposed, and the accused has said all."""
    return _of(CIRCULAR)


@cache
def gravest() -> Alliance:
    """A cancellation is proposed, and the accused has said all."""
    return _of(CANCELLATION)


@cache
def unspoken() -> Alliance:
    """A circular is proposed, and the accused has said nothing yet."""
    return _of(CIRCULAR, complete=False)


@cache
def asked() -> Alliance:
    """A cancellation is decided and served; a review was asked for, and reviewers are assigned."""
    world = with_reviewers()
    reviewing(world, cancelled(world))
    return world


FACTORS_GIVEN = {name: commitment_to(name) for name in FACTORS}
DECIDED = {"kind": CIRCULAR, **FACTORS_GIVEN, "lighter": None}
REFERRED = {
    "authority": "public_security",
    "ground": "crime",
    "facts": [commitment_to("letter")],
    "link": commitment_to("link"),
}

LAWFUL = [
    Lawful("case.open/1", quiet, case_body(link=commitment_to("link")), [
        lie("accused", OUTSIDER, "GY-17-08", "a case against whom the covenant does not bind"),
        lie("accused", SECRETARY, "GY-19-01", "the executive body on one of its own"),
        lie("articles", ["27"], "not-found", "an article that there is not"),
        lie("begins", "2026-03-19", "GY-17-03", "conduct from before the covenant was in force"),
        lie("ends", "2026-04-30", "malformed", "it ended before it began"),
        lie("caseworker.officer", "o:nobody", "GY-05-15", "who handles it did not sign for it"),
        lie("caseworker.interests", [SECOND], "GY-17-05", "it is paid by the accused, and handles it all the same"),
        lie("panel.officer", CLERK, "GY-05-01", "a clerk is to judge"),
        lie("panel.interests", [SECOND], "GY-18-09", "a rival's employee is to judge"),
        harmless("link", OTHER, "opened to whoever may open what it names, and to a content audit, which follow it"),
        lie("accused", THIRD, SIGNED_OTHERWISE, "another is said to be accused", altered=True),
    ], signers=TO_OPEN),
    Lawful("case.conclude/1", replied, CONCLUDED, [
        lie("findings.article", "8", "GY-17-06", "one article twice, and the other hangs over the accused for ever"),
        lie("findings.clause", "users.rights", "not-found", "a duty that its article does not have"),
        harmless("findings.established", False, "what the panel finds is its own to say: its reasons are reviewed, not computed"),
        lie("findings.evidence", [NOTICE], "GY-17-06", "evidence that was never served as such"),
        lie("findings.evidence", [], "GY-17-06", "established on nothing"),
        lie("findings.signed", None, "GY-12-01", "a rule that nobody showed China to have signed"),
        lie("adverse", False, SIGNED_OTHERWISE, "an effect is taken out of what the panel signed", altered=True),
        harmless("reasons", commitment_to("others"), "a commitment: the accused is served the reasons, and compares"),
        lie("reasons", NOTICE, "malformed", "the notice is said to be its reasons"),
        lie("reasons", OTHER, "GY-17-04", "concluded before the accused was heard", world=unheard),
        lie("reasons", OTHER, "GY-05-01", "an officer whose term is over signs", signers=(PANEL[0], "o:shi")),
    ], signers=(PANEL[0], HU), dossier=its),
    Lawful("case.propose/1", established, {"kind": CANCELLATION, "reasons": OTHER}, [
        lie("kind", "罚款十万元", "GY-18-03", "a fine, which the text does not list"),
        lie("kind", CIRCULAR, "GY-18-02", "a circular for what had no adverse effect", world=without_effect),
        lie("kind", CIRCULAR, "GY-18-05", "a circular after it had left", world=left),
        lie("reasons", LIGHTER, SIGNED_OTHERWISE, "other reasons than the panel signed", altered=True),
    ], signers=(PANEL[0], HU), dossier=its),
    Lawful("case.decide/1", spoken, DECIDED, [
        lie("kind", CANCELLATION, "GY-18-11", "heavier than what it was heard on"),
        lie("kind", "除名", "GY-18-03", "words that the text does not have"),
        lie("seriousness", FACTORS_GIVEN["effect"], "malformed", "one paragraph does for two factors"),
        lie("effect", FACTORS_GIVEN["fault"], "malformed", "the effect is passed over"),
        lie("fault", FACTORS_GIVEN["remedy"], "malformed", "the fault is passed over"),
        lie("remedy", FACTORS_GIVEN["fault"], "malformed", "what it did to remedy it is passed over"),
        lie("recurrence", FACTORS_GIVEN["fault"], "malformed", "that it was the first time is passed over"),
        lie("cooperation", FACTORS_GIVEN["fault"], "malformed", "that it told of it itself is passed over"),
        lie("lighter", OTHER, "GY-18-06", "decided before it was heard", world=unspoken),
    ], signers=(PANEL[0], HU), dossier=its),
    Lawful("case.decide/1", gravest, DECIDED | {"kind": CANCELLATION, "lighter": LIGHTER}, [
        lie("lighter", None, "GY-18-07", "struck off, and not a word why a circular would not do"),
    ], signers=(PANEL[0], HU), dossier=its),
    Lawful("case.review/1", asked, {"outcome": "upheld", "kind": None, "reasons": commitment_to("why")}, [
        lie("outcome", "lighter", "malformed", "lighter than it was, and nobody says what it is"),
        lie("kind", CIRCULAR, "malformed", "upheld, and another kind all the same"),
        lie("reasons", LIGHTER, "malformed", "the decision is reviewed in its own words"),
        lie("reasons", commitment_to("others"), SIGNED_OTHERWISE, "other reasons than the reviewers signed", altered=True),
        lie("reasons", LIGHTER, "GY-18-12", "reviewed by one who decided", signers=(PANEL[0], REVIEWERS[0])),
    ], signers=REVIEWERS[:2], dossier=its),
    Lawful("referral.make/1", quiet, REFERRED, [
        lie("authority", "rival", "malformed", "it went to a competitor"),
        lie("ground", "convenience", "malformed", "a ground that there is not"),
        lie("facts", [], "malformed", "referred, and nothing to show for it"),
        lie("link", "d:1", "malformed", "an origin in plain words"),
    ], signers=TO_OPEN),
]  # fmt: skip
assert ACCUSED == SECOND and FIRST
