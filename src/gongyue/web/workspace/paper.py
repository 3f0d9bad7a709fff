"""Doing an act on paper: which acts may be done so, their forms to print, and what happens to the paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.covenant.periods import iso
from gongyue.governance.acts import KINDS, Kind
from gongyue.governance.naming import ACTS
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.django_settings import WEB
from gongyue.web.letters.forms import Form
from gongyue.web.letters.layout import Head
from gongyue.web.letters.setting import NoFont, letter
from gongyue.web.naming import MATTERS, act_name, said
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.ours import Ours
from gongyue.web.workspace.side import ours_of, show

LONGEST = 120
"""Characters of a field that a link may fill in."""


@unit(SIGNATORY, OFFICER)
def papers(request: HttpRequest, unit: str) -> HttpResponse:
    """The acts a unit may do on paper, matter by matter."""
    ours = ours_of(request)
    found = [KINDS[type] for type in ACTS if _on_paper(KINDS[type])]
    groups: dict[str, list[tuple[Kind, str]]] = {}
    for kind in found:
        groups.setdefault(said(MATTERS, kind.matter), []).append((kind, act_name(kind.type)))
    return show(
        request,
        "paper",
        "unit_paper",
        ours,
        groups=list(groups.items()),
        recovery_days=_recovery_days(ours),
    )


def _on_paper(kind: Kind) -> bool:
    return kind.paper and kind.by.who == "unit"


def _recovery_days(ours: Ours) -> int:
    genesis = ours.inst.genesis
    return genesis.recovery_days if genesis else 0


@unit(SIGNATORY, OFFICER)
def form(request: HttpRequest, unit: str, type: str) -> HttpResponse:
    """The form of one act as a PDF to print, fill in, sign and seal."""
    kind = KINDS.get(type)
    if kind is None or not _on_paper(kind):
        raise Http404(type)
    ours = ours_of(request)
    try:
        data = letter(_head(ours, kind), _form(ours, kind, request.GET.dict()))
    except NoFont as error:
        return HttpResponse(pick(error.zh, error.en), content_type="text/plain; charset=utf-8", status=503)
    response = HttpResponse(data, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{kind.matter}-{kind.verb}.pdf"'
    return response


def _head(ours: Ours, kind: Kind) -> Head:
    inst = ours.inst
    assert inst.genesis is not None
    edition = inst.meaning.edition or inst.founding.draft
    return Head(
        issuer=inst.genesis.executive,
        covenant=edition.title if edition else "",
        written=iso(ours.now.day),
        index=kind.type,
        validity="空白表格",
        checkpoint=str(ours.now.size),
        address=WEB.address + reverse("article", args=[_article(ours, kind)]),
        demo=WEB.demo,
    )


def _article(ours: Ours, kind: Kind) -> int:
    """The article the act rests on in the present text."""
    return int(ours.inst.basis_of(kind).removeprefix("art."))


def _form(ours: Ours, kind: Kind, given: dict[str, str]) -> Form:
    """The blank form with the unit's name, and whatever fields the link names."""
    edition, number = ours.inst.meaning.edition or ours.inst.founding.draft, _article(ours, kind)
    known = edition is not None and number <= len(edition.articles)
    words = edition.article(number).text if edition is not None and known else ""
    filled = {name: text[:LONGEST] for name, text in given.items() if name in kind.body.__struct_fields__}
    return Form(kind.type, number, words, f"{ours.name}（{ours.unit}）", filled)
