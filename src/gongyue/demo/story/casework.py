"""One dossier of a report or a case, as the story tells it: what is done in it, by whom, with which documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongyue.book.dossiers import whole
from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import EXECUTIVE
from gongyue.demo.simulated_office import document_of
from gongyue.demo.story import papers
from gongyue.demo.story.papers import Papers
from gongyue.demo.story.script import PANELLIST, SECOND_PANELLIST, SECRETARY, TWO, Script
from gongyue.demo.world import WATERMARK, world
from gongyue.governance.dossier import Dossier
from gongyue.governance.kinds import kinds_of
from gongyue.governance.sanction import FACTORS
from gongyue.office import links
from gongyue.office.openings import OpenedEntry, found_by
from gongyue.office.sources import StoreSources
from gongyue.office.store.words import in_dossier
from gongyue.sealing.link import Target

CASEWORKER, *PANELLISTS = (person for person in world().officer if not person.founds)
"""Who handles cases, and who may sit on a panel besides the two of the founding."""


def panel_size(script: Script) -> int:
    """How many sit on a panel: P14."""
    return int(str(script.inst.meaning.value("P14")))


def panel(script: Script) -> tuple[str, ...]:
    """Who sits on the panels of the story."""
    return (PANELLIST, SECOND_PANELLIST, *(one.id for one in PANELLISTS[: panel_size(script) - 2]))


def reviewers(script: Script) -> tuple[str, ...]:
    """As many others, who review."""
    size = panel_size(script)
    return tuple(one.id for one in PANELLISTS[size - 2 : 2 * size - 2])


def majority(officers: tuple[str, ...]) -> tuple[str, ...]:
    """As many of them as it takes."""
    return officers[: len(officers) // 2 + 1]


DUTY = "users.rights"
"""The capability on whose words these cases turn."""


def rows(*officers: str) -> list[dict[str, Any]]:
    """Officers as they are assigned, none with an interest."""
    return [{"officer": one, "interests": []} for one in officers]


class Matter:
    """A dossier of the story: `name` in Chinese and English stands before what is done in it."""

    def __init__(self, script: Script, name: tuple[str, str], dossier: str = "") -> None:
        self.script, self.name, self.dossier = script, name, dossier
        self.papers = Papers(script)

    # -- reading

    @property
    def folded(self) -> Dossier:
        """The dossier now."""
        return whole(self.script.inst, StoreSources(self.script.stage.office.store), self.dossier)

    @property
    def entries(self) -> list[OpenedEntry]:
        """Its entries by place."""
        return sorted(
            found_by(self.script.stage.office.store, in_dossier(self.dossier)), key=lambda o: o.entry.rx.n or 0
        )

    def target(self, type: str) -> Target:
        """Its last entry of a type, as a link names it."""
        found = next(o for o in reversed(self.entries) if o.entry.act.type == type)
        return Target(found.commitment, self.dossier, found.entry.rx.n or 0)

    @property
    def article(self) -> str:
        """The address of the article that these cases turn on."""
        edition = self.script.inst.meaning.edition
        bound = edition.binding(DUTY) if edition else None
        assert bound is not None
        return bound.at

    # -- doing

    def do(
        self, type: str, body: Mapping[str, Any], zh: str, en: str, *signers: str, actor: str = EXECUTIVE,
        files: Iterable[bytes] = (), to: str | None = None,
    ) -> Receipt:  # fmt: skip
        """One act in it."""
        zh, en = f"{self.name[0]}：{zh}（密封）", f"{self.name[1]}: {en} (sealed)"
        signed = signers or ((actor,) if actor != EXECUTIVE else (CASEWORKER.id,))
        receipt = self.script.do(type, actor, body, zh, en, signers=signed, files=files, dossier=self.dossier, to=to)
        self.dossier = self.dossier or f"d:{receipt.act.removeprefix('sha256:')}"
        self.papers.keep(self.dossier, signed[0])
        return receipt

    def paper(self, name: str, text: str) -> str:
        """The commitment to a document of this matter, which the next act in it brings."""
        return self.papers.make(name, self.name[0], text)[0]

    def link(self, *targets: Target) -> tuple[str, list[bytes]]:
        """A link, and the line that opens it."""
        value, line = links.made(self.script.stage.office.entropy(32), targets)
        return value, [line]

    def serve(self, what: str, docs: Iterable[str], zh: str, en: str, unit: str = "", told: str = "") -> None:
        """Documents are served, and received by the unit the same day; or in words of its own, `told`."""
        served = list(docs)
        self.do("dossier.serve/1", {"what": what, "docs": served}, zh, en)
        if unit:
            digest = self.folded.entries[-1].digest
            zh, en = f"签收{told or zh.removeprefix('送达')}", "acknowledges it"
            self.do("dossier.receive/1", {"docs": served}, zh, en, unit, actor=unit, to=digest)

    def note(self, unit: str, zh: str, en: str, **body: Any) -> None:
        """A party adds, says or asks for something."""
        said = {"docs": [], "complete": False, "withdrawn": False, "asks": None, "whom": None} | body
        self.do("dossier.note/1", said, zh, en, unit, actor=unit)


def report(script: Script, name: tuple[str, str], unit: str, accused: str, facts: str, **other: Any) -> Matter:
    """A unit reports another; the secretary assigns the caseworker on the next act."""
    made = Matter(script, name)
    body = {
        "kind": "report", "accused": accused, "begins": "2026-05-06", "ends": "2026-05-20",
        "facts": made.paper("检举的事实", f"{facts}。"), "articles": [made.article], "evidence": [],
    } | other  # fmt: skip
    made.do("report.file/1", body, "检举", "reports a breach", unit, actor=unit)
    assigned = {"role": "caseworker", "officers": rows(CASEWORKER.id)}
    made.do("dossier.assign/1", assigned, "指派承办人徐", "assigns its caseworker", SECRETARY)
    return made


def answer(of: Matter, how: str, target: Target, zh: str, en: str, ground: str | None = None, said: str = "") -> None:
    """The caseworker answers a report."""
    link, files = of.link(target)
    body = {"answer": how, "ground": ground, "reasons": of.paper("答复检举", said or papers.ANSWER[how]), "link": link}
    of.do("report.answer/1", body, zh, en, files=files)


class Case(Matter):
    """A case against a unit, from its opening on."""

    def __init__(self, script: Script, name: tuple[str, str], accused: str, *reports: Matter) -> None:
        super().__init__(script, name)
        self.accused = accused
        link, files = self.link(*(one.target("report.file/1") for one in reports))
        body = {
            "accused": accused, "articles": [self.article], "begins": "2026-05-06", "ends": "2026-05-20",
            "caseworker": rows(CASEWORKER.id)[0], "panel": rows(*panel(script)), "link": link,
        }  # fmt: skip
        self.do(
            "case.open/1",
            body,
            "立案，三人审议",
            "opens a case, with a panel of three",
            CASEWORKER.id,
            SECRETARY,
            files=files,
        )

    def told(self) -> None:
        """Notice and evidence are served, and received."""
        self.serve("notice", [self.paper("告知书", papers.NOTICE)], "送达告知书", "serves the notice", self.accused)
        self.evidence = self.paper("证据", papers.EVIDENCE)
        self.serve("evidence", [self.evidence], "送达证据", "serves the evidence", self.accused)

    def replies(self) -> None:
        """The accused replies, in full."""
        docs = [self.paper("答复", papers.REPLY)]
        self.note(
            self.accused, "答复，并说材料已齐", "replies, and says that its file is complete", docs=docs, complete=True
        )

    def conclude(self, established: bool) -> None:
        """A majority of the panel signs what was found."""
        found = {
            "article": self.article, "clause": DUTY, "established": established,
            "evidence": [self.evidence] if established else [], "signed": None,
        }  # fmt: skip
        why = papers.REASONS if established else papers.UNFOUNDED
        reasons, document = self.papers.make("结论书", self.name[0], why)
        body = {"findings": [found], "adverse": established, "reasons": reasons}
        zh, en = (
            ("查证属实，且造成不良影响", "finds a breach, with an adverse effect")
            if established
            else ("不成立", "finds no breach")
        )
        self.do(
            "case.conclude/1", body, f"结论：{zh}", f"the panel {en}", *majority(panel(self.script)), files=[document]
        )

    def kind(self, weight: int) -> str:
        """The words of the kind of sanction that is that heavy, 1 the lightest."""
        return next(one.words for one in kinds_of(self.script.inst, self.folded) if one.weight == weight)

    def propose(self, weight: int) -> None:
        """A sanction is proposed, and its reasons are served."""
        words = self.kind(weight)
        body = {"kind": words, "reasons": self.paper("拟处理意见", papers.PROPOSAL.format(words=words))}
        self.do("case.propose/1", body, f"拟处理：{words}", f"proposes {words}", *majority(panel(self.script)))
        self.serve("proposal", [body["reasons"]], "送达拟处理意见", "serves what is proposed", self.accused)

    def heard(self) -> None:
        """A hearing was asked for, and is held."""
        body = {"what": "heard", "ground": "held", "reasons": self.paper("听取申辩记录", papers.HEARING)}
        self.do("dossier.order/1", body, "听取申辩", "hears the accused")

    def decide(self, weight: int) -> None:
        """It is decided, with six factors, and why a lighter one does not suffice; served."""
        words, factors = self.kind(weight), {name: self.paper(*papers.FACTOR[name].split("：")) for name in FACTORS}
        lighter = self.paper("较轻者不足", papers.LIGHTER) if weight > 1 else None
        body: dict[str, Any] = {**factors, "kind": words, "lighter": lighter}
        self.do(
            "case.decide/1",
            body,
            f"决定：{words}，六项因素逐项说明",
            f"decides: {words}, six factors each in words",
            *majority(panel(self.script)),
        )
        docs = [*factors.values(), lighter] if lighter else list(factors.values())
        self.serve("decision", docs, "送达决定", "serves the decision", self.accused)

    def review(self) -> None:
        """Others who have decided nothing uphold it."""
        digest = next(one.digest for one in reversed(self.folded.asks) if one.what == "review")
        reasons = self.paper("复核决定", papers.REVIEW)
        body = {"outcome": "upheld", "kind": None, "reasons": reasons}
        self.do(
            "case.review/1",
            body,
            "复核：维持",
            "others review it: upheld",
            *majority(reviewers(self.script)),
            to=digest,
        )
        self.serve("review", [reasons], "送达复核决定", "serves the review", self.accused)

    def result(self, text: str, named: bool) -> int:
        """All members are told, once; the place of the bulletin."""
        commitment, document = document_of(f"调查结果与通报（{WATERMARK}）\n{text}")
        link, files = self.link(self.target("case.conclude/1"))
        body = {
            "text": commitment, "names": self.accused if named else None, "replaces": None, "review": None, "link": link,
        }  # fmt: skip
        zh, en = (
            f"{self.name[0]}：调查结果告知全体成员（密封）",
            f"{self.name[1]}: tells all members the result (sealed)",
        )
        self.script.do("bulletin.result/1", EXECUTIVE, body, zh, en, signers=TWO, files=[document, *files])
        return len(self.script.to_members())
