"""No id where there is a name: what pages show at once is said in words, to whoever looks."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from gongyue.demo.simulated_office import paper
from web.acting.test_forms import FORMS, opened
from web.conftest import House
from web.going import CLERK, PROPOSAL, SECRETARY, YUNLING, Going
from web.letters.reading import ids_in
from web.security.crawling import walk
from web.security.people import client_of

FACES = {
    "outsider": ("/", "/en/", "/account/login/"),
    "signatory": ("/workspace/u:0001/", "/en/workspace/u:0001/", "/account/", "/notices/"),
    "secretary": ("/desk/", "/en/desk/", "/account/people/", "/en/account/people/", "/notices/outbox/"),
    "clerk": ("/desk/", "/en/desk/"),
    "authority": ("/authority/", "/en/authority/"),
}
ID = re.compile(
    r"(?<![\w:/.@-])[a-z]:[0-9a-z][\w-]*"  # of a party, a matter, a key
    r"|\b[a-z]+\.[a-z_]+/\d\b"  # of an act type
    r"|(?<![\w-])[0-9a-f]{64}\b"  # a digest
    r"|(?:职员 |Officer |执行机构 · |Executive body · )(?:qin|bai|lu|mo|ge|xu|hu)\b"  # officers whose accounts have names
)
MEANT = {"details", "code", "pre", "script", "style"}
"""Where an id, a digest or a program stands on purpose: folded away, or to be copied."""
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


class Visible(HTMLParser):
    """The ids among the text of a page that is not folded; `named`: officers go by name."""

    def __init__(self, html: str, named: bool) -> None:
        super().__init__()
        self.named, self.around, self.ids = named, list[tuple[str, str]](), list[str]()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.around.append((tag, dict(attrs).get("class") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self.around and self.around.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not any(
            tag in MEANT or "hint" in classes.split() for tag, classes in self.around
        ):  # a hint says how to write one
            found = ID.findall(data)
            self.ids += (
                found
                if self.named
                else [id for id in found if not id.startswith(("职员", "Officer", "执行机构", "Executive"))]
            )


@pytest.mark.slow(9)
@pytest.mark.parametrize("who", FACES)
def test_pages_show_names(house: House, who: str) -> None:
    """A walk from each face: no id, act type or digest in the text; officers by name to whoever has signed in, by the book on public pages."""
    client, shown = client_of(house, who), []
    for address, answer in walk(client, *FACES[who]):
        html = answer.status_code == 200 and not answer.streaming and "html" in answer.headers["Content-Type"]
        if html and "/api/" not in address:  # programs are told of act types by their ids
            named = answer.headers.get("X-Public") != "1"
            shown += [f"{address}: {id}" for id in Visible(answer.content.decode(), named).ids]
    assert not shown, "\n".join(shown)


@pytest.mark.slow(4)
@pytest.mark.parametrize("lang", ["", "/en"])
def test_forms_offer_names(house: House, lang: str) -> None:
    """Whatever there is to choose from on the form of any act type has a name."""
    shown = []
    for kind in FORMS.values():
        client, address = opened(house, kind)
        page = client.get(lang + address).content.decode()
        shown += [f"{kind.type}: {id}" for id in Visible(page, named=True).ids]
    assert not shown, "\n".join(shown)


def test_letters_show_names(house: House) -> None:
    """Of every sort but blank forms, the letters there are in the story, and that a proposal is under vote and recorded from paper."""
    from gongyue.web import installation
    from gongyue.web.desk.letter_catalogue import FORM, SORTS
    from gongyue.web.desk.letters import sheet

    going = Going(house).is_under_vote()
    signed = paper("选票一", "2027-02-02", "2027-02-02")
    going.do("vote.ballot/1", YUNLING, {"vote": PROPOSAL, "choice": "consent"}, [CLERK, SECRETARY], paper=signed)
    now, shown, seen = installation.now(), list[str](), set[str]()
    for sort, found in SORTS.items():
        for one in found.letters(now) if sort != FORM else ():
            head, matter = sheet(now, sort, one)[:2]
            seen.add(sort)
            shown += [f"{sort} {one.of}: {id}" for id in ids_in(matter, head)]
    assert not shown, "\n".join(shown)
    assert {"recorded", "call", "result", "admitted", "over", "appointment"} <= seen
