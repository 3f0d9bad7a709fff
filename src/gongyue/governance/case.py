"""Cases: opened by the caseworker with the secretary, concluded by a panel once the accused could reply (article 17)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct
from msgspec.structs import replace

from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import Body, Filing, act, office
from gongyue.governance.course import ANOTHERS, Case, concerns, require_articles
from gongyue.governance.dossier_roles import OFFICE_OF
from gongyue.governance.fields import AccusedId, Address, Commitment, Date, LinkDigest, Slug
from gongyue.governance.kinds import edition_of, edition_then
from gongyue.governance.panels import by_a_majority
from gongyue.governance.proceedings import RECUSES, Assigned, offices_of, with_roles
from gongyue.governance.reply import Reply
from gongyue.rules import case as rules
from gongyue.rules import dossier as dossier_rules
from gongyue.rules import office as office_rules
from gongyue.rules import report as report_rules

if TYPE_CHECKING:
    from gongyue.covenant.edition import Edition
    from gongyue.governance.dossier import Dossier, Linked
    from gongyue.governance.institution import Institution

_DIGEST = "sha256:" + "00" * 32
DECLINED = "那件检举已不予受理，检举单位没有请求重新考虑 / that report was declined, and its reporter did not ask to reconsider"
"""What is said of a case on a report of which its reporter would never hear that it was taken up after all."""
DUTIES = ("users.rights", "conduct.duties", "competition.fair", "law.observance", "society.supervision")
"""The capabilities whose words bind members to something: a finding rests on one of them, or on another beside it."""


@act(
    "case.open/1",
    by=office("caseworker", "secretary", two=True),
    clause="investigation",
    capability=True,
    opens="case",
    empty_link=True,
    link_once=True,
    example={
        "accused": "u:0002",
        "articles": ["8"],
        "begins": "2026-05-01",
        "ends": "2026-05-20",
        "caseworker": {"officer": "o:xu", "interests": []},
        "panel": [
            {"officer": "o:mo", "interests": []},
            {"officer": "o:ge", "interests": []},
            {"officer": "o:hu", "interests": []},
        ],
        "link": _DIGEST,
    },
)
class Open(Body, frozen=True):
    """A case is opened against a member, on articles and conduct of certain days, by its caseworker and the secretary.

    `link`: to the reports it comes from, from each of which comes one case; to nothing where the executive body investigates unasked.
    """

    accused: AccusedId
    articles: Annotated[tuple[Address, ...], Meta(min_length=1, max_length=20)]
    begins: Date
    ends: Date
    caseworker: Assigned
    panel: Annotated[tuple[Assigned, ...], Meta(min_length=1, max_length=7)]
    link: LinkDigest

    def check(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        type = filing.act.type
        if (in_force := inst.founding.published_day) is None:
            raise OutOfTurn("not-in-force", type)
        yield report_rules.is_not_about_the_executive_body(self.accused)
        yield rules.accused_is_a_member(self.accused, self.accused in inst.members)
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        if not begins <= ends <= filing.dated:
            raise OutOfTurn("malformed", type, why="begins ≤ ends ≤ at")
        yield report_rules.conduct_is_covered(begins, in_force, inst.members[self.accused])
        require_articles(inst, self.articles, type)
        held = {one: offices_of(inst, one, filing.day) for one in filing.signers}
        yield dossier_rules.each_office_confirms(held, ("caseworker", "secretary"))
        yield dossier_rules.is_assigned([self.caseworker.officer], set(filing.signers))
        yield from self._assigned(inst, filing)

    def _assigned(self, inst: Institution, filing: Filing) -> Iterator[Ruling]:
        """Caseworker and panel hold their offices, are different persons, enough of them, and without interest in the accused."""
        named = [one.officer for one in self.panel]
        if len(set(named)) != len(named):
            raise OutOfTurn("malformed", filing.act.type, why="panel")
        yield dossier_rules.panel_is_complete(len(named), int(str(inst.meaning.value("P14"))))
        for role, officers in (("caseworker", (self.caseworker,)), ("panel", self.panel)):
            for one in officers:
                held = offices_of(inst, one.officer, filing.day)
                yield office_rules.holds_the_office(one.officer, held, {OFFICE_OF[role]}, filing.day)
                roles = {role} | ({"caseworker"} if one.officer == self.caseworker.officer else set())
                yield dossier_rules.roles_are_compatible(one.officer, roles)
                yield RECUSES[role](one.officer, one.interests, (self.accused,))

    def links_to(self) -> tuple[str, ...]:
        """The reports it comes from."""
        return ("report.file/1",)

    def check_linked(self, inst: Institution, linked: Sequence[Linked], filing: Filing) -> Iterator[Ruling]:
        """Each report is about the accused, or accuses nobody, of days that the case is on; and its reporter was not told that it is declined."""
        case = Case(self.accused, self.articles, filing.day, begins=from_iso(self.begins), ends=from_iso(self.ends))
        for one in linked:
            report = one.dossier.report
            if not one.stands or not concerns(one.dossier, self.accused) or (report and not report.bears_on(case)):
                raise OutOfTurn("bad-link", filing.act.type, why=ANOTHERS)
            if report and report.answer == "declined" and not report.waits_since:
                raise OutOfTurn("bad-link", filing.act.type, why=DECLINED)
            yield from self._free_of(one.dossier, filing)

    def _free_of(self, report: Dossier, filing: Filing) -> Iterator[Ruling]:
        """Nobody opens it, has it or judges it whom the reporter challenged or who is its own; nor judges it whoever took up the report."""
        took, named = report.were.get("caseworker", frozenset()), [one.officer for one in self.panel]
        yield dossier_rules.challenged_leaves_it_alone({*filing.signers, *named}, report.challenged)
        for role, officers in (("caseworker", (self.caseworker,)), ("panel", self.panel)):
            for one in officers:
                yield RECUSES[role](one.officer, one.interests, report.parties)
                roles = {role} | ({"caseworker"} if one.officer in took else set())
                yield dossier_rules.roles_are_compatible(one.officer, roles)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        roles = {"caseworker": (self.caseworker.officer,), "panel": tuple(one.officer for one in self.panel)}
        begins, ends = from_iso(self.begins), from_iso(self.ends)
        case = Case(self.accused, self.articles, filing.day, begins=begins, ends=ends)
        return with_roles(replace(dossier, parties=(self.accused,), case=case), roles)


class Found(Struct, frozen=True, forbid_unknown_fields=True):
    """What a panel found on an article: whether its breach is established, on which evidence, by its commitments.

    `clause`: the capability bound there whose duty it is on; left out where it is on other words of the article. `signed`: the
    document, served too, by which China signed the international rule it is on.
    """

    article: Address
    established: bool
    clause: Slug | None = None
    evidence: Annotated[tuple[Commitment, ...], Meta(max_length=20)] = ()
    signed: Commitment | None = None


@act(
    "case.conclude/1",
    by=office("panellist", two=True),
    clause="investigation",
    capability=True,
    within=("case",),
    signed_as="panel",
    example={
        "findings": [
            {"article": "8", "clause": "users.rights", "established": True, "evidence": [_DIGEST], "signed": None}
        ],
        "adverse": True,
        "reasons": _DIGEST,
    },
)
class Conclude(Body, frozen=True):
    """The panel concludes by a majority: on each article whether its breach is established, on which evidence; with reasons.

    `adverse`: what was established had an adverse effect (造成不良影响).
    """

    findings: Annotated[tuple[Found, ...], Meta(min_length=1, max_length=20)]
    reasons: Commitment
    adverse: bool = False

    def check_in(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        case, type = dossier.case, filing.act.type
        assert case is not None
        if dossier.closed:
            raise OutOfTurn("dossier-closed", type, dossier=dossier.id)
        if case.concluded:
            raise OutOfTurn("already", type)
        if dossier.paused:
            raise OutOfTurn("dossier-rests", type, dossier=dossier.id)
        dossier.require_new(self.reasons, type)
        yield from by_a_majority(inst, dossier, filing)
        yield from self._after_a_reply(inst, dossier, filing)
        yield from self._findings(inst, dossier)
        if self.adverse and not any(one.established for one in self.findings):
            raise OutOfTurn("malformed", type, why="adverse")

    def _after_a_reply(self, inst: Institution, dossier: Dossier, filing: Filing) -> Iterator[Ruling]:
        reply = Reply.to(
            inst, dossier, {one for found in self.findings for one in (*found.evidence, found.signed) if one}
        )
        yield rules.had_the_chance_to_reply(reply.waits, reply.received, reply.last, filing.made, reply.complete)
        yield rules.reply_was_seen(reply.said, filing.seen)

    def _findings(self, inst: Institution, dossier: Dossier) -> Iterator[Ruling]:
        case, text, then = dossier.case, edition_of(inst, dossier), edition_then(inst, dossier)
        assert case is not None
        assert text is not None
        assert then is not None
        charged, shown = set(case.articles), dossier.shown
        yield rules.every_article_is_found_on(charged, [one.article for one in self.findings])
        natures = [nature(text, then, one.article, one.clause) for one in self.findings]
        duties = sum(n == "duty" and one.established for n, one in zip(natures, self.findings, strict=True))
        for one, kind in zip(self.findings, natures, strict=True):
            yield rules.finding_cites_what_was_served(one.article, charged, one.established, one.evidence, shown)
            if one.signed is not None and one.signed not in shown:
                yield rules.finding_cites_what_was_served(one.article, charged, one.established, [one.signed], shown)
            if one.established:
                yield rules.principle_stands_with_a_duty(one.article, kind, duties)
                yield rules.encouragement_stands_with_a_duty(one.article, kind, duties)
                yield rules.international_rule_was_signed(one.article, kind, one.signed is not None)

    def enter(self, dossier: Dossier, filing: Filing) -> Dossier:
        case = dossier.case
        assert case is not None
        established = [one for one in self.findings if one.established]
        case = replace(
            case,
            concluded=filing.day,
            established=tuple(one.article for one in established),
            cited=tuple(one.evidence for one in established),
            adverse=self.adverse,
            judged_by=case.judged_by | set(filing.signers),
        )
        return replace(dossier, case=case)


def nature(text: Edition, then: Edition, at: str, clause: str | None) -> str:
    """What a finding on an article rests on: a duty that is bound there, or else what the article is by its words.

    OutOfTurn where the article has no such clause, or the text had no such words when the conduct ended.
    """
    if clause is not None:
        bound = [b.words for b in text.bindings if b.at == at and b.capability == clause]
        before = any(b.at == at and b.capability == clause for b in then.bindings)  # in other words, perhaps
        if clause not in DUTIES or not (bound and (before or any(map(then.says, bound)))):
            raise OutOfTurn("not-found", "case.conclude/1", what=f"at:{at} {clause}").saying(
                what=(f"条文 {at} 里的那一项义务", f"such duty in article {at}")
            )
        return "duty"
    part = next((one for one in text.parts if one.at == at), None)
    return rules.nature_of(part.text if part else "")
