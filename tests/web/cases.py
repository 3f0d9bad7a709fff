"""Reports and cases for the tests of pages: staffed, filed with their documents, opened, served and received."""

from __future__ import annotations

from typing import Any

from gongyue.covenant.periods import day_of, iso
from gongyue.demo.simulated_office import commitment_to, public_of
from gongyue.governance.office import earliest
from gongyue.office import links
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.sealing.link import Target
from support.documents import document
from web.conftest import House
from web.going import BEICHEN, CLERK, QINGHE, SECRETARY, Going
from web.rooms import dossier_of

XU, MO, GE, HU = "o:xu", "o:mo", "o:ge", "o:hu"
PANEL = (MO, GE, HU)
FACTS = document("2027年2月至3月，青禾健康把用户的还款记录用于筛选对象、发送消费贷短信。", "事实.txt")
NOTICE = document("调查告知书：现就还款记录的用途进行调查。尚未作出任何认定。", "告知书.txt")
PROMISE = document("隐私承诺：还款记录只用于还款管理与风险控制。", "隐私承诺.txt")
REPLY = document("系配置疏漏，3月20日自查发现即停用。", "答复.txt")


class Casework(Going):
    """A story with a caseworker and three panellists; 北辰 reports 青禾."""

    def staffed(self, house: House) -> Casework:
        """They are appointed, serve from the first day they can, and have logins."""
        for officer, office in ((XU, "caseworker"), (HU, "panellist")):
            begins = iso(earliest(self.inst, self.now))
            body = {"officer": officer, "offices": [office], "begins": begins, "ends": "2028-12-31"}
            self.executive("office.appoint/1", body | {"interests": commitment_to(officer)}, [SECRETARY, CLERK])
            key = {"holder": officer, "key": public_of(officer), "alg": "ed25519"}
            self.executive("key.register/1", key, [SECRETARY, CLERK])
        _logins()
        self.now += 9 * 86_400
        return self

    def hands_in(
        self, type: str, actor: str, body: Any, signers: tuple[str, ...], *documents: PrivateContent, dossier: str = ""
    ) -> str:
        """An act with its documents; the dossier it stands in."""
        assert self.folder is not None
        act = self.signed(type, actor, body, signers, dossier=dossier)
        receipt = file(self.office, self.folder, act, documents)
        return dossier or dossier_of(receipt)

    def reports(self, unit: str = BEICHEN, accused: str = QINGHE) -> str:
        """A report, with its facts; it is assigned."""
        day = iso(self.day)
        body = {"kind": "report", "accused": accused, "begins": "2027-02-01", "ends": day, "facts": FACTS.commitment}
        dossier = self.hands_in("report.file/1", unit, body | {"articles": [], "evidence": []}, (unit,), FACTS)
        assigned = {"role": "caseworker", "officers": [{"officer": XU, "interests": []}]}
        self.do("dossier.assign/1", "exec", assigned, [SECRETARY], dossier=dossier)
        return dossier

    def opens(self, report: str = "", accused: str = QINGHE) -> str:
        """A case, from that report or unasked."""
        row = [{"officer": one, "interests": []} for one in (XU, *PANEL)]
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

    def heard(self, report: str = "") -> str:
        """A case whose accused received notice and evidence, and replied in full."""
        dossier = self.opens(report)
        for what, one in (("notice", NOTICE), ("evidence", PROMISE)):
            self.serves(dossier, what, one).receives(dossier, one)
        self.notes(dossier, REPLY, complete=True)
        return dossier

    @property
    def day(self) -> int:
        """Today."""
        return day_of(self.now)


def _logins() -> None:
    from gongyue.web.accounts.models import Person, Seat
    from gongyue.web.demo_accounts import BEGINS

    for officer, name in ((XU, "经办闻"), (HU, "审议人胡")):
        person = Person.objects.create_user(f"{officer[2:]}@demo.invalid", "unused", name=name)
        Seat.objects.create(person=person, party=officer, role="", begins=BEGINS)
