"""The founding as an initiator sees it: the text to be signed, who has signed, what comes next (article 21)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from gongyue.book.digest_words import digest_words
from gongyue.office.facts.covenant import later_edition
from gongyue.office.facts.founding_steps import asks_for_approval
from gongyue.web.access import unit
from gongyue.web.names import STAGES, localise, party_name
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import begin_url, ours_of, render_unit_page

_COURSE = (
    ("frozen", "签署", "signatures"),
    ("submitted", "报批", "approval"),
    ("effective", "生效，公布", "effect and publication"),
    ("in_force", "施行", "in force"),
)
"""The course of a founding: stage, and the step in words."""
_WITHOUT = ("提交生效", "submission")
"""The second step where the text asks for no approval."""


@unit()
def founding(request: HttpRequest, unit: str) -> HttpResponse:
    """Where the founding stands, and this unit's own signature."""
    ours = ours_of(request)
    stands = ours.inst.founding
    if unit not in stands.initiators:
        raise Http404(unit)
    asked = asks_for_approval(ours.inst)
    place = next((i for i, (stage, _, _) in enumerate(_COURSE) if stage == stands.stage), -1)
    may = stands.stage == "frozen"
    signed = stands.signatures.get(unit)
    return render_unit_page(
        request,
        "founding",
        "unit_founding",
        ours,
        stage=localise(STAGES, stands.stage),
        founding=stands,
        changed=later_edition(ours.now),
        check_words=" ".join(digest_words(stands.digest, pick("zh", "en"))) if stands.digest else "",
        steps=[
            (
                pick(*_WITHOUT) if stage == "submitted" and not asked else pick(zh, en),
                "" if i < place or stands.stage == _COURSE[-1][0] else "now" if i == place else "next",
            )
            for i, (stage, zh, en) in enumerate(_COURSE)
        ],
        initiators=[(party_name(ours.inst, uid), uid in stands.signatures) for uid in sorted(stands.initiators)],
        signed=signed,
        text=stands.draft.articles if stands.draft else [],
        sign=begin_url(request, "founding.sign/1", unit, edition=stands.digest) if may and signed is None else "",
        step_out=begin_url(request, "founding.step_out/1", unit) if may else "",
    )
