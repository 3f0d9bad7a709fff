"""What is said before a membership is ended: whose, and on what; that an entity has ended rests on those who sign."""

from __future__ import annotations

from django.utils.safestring import SafeString

from gongyue.book.dossier_names import DossierNames
from gongyue.book.links import opening
from gongyue.office import openings
from gongyue.web import installation, names
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import chinese, mark_chinese, pick, t

TYPE = "membership.end/1"


def sentence(now: Now, draft: Draft, who: SafeString, _: object) -> SafeString | None:
    """Whose membership ends, by the decision of which case or because the entity has ended; None where the draft does not say yet."""
    lines = [bytes(file.data) for file in draft.files.all() if not file.private]
    link = opening(str(draft.body.get("link")), lines)
    if link is None:
        return None
    unit = chinese(names.party_name(now.inst, str(draft.body["unit"])))
    if not link.target:
        return t(
            "{who}终止{unit}的成员资格：不凭处理决定，而是声明该单位作为主体已经终止。软件不能核对这一点，由签署的两人负责；该单位会读到这一理由。",
            "{who} ends the membership of {unit}, on no decision: it states that the entity itself has ended. The software cannot check"
            " that; the two who sign answer for it, and the unit is told this ground.",
            who=who,
            unit=unit,
        )
    case = mark_chinese(pick("、", ", ").join(map(_case, (f"sealed:{one.c[7:23]}" for one in link.target))))
    return t(
        "{who}终止{unit}的成员资格，凭案卷{case}的处理决定。",
        "{who} ends the membership of {unit}, by the decision in case {case}.",
        who=who,
        unit=unit,
        case=case,
    )


def _case(name: str) -> str:
    """The name of the dossier that a decision stands in."""
    found = openings.named(installation.office().store, name)
    dossier = found.entry.rx.dossier if found is not None else None
    return f"“{DossierNames([dossier]).of(dossier, pick('zh', 'en'))}”" if dossier else name
