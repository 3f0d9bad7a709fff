"""The other matters at the desk: what there is, where each stands, and the acts that can be begun."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse

from gongyue.book.dossier_names import DossierNames
from gongyue.book.entry import decode
from gongyue.book.receipts import short
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import iso
from gongyue.governance.acts import act_type_of
from gongyue.governance.annex import Annex
from gongyue.governance.annex import stage_of as annex_stage
from gongyue.governance.correction import Correction
from gongyue.governance.office_names import PROSE
from gongyue.governance.packages import not_adopted
from gongyue.governance.proposal import Proposal
from gongyue.governance.publication import next_period
from gongyue.governance.sheet_words import ActPage
from gongyue.office import evidence
from gongyue.office.count_text import needed_said
from gongyue.office.facts.proposals import stage_of, support
from gongyue.office.facts.silences import of_changes
from gongyue.office.facts.votes import closed_votes, open_votes
from gongyue.office.questions import questions
from gongyue.office.untold import TELLS
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.acting.choices import votable
from gongyue.web.acting.labels import label_of
from gongyue.web.acting.mandates import PREPARES
from gongyue.web.desk.layout import DECIDES, AvailableAct, deed, listed, my_offices, render_desk_page
from gongyue.web.desk.pending_signatures import recorded, waiting
from gongyue.web.installation import Now
from gongyue.web.names import office_name, proposal_stage
from gongyue.web.pages.act_descriptions import describe
from gongyue.web.pages.interpretations import settings_context
from gongyue.web.templatetags.words import pick


@office()
def confirmations(request: HttpRequest) -> HttpResponse:
    """What waits for a second signature, what nobody has signed yet, and what was recorded lately."""
    rows = waiting(request)
    return render_desk_page(
        request,
        "confirmations",
        "desk_confirmations",
        begun=[row for row in rows if row.begun and not row.gone],
        unsigned=[row for row in rows if not row.begun and not row.gone],
        gone=[row for row in rows if row.gone],
        done=recorded(request),
        together=sum(row.draft.type in TELLS and row.mine for row in rows),
    )


@office()
def votes(request: HttpRequest) -> HttpResponse:
    """Votes: turnout only while one is open; paper ballots are recorded by two officers."""
    now = request_state.now(request)
    known = now.inst.votes
    return render_desk_page(
        request,
        "votes",
        "desk_votes",
        running=[(v, bool(known[v.id].turnouts), pick(*needed_said(known[v.id]))) for v in open_votes(now)],
        closed=closed_votes(now),
        openable=[(matter, deed(request, "vote.open/1", matter=matter)) for matter in votable(now.inst)],
    )


@office()
def amendments(request: HttpRequest) -> HttpResponse:
    """Proposals, each with the act that comes next."""
    now = request_state.now(request)
    return render_desk_page(
        request,
        "amendments",
        "desk_amendments",
        proposals=[
            (
                p,
                stage_of(now, p),
                proposal_stage(stage_of(now, p), p.by),
                _next_of_proposal(request, p),
                None if p.by == EXECUTIVE else support(now, p),
                _closes(now, p.id),
            )
            for _, p in sorted(now.inst.proposals.items(), reverse=True)
        ],
        initiate=deed(request, "amendment.initiate/1"),
        prepares=office_name(PREPARES),
        unchanging=pick(*of_changes(now.inst.meaning.edition) or ("", "")),
    )


def _closes(now: Now, matter: str) -> int:
    """When the vote on it closes, Unix seconds; 0 where none is under way."""
    vote = now.inst.votes.get(matter)
    return vote.closes if vote is not None and not vote.outcome else 0


def _next_of_proposal(request: HttpRequest, proposal: Proposal) -> list[AvailableAct]:
    stage = stage_of(request_state.now(request), proposal)
    types: list[str] = ["amendment.file/1"] if stage == "collecting" else []
    if stage == "adopted" and proposal.notified:
        types = ["amendment.publish/1"]
    elif stage == "adopted":
        types = ["amendment.notify/1" if proposal.pinned.authority == "file" else "amendment.approval/1"]
    return [deed(request, type, proposal=proposal.id) for type in types]


def _adopted(request: HttpRequest, matter: str) -> bool:
    vote = request_state.now(request).inst.votes.get(matter)
    return vote is not None and vote.outcome == "adopted"


@office()
def annexes(request: HttpRequest) -> HttpResponse:
    """Annexes, each with the act that comes next; the legal review of a draft."""
    inst = request_state.now(request).inst
    return render_desk_page(
        request,
        "annexes",
        "desk_annexes",
        annexes=[
            (a, annex_stage(inst, a), _next_of_annex(request, a)) for _, a in sorted(inst.annexes.items(), reverse=True)
        ],
        review=deed(request, "annex.review/1"),
    )


def _next_of_annex(request: HttpRequest, annex: Annex) -> list[AvailableAct]:
    due = annex.stage == "consultation" and _adopted(request, annex.id)
    return [deed(request, "annex.publish/1", annex=annex.id)] if due else []


@office()
def interpretations(request: HttpRequest) -> HttpResponse:
    """The package and single interpretations; the questions asked, for those who answer them."""
    now = request_state.now(request)
    inst = now.inst
    answers = my_offices(request) & {"secretary", "clerk", "panellist"}
    asked = list(questions(inst, installation.office().store)) if answers else []
    mine = now.docket_of(request_state.seat(request).party) if asked else None
    seen = {*mine.overdue, *mine.turn, *mine.waiting, *mine.settled} if mine else set()
    return render_desk_page(
        request,
        "interpretations",
        "desk_interpretations",
        day=now.day,
        time=now.time,
        **settings_context(now),
        issued=inst.interpretations[::-1],
        prose=PROSE,
        asked=[
            (
                one,
                DossierNames([one.dossier]).of(one.dossier, pick("zh", "en")) if one.dossier in seen else "",
                deed(request, "interpretation.issue/1", answers=f"sealed:{short(one.commitment)}", article=one.article),
                deed(request, "interpretation.explain/1", of=f"sealed:{short(one.commitment)}"),
            )
            for one in sorted(asked, key=lambda one: (not one.question.waits, one.question.day))
        ],
        missing=not_adopted(inst),
        adopt=deed(request, "interpretation.adopt/1"),
        supplement=deed(request, "interpretation.supplement/1"),
        issue=deed(request, "interpretation.issue/1"),
        withdraw=deed(request, "interpretation.withdraw/1"),
    )


@office()
def lists(request: HttpRequest) -> HttpResponse:
    """Lists of joins and leaves; the office publishes each after its period, also when nothing changed."""
    inst = request_state.now(request).inst
    ready = inst.in_force and inst.meaning.procedure is not None
    return render_desk_page(
        request, "lists", "desk_lists", lists=inst.lists[::-1], next=next_period(inst) if ready else None
    )


@office()
def law(request: HttpRequest) -> HttpResponse:
    """Orders and packs in effect, and the holiday calendar."""
    inst = request_state.now(request).inst
    return render_desk_page(
        request,
        "law",
        "desk_law",
        orders=[(order, deed(request, "law.lift/1", order=id)) for id, order in sorted(inst.orders.items())],
        years=sorted(inst.meaning.calendar.years) if inst.meaning.calendar else [],
        this_year=int(iso(request_state.now(request).day)[:4]),
        deeds=listed(request, ActPage.LAW),
    )


@office()
def corrections(request: HttpRequest) -> HttpResponse:
    """What was corrected or voided; nothing is deleted."""
    now = request_state.now(request)
    return render_desk_page(
        request,
        "corrections",
        "desk_corrections",
        corrections=[
            (c, _fields(now, c), describe(now, c.entry))
            for c in sorted(now.inst.corrections.values(), key=lambda c: -c.by)
        ],
        deeds=listed(
            request, ActPage.CORRECTIONS, **({"entry": entry} if (entry := request.GET.get("entry", "")) else {})
        ),
    )


def _fields(now: Now, one: Correction) -> str:
    """What the fields that were corrected are called."""
    leaf = now.leaf(one.entry)
    kind = act_type_of(decode(leaf).entry.act.type) if leaf else None
    return pick("、", ", ").join(label_of(kind, name).text if kind else name for name in one.fields)


SCANNER_STATES = {
    "off": (
        "还没有启动；网页开启后在后台准备，有人要交证据时也会启动，第一次要几分钟",
        "not started yet; it is prepared in the background once the pages have begun, or for evidence, for some minutes the first time",
    ),
    "preparing": (
        "正在准备，第一次要几分钟；这时交来的证据不收，请稍后再交",
        "being prepared, for some minutes the first time; evidence is not taken meanwhile and is to be handed in later",
    ),
    "ready": ("可以使用", "ready"),
    "failed": ("不能用：须装 gongyue[conduct]，或重启服务", "does not work: gongyue[conduct] is needed, or a restart"),
}
"""How the scanner of evidence stands in the process that answers."""


@office("sysop", "secretary")
def system(request: HttpRequest) -> HttpResponse:
    """The machine's state: the books, the last anchor, the store, how to back up."""
    opened, now = installation.office(), request_state.now(request)
    return render_desk_page(
        request,
        "system",
        "desk_system",
        view=opened.view(),
        anchor=now.inst.anchors[-1] if now.inst.anchors else None,
        unsaved=opened.unsaved,
        store=connection.display_name,
        genesis=now.inst.genesis,
        vkey=opened.keys.open.verifier.vkey,
        scanner=pick(*SCANNER_STATES[evidence.scanner_state()]),
        decides=my_offices(request) & set(DECIDES),
    )
