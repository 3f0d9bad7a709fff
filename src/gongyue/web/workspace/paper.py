"""Doing an act on paper: which acts may be done so, their forms to print, and what happens to the paper."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.covenant.periods import iso
from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.articles import kinds
from gongyue.governance.institution import Institution
from gongyue.office.facts.matter_names import matter_title
from gongyue.web import letter_response
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.names import MATTERS, localise
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit

ENROL = "membership.enrol/1"
DISAVOW_BALLOT = "vote.disavow/1"
NOT_ONLY_MEMBERS = {"key", "dossier"}
"""Matters in which whoever was a member, or has a key, goes on."""
LONGEST = 120
"""Characters of a field that a link may fill in."""


@unit(SIGNATORY, OFFICER)
def papers(request: HttpRequest, unit: str) -> HttpResponse:
    """The acts a unit may do on paper, matter by matter."""
    ours = ours_of(request)
    found = [kind for kind in kinds() if is_on_paper(ours.inst, kind, unit) and is_open_to(ours, kind)]
    groups: dict[str, list[tuple[ActType, str, int]]] = {}
    for kind in found:
        groups.setdefault(localise(MATTERS, kind.matter), []).append(
            (kind, pick(kind.sheet.zh, kind.sheet.do), ours.article(kind.type))
        )
    return render_unit_page(
        request,
        "paper",
        "unit_paper",
        ours,
        groups=list(groups.items()),
        recovery_days=_recovery_days(ours),
        may_apply=ours.may_apply,
    )


def is_open_to(ours: OwnUnit, kind: ActType) -> bool:
    """Whether the unit is shown it: whoever is no member, once there are members, is not shown what members do."""
    if ours.is_member or not ours.inst.effective:
        return True
    if kind.type == ENROL:
        return ours.may_enrol
    if kind.type == DISAVOW_BALLOT:  # whoever left during a vote votes no more; what it never voted it may still say
        return any(not vote.outcome and ours.unit in vote.roll for vote in ours.inst.votes.values())
    return ours.known is not None and kind.matter in NOT_ONLY_MEMBERS


def is_on_paper(inst: Institution, kind: ActType, unit: str) -> bool:
    """Whether a unit may do it on paper now: nobody founds a covenant that has taken effect, no member joins in the first batch."""
    past = kind.matter == "founding" and inst.effective or kind.type == ENROL and unit in inst.members
    return kind.paper and kind.by.who == "unit" and not past


def _named(inst: Institution, text: str) -> str:
    """What a link fills in; a matter by its title."""
    return matter_title(inst, text)[0] if text in inst.proposals or text in inst.annexes else text


def _recovery_days(ours: OwnUnit) -> int:
    genesis = ours.inst.genesis
    return genesis.recovery_days if genesis else 0


@unit(SIGNATORY, OFFICER)
def form(request: HttpRequest, unit: str, type: str) -> HttpResponse:
    """The form of one act as a PDF to print, fill in, sign and seal."""
    kind = ACT_TYPES.get(type)
    ours = ours_of(request)
    if kind is None or not is_on_paper(ours.inst, kind, unit):
        raise Http404(type)
    filled = {n: text[:LONGEST] for n, text in request.GET.dict().items() if n in kind.body.__struct_fields__}
    page = letter_response.law_page(ours.inst, kind)
    validity = letter_response.FILLED_IN if any(filled.values()) else letter_response.BLANK
    head = letter_response.head(ours.now, iso(ours.now.day), letter_response.form_index(kind), page, validity)
    named = {name: _named(ours.inst, text) for name, text in filled.items()}
    sheet = letter_response.form(ours.inst, kind, ours.name, named, ours.unit)
    return letter_response.pdf(head, sheet, f"{kind.matter}-{kind.verb}")
