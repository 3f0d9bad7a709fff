"""Bulletins to all members, as a unit reads them: which there are, and the text of one, whose reading is logged."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.covenant.periods import iso
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Unit
from gongyue.office.facts import bulletins as facts
from gongyue.office.vault.errors import BadVault, Gone, NotEntitled, NotThere
from gongyue.web import installation, request_state
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.notices.read_state import mark_read
from gongyue.web.pages.decorators import number_in
from gongyue.web.pages.pagination import newest_first
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import ours_of, render_unit_page

PER_PAGE = 50


@unit(SIGNATORY, OFFICER)
def bulletins(request: HttpRequest, unit: str) -> HttpResponse:
    """What the unit may read, the newest first: of results and what restores a reputation the last twelve months."""
    ours = ours_of(request)
    found = facts.listed(facts.of_party(ours.inst, ours.office.store, unit, ours.now.day), ours.now.day)
    page = newest_first(range(len(found)), number_in(request), PER_PAGE)
    shown = [found[place] for place in page.items]
    rows = [(one, reverse("unit_bulletin", args=[unit, one.n]), title(ours.inst, one)) for one in shown]
    return render_unit_page(request, "bulletins", "unit_bulletins", ours, rows=rows, page=page)


@unit(SIGNATORY, OFFICER)
def bulletin(request: HttpRequest, unit: str, n: int) -> HttpResponse:
    """One of them with its text; what is erased keeps its labelled place."""
    ours = ours_of(request)
    shown = read(unit, n)
    mark_read(request_state.person(request), [f"bulletin:{n}"])  # its notice, and its line on the first page
    return render_unit_page(
        request,
        "bulletin",
        "unit_bulletins",
        ours,
        one=shown.bulletin,
        text=shown,
        mark=mark_of(shown, named(ours.now.inst.units[unit]), ours.now.day),
        back=reverse("unit_bulletins", args=[unit]),
        before=reverse("unit_bulletin", args=[unit, shown.bulletin.replaces]) if _opens(unit, shown) else "",
        after=reverse("unit_bulletin", args=[unit, shown.bulletin.replaced_by]) if shown.bulletin.replaced_by else "",
        document=reverse("unit_bulletin_document", args=[unit, n]),
    )


@unit(SIGNATORY, OFFICER)
def document(request: HttpRequest, unit: str, n: int) -> HttpResponse:
    """Its text with the salt, by which anybody checks that it is the one the entry commits to."""
    shown = read(unit, n)
    if not shown.document:
        raise Http404(n)
    response = HttpResponse(shown.document, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="bulletin-{n}.document"'
    return response


def title(inst: Institution, one: facts.BulletinFacts) -> str:
    """What a list calls it, in the language of this answer."""
    said = facts.title_of(inst, one)
    return pick(said.zh, said.en)


def read(party: str, n: int) -> facts.BulletinText:
    """The bulletin as the party reads it; Http404 where there is none for it, an empty text where it is erased or lost."""
    office = installation.office()
    try:
        return facts.text_of(office, installation.folder(), party, n)
    except (Gone, BadVault) as error:
        inst = office.catch_up()
        one = next(b for b in facts.of_party(inst, office.store, party, facts.day_now(office)) if b.n == n)
        return facts.BulletinText(one, "", b"", isinstance(error, Gone))
    except (NotThere, NotEntitled):
        raise Http404(n) from None


def named(unit: Unit) -> str:
    """The unit as the mark names it: of two that are called alike, one's credit code is its own."""
    return f"{unit.name} {unit.code}".strip()


def mark_of(shown: facts.BulletinText, reader: str, day: int) -> str:
    """What stands across a bulletin that speaks of a unit, on screen and on paper: who reads it, and when; empty of any other."""
    return f"{reader} {iso(day)}" if shown.bulletin.speaks_of_a_unit else ""


def _opens(party: str, shown: facts.BulletinText) -> bool:
    """Whether the party opens the bulletin that this one replaces."""
    office = installation.office()
    found = facts.of_party(office.inst, office.store, party, facts.day_now(office))
    return bool(shown.bulletin.replaces) and shown.bulletin.replaces in {one.n for one in found}
