"""Reports and cases for the tests of pages: filed with their documents, opened, served and received."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.periods import day_of, iso
from gongyue.office import links
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.sealing.link import Target
from support.documents import document
from web.going import BEICHEN, QINGHE, SECRETARY, Going
from web.rooms import dossier_of

XU, MO, GE, HU = "o:xu", "o:mo", "o:ge", "o:hu"
PANEL = (MO, GE, HU)
FACTS = document("2027年2月至3月，青禾健康把用户的还款记录用于筛选对象、发送消费贷短信。", "事实.txt")
NOTICE = document("调查告知书：现就还款记录的用途进行调查。尚未作出任何认定。", "告知书.txt")
PROMISE = document("隐私承诺：还款记录只用于还款管理与风险控制。", "隐私承诺.txt")
REPLY = document("系配置疏漏，3月20日自查发现即停用。", "答复.txt")
REASONS = document("抽样表明还款记录用于营销，超出承诺。", "理由.txt")


class Casework(Going):
    """A story with the demonstration's caseworker and panellists; 北辰 reports 青禾."""

    def hands_in(
        self, type: str, actor: str, body: Any, signers: tuple[str, ...], *documents: PrivateContent, dossier: str = ""
    ) -> str:
        """An act with its documents; the dossier it stands in."""
        assert self.folder is not None
        act = self.signed(type, actor, body, signers, dossier=dossier)
        receipt = file(self.office, self.folder, act, documents)
        return dossier or dossier_of(receipt)

    def reports(self, unit: str = BEICHEN, accused: str = QINGHE, facts: PrivateContent = FACTS) -> str:
        """A report, with its facts; it is assigned."""
        day = iso(self.day)
        body = {"kind": "report", "accused": accused, "begins": "2027-02-01", "ends": day, "facts": facts.commitment}
        dossier = self.hands_in("report.file/1", unit, body | {"articles": [], "evidence": []}, (unit,), facts)
        assigned = {"role": "caseworker", "officers": [{"officer": XU, "interests": []}]}
        self.do("dossier.assign/1", "exec", assigned, [SECRETARY], dossier=dossier)
        return dossier

    def opens(self, report: str = "", accused: str = QINGHE, panel: tuple[str, ...] = PANEL) -> str:
        """A case, from that report or unasked."""
        row = [{"officer": one, "interests": []} for one in (XU, *panel)]
        link, line = self.link(*([(report, 1)] if report else []))
        body = {"accused": accused, "articles": ["8"], "begins": "2027-02-01", "ends": iso(self.day)}
        body |= {"caseworker": row[0], "panel": row[1:], "link": link}
        return dossier_of(self.do("case.open/1", "exec", body, [XU, SECRETARY], [line]))

    def link(self, *places: tuple[str, int]) -> tuple[str, bytes]:
        """A link to entries of dossiers by their places, and the line that opens it."""
        target = []
        for dossier, n in places:
            found = next(o for o in found_by(self.office.store, in_dossier(dossier)) if o.entry.rx.n == n)
            target.append(Target(found.commitment, dossier, n))
        return links.made(self._draw(32), target)

    def serves(self, dossier: str, what: str, *documents: PrivateContent) -> Casework:
        """The caseworker serves documents."""
        body = {"what": what, "docs": [one.commitment for one in documents]}
        self.hands_in("dossier.serve/1", "exec", body, (XU,), *documents, dossier=dossier)
        return self

    def receives(self, dossier: str, *documents: PrivateContent, unit: str = QINGHE) -> Casework:
        """The party acknowledges what was served last."""
        self.do("dossier.receive/1", unit, {"docs": [one.commitment for one in documents]}, [unit], dossier=dossier)
        return self

    def notes(self, dossier: str, *documents: PrivateContent, unit: str = QINGHE, **body: Any) -> Casework:
        """A party's note."""
        said = {"docs": [one.commitment for one in documents]} | body
        self.hands_in("dossier.note/1", unit, said, (unit,), *documents, dossier=dossier)
        return self

    def heard(self, report: str = "", panel: tuple[str, ...] = PANEL) -> str:
        """A case whose accused received notice and evidence, and replied in full."""
        dossier = self.opens(report, panel=panel)
        for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
            self.serves(dossier, what, one).receives(dossier, one)
        self.notes(dossier, REPLY, complete=True)
        return dossier

    def concludes(self) -> str:
        """A case in which two of the panel found article 8 breached, with an adverse effect."""
        case = self.heard()
        finding = {"article": "8", "clause": "users.rights", "established": True, "evidence": [PROMISE.commitment]}
        body = {"findings": [finding], "adverse": True, "reasons": REASONS.commitment}
        return self.hands_in("case.conclude/1", "exec", body, (MO, "o:ge"), REASONS, dossier=case)

    @property
    def day(self) -> int:
        """Today."""
        return day_of(self.now)
