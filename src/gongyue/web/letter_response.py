"""Letters as pages answer them: the head filled in from the book, the words of an article, the PDF itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.http import HttpResponse
from django.urls import reverse

from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.institution import Institution
from gongyue.web import installation
from gongyue.web.django_settings import WEB
from gongyue.web.handing_in import handing_in
from gongyue.web.installation import Now
from gongyue.web.letters.forms import Form
from gongyue.web.letters.layout import Day, LetterHead, Matter
from gongyue.web.letters.stamped_form import StampedForm
from gongyue.web.letters.typesetting import NoFont, Sheet, letter, letters
from gongyue.web.templatetags.words import pick

BLANK = "空白表格"
"""The validity of a form that nobody has filled in."""
FILLED_IN = "已填写，盖章后有效"
"""The validity of one that was printed with what its unit wrote."""
IN_A_FILE = 200
"""Letters in one file at most: more would take the typesetter more than half a gigabyte of memory."""


def address(route: str, *args: object) -> str:
    """The whole address of a page, as a letter writes it."""
    return WEB.address + reverse(route, args=args)


def head(now: Now, written: Day, index: str, page: str, validity: str = "有效", mark: str = "") -> LetterHead:
    """The document head as of now; `page` is where its QR code leads."""
    inst, view = now.inst, installation.office().view()
    edition = inst.meaning.edition or inst.founding.draft
    return LetterHead(
        issuer=inst.genesis.executive if inst.genesis else "",
        covenant=edition.title if edition else "",
        written=written,
        index=index,
        validity=validity,
        checkpoint=f"{view.size} 条　{view.root}",
        address=page,
        demo=WEB.demo,
        mark=mark,
        contact=WEB.written.contact.said if WEB.written.contact else "",
    )


def article_of(inst: Institution, kind: ActType) -> int:
    """The article an act type rests on in the present text."""
    return inst.meaning.article(kind.clause)


def law_page(inst: Institution, kind: ActType) -> str:
    """The page of that article; of the covenant where it has none."""
    article = article_of(inst, kind)
    return address("article", article) if article else address("covenant")


def at_of(inst: Institution, article: int) -> str:
    """The address of the article at a position of the present text, or of the draft; empty for none."""
    edition = inst.meaning.edition or inst.founding.draft
    return edition.address(article) if edition else ""


def words_of(inst: Institution, article: int) -> str:
    """The words of an article of the present text; empty where it has none of that number."""
    edition = inst.meaning.edition or inst.founding.draft
    return edition.article(article).text if edition and edition.address(article) else ""


APPLY = act_type_of("membership.apply/1")


def form(
    inst: Institution, kind: ActType, unit: str = "", given: Mapping[str, str] | None = None, id: str = ""
) -> Matter:
    """The form of an act type, with what is known filled in, the unit's name and id; of an application the one by which its key is compared."""
    if kind is APPLY:
        return stamped_form(inst)
    article = article_of(inst, kind)
    notice = tuple(one.zh for one in handing_in(kind, inst))
    return Form(kind.type, at_of(inst, article), words_of(inst, article), unit, given or {}, notice, id)


def form_index(kind: ActType) -> str:
    """The 索引号 of a form: that it is one, and of which act."""
    return f"纸面表格 {kind.sheet.zh}"


def stamped_form(inst: Institution) -> StampedForm:
    """The form that an applicant stamps, blank."""
    article = article_of(inst, APPLY)
    return StampedForm(at_of(inst, article), words_of(inst, article))


class File(NamedTuple):
    """A file of all letters of a batch: what it is called, its address, and that of the one for both sides of a sheet."""

    said: str
    url: str

    @property
    def two_sided(self) -> str:
        """As above."""
        return f"{self.url}{'&' if '?' in self.url else '?'}sides=2"


def files(url: str, count: int) -> list[File]:
    """The files in which so many letters come, `IN_A_FILE` each; none where there is but one letter."""
    if count <= IN_A_FILE:
        said = pick(f"全部 {count} 封，一个文件", f"All {count} letters in one file")
        return [File(said, url)] if count > 1 else []
    begins = range(0, count, IN_A_FILE)
    return [
        File(
            pick(f"第 {begin + 1}–{end} 封，一个文件", f"Letters {begin + 1}–{end} in one file"),
            f"{url}?part={begin // IN_A_FILE + 1}",
        )
        for begin in begins
        if (end := min(begin + IN_A_FILE, count))
    ]


def pdf(head: LetterHead, matter: Matter, name: str, typeset: Callable[..., bytes] | None = None) -> HttpResponse:
    """The letter as PDF under that file name; 503 and what to install where there is no Chinese font."""
    return _file(lambda: (typeset or letter)(head, matter), name)


def batch(sheets: Sequence[Sheet], title: str, name: str, two_sided: bool) -> HttpResponse:
    """Several letters as one PDF, likewise."""
    return _file(lambda: letters(sheets, title, two_sided), name)


def _file(made: Callable[[], bytes], name: str) -> HttpResponse:
    try:
        data = made()
    except NoFont as error:
        return HttpResponse(pick(error.zh, error.en), content_type="text/plain; charset=utf-8", status=503)
    answer = HttpResponse(data, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
