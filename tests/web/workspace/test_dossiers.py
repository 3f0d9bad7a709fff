"""我的卷宗 as a unit uses it: what comes next, the timeline, the head, what opens it, what it adds, what it receives."""

from __future__ import annotations

import re
from typing import Any

from gongyue.book.digest_words import digest_words
from web.conftest import House
from web.going import Going
from web.rooms import DOCUMENT

QINGHE, EMAIL = "u:0008", "qinghe@demo.invalid"


def page_of(client: Any, path: str) -> str:
    """A page's text, its tags taken out."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_petition_from_the_page_to_its_settled_row(house: House) -> None:
    """It is drafted and signed on the pages, waits with its deadline, is answered, and stands among what is settled."""
    going = Going(house).at("2027-02-01 10:00")
    client = house.client(EMAIL)
    assert "现在没有须由贵单位办理的卷" in page_of(client, "/my/dossiers/")
    made = client.post(
        f"/acts/new/petition.submit/1/?as={QINGHE}", {"kind": "demand", "text.text": "请明确数据出境备案的口径"}
    )
    draft = made.headers["Location"]
    assert made.status_code == 302, made.content.decode()
    digest = re.search(r'name="digest" value="(sha256:\w+)"', client.get(draft).content.decode())
    assert digest is not None
    signed = client.post(f"{draft}sign/demo", {"digest": digest[1]})
    assert signed.headers["Location"].endswith("/done/")
    listed = page_of(client, "/my/dossiers/")
    assert "诉求：要求" in listed and "2027年2月21日 24:00" in listed and "程序规则 P10" in listed
    found = house.office.store.sealed_numbered(house.office.store.arrivals())
    dossier = f"d:{__import__('json').loads(found.entry)['rx']['dossier'][2:]}"
    name = "-".join(digest_words(f"sha256:{dossier[2:]}", "zh")[:2])
    shown = page_of(client, f"/my/dossiers/{name}/")
    assert name in shown and "第 2 步，共 3 步" in shown and "下一步：等执行机构" in shown
    going.do("dossier.assign/1", "exec", _assigned("o:qin"), ["o:qin"], dossier=dossier)
    going.do("petition.answer/1", "exec", {"answer": "explained", "docs": [DOCUMENT]}, ["o:qin"], dossier=dossier)
    shown = page_of(client, f"/my/dossiers/{name}/")
    assert "说明不予反映的理由" in shown and "已经办结" in shown and "答第 1 件" in shown
    assert "还没有办结的卷" not in page_of(client, "/my/dossiers/")


def _assigned(officer: str, role: str = "caseworker") -> dict[str, Any]:
    return {"role": role, "officers": [{"officer": officer, "interests": []}]}
