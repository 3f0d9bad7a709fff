"""哪句话管哪件事 Binding the text: the page on which officers decide, capability by capability, what of a text is carried out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongyue.covenant.binding.absences import decisions
from gongyue.covenant.binding.draft import Carried, Drafting
from gongyue.covenant.binding.draft_file import BadDraft
from gongyue.covenant.binding.records import BadBinding, Binding, Decision
from gongyue.covenant.draft_edition import faults_of
from gongyue.covenant.edition import BadEdition
from gongyue.covenant.parser import part_oddities
from gongyue.covenant.parser.errors import Unreadable
from gongyue.web import installation, request_state
from gongyue.web.access import office
from gongyue.web.accounts.officers import called
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting.drafts import download
from gongyue.web.binding import draft_store
from gongyue.web.binding import question_context as questions
from gongyue.web.binding.answers import ALONE, answer_of
from gongyue.web.binding.draft_store import Overtaken
from gongyue.web.binding.handover import handed_over, is_imported
from gongyue.web.binding.models import BindingDraft
from gongyue.web.binding.page_text import localise_fault, name_of
from gongyue.web.binding.sheets import question_of, sections_of_draft
from gongyue.web.binding.submitted import officer_of, original, submit, version_seen
from gongyue.web.binding.text import portion
from gongyue.web.desk.layout import DECIDES, render_desk_page
from gongyue.web.templatetags.words import pick

UNSAID = frozenset({"doubt", "open", "undecided"})
"""Faults of what was not said yet; any other is of something that was."""
NAMED = 6
"""Capabilities in the way of freezing that are named at the top; the sheet has them all."""
LATELY = 8

Words = tuple[str, str]
NOT_NOW = (
    "公约已定稿：条文不再绑定。撤回定稿以后，或在修改公约时，才能改动。",
    "The covenant is frozen: its text is no longer bound. It can be changed once the freeze is taken back, or by an amendment.",
)
BEGUN = ("已有人开始绑定一份文本；下面就是它。", "Somebody has begun to bind a text; here it is.")

GIVEN_AGAIN = ("do", "at", "words", "nth", "items", "beside")
"""Fields of an answer that did not hold, which stand in the form again."""


def being_founded(request: HttpRequest) -> bool:
    """Whether there is a text to bind: until it is frozen."""
    return request_state.now(request).inst.founding.stage == "draft"


@office(*DECIDES)
@require_http_methods(["GET", "POST"])
@limited("bind", 1800, 3600)
def bind(request: HttpRequest) -> HttpResponse:
    """The text and one question; posted, an answer."""
    row = draft_store.current()
    if row is None or not being_founded(request):
        if request.method == "POST":
            messages.error(request, pick(*NOT_NOW) if row else pick("没有草稿。", "There is no draft."))
        return _start(request, row, 409 if request.method == "POST" else 200)
    if request.method == "GET":
        return _page(request, row, request.GET.get("q", ""))
    return _answered(request, row)


def _answered(request: HttpRequest, row: BindingDraft) -> HttpResponse:
    answer, wanted = answer_of(request.POST), request.POST.get("q", "")
    if answer is None:
        return _page(request, row, wanted, error=("没有这一种回答。", "There is no such answer."))
    seen = version_seen(request)
    try:
        draft_store.change(officer_of(request), min(seen, row.version), answer, request.POST.get("do") in ALONE)
    except BadBinding as error:
        return _page(request, row, wanted, error=(error.zh, error.en))
    except Overtaken as first:
        return _page(request, _again(), wanted, overtaken=first)
    now = _again()
    if now.version > seen + 1:
        messages.info(request, pick(f"此间还有：{_others(now, seen)}。", f"Meanwhile: {_others(now, seen)}."))
    return redirect(_address(_next(draft_store.drafting_of(now), request.POST.get("after", "").split())) + "#question")


def _again() -> BindingDraft:
    row = draft_store.current()
    if row is None:
        raise Http404
    return row


def _others(row: BindingDraft, seen: int) -> str:
    """What was changed between the version seen and one's own answer, and by whom."""
    since = row.changes.filter(version__gt=seen, version__lt=row.version)[:LATELY]
    return pick("；", "; ").join(f"{called(installation.office().inst, c.officer)} {pick(c.zh, c.en)}" for c in since)


def _next(d: Drafting, after: list[str]) -> str:
    """The question to go on with: the first that is open still of those that came after, else the first of all."""
    left = {q.id for q in questions.open_questions(d)} if after else set()
    return next((id for id in after if id in left), "")


def _address(id: str) -> str:
    return reverse("desk_bind") + (f"?{urlencode({'q': id})}" if id else "")


# -- the page


def _page(
    request: HttpRequest,
    row: BindingDraft,
    wanted: str,
    error: Words | None = None,
    overtaken: Overtaken | None = None,
) -> HttpResponse:
    d = draft_store.drafting_of(row)
    left = questions.open_questions(d)
    ask = questions.question_context(d, left, wanted)
    at = request.GET.get("part", "") or (ask.places[0][0] if ask and ask.places else ask.question.at if ask else "")
    open_ = d.open_capabilities
    faults = faults_of(d)
    conflicts = [f for f in faults if f.why not in UNSAID]
    given = request.POST if error or overtaken else {}
    return render_desk_page(
        request,
        "bind",
        "desk_bind",
        http=422 if error else 409 if overtaken else 200,
        row=row,
        title=d.read.outline.title,
        total=len(d.read.by.catalogue.capabilities),
        settled=d.progress[0],
        bound=len(d.bound - set(open_)),
        absent=len(d.absences.keys() - set(open_)),
        undecided=len(open_),
        sentences=len({(s.at, s.begin) for _, s in d.undecided}),
        named=[(name, name_of(name)) for name in open_[:NAMED]],
        more=max(0, len(open_) - NAMED),
        doubts=d.doubts,
        oddities=[(words, localise_fault(zh, en)) for words, zh, en in part_oddities.told(d.read.outline.oddities)],
        conflicts=[(f, localise_fault(f.zh, f.en), question_of(d, f)) for f in conflicts[:NAMED]],
        ready=not faults,
        imported=is_imported(d, request_state.now(request).inst.founding.draft),
        ask=ask,
        open_count=decisions(left),
        stages=questions.stages(left, ask.stage if ask else ""),
        reasons=questions.reasons(),
        portion=portion(d, at, ask.places if ask else ()),
        rows=questions.overview(d),
        draft_version=row.version,  # a list of rows shadows `row` in the template
        changes=list(row.changes.all()[:LATELY]),
        can_undo=bool(d.draft.steps),
        error=localise_fault(*error) if error else "",
        overtaken=overtaken.changes[:LATELY] if overtaken else [],
        posted={name: given.get(name, "") for name in GIVEN_AGAIN},  # a dictionary's own `items` is no answer
        places=[(p.at, p.label) for p in d.read.outline.parts[:1000]],
    )


# -- a text, or a draft, to begin or go on with


def _start(
    request: HttpRequest, row: BindingDraft | None, status: int = 200, error: Words | None = None
) -> HttpResponse:
    """Before there is a draft, or when nothing can be bound."""
    inst = request_state.now(request).inst
    return render_desk_page(
        request,
        "bind_start",
        "desk_bind",
        http=status,
        founded=not being_founded(request),
        row=row,
        imported=inst.founding.draft.title if inst.founding.draft and original(request) is not None else "",
        error=pick(*error) if error else "",
    )


@office(*DECIDES)
@require_POST
@limited("bind-text", 60, 3600)
def text(request: HttpRequest) -> HttpResponse:
    """Begin with a text, or go on with another text or another draft."""
    row = draft_store.current()
    if not being_founded(request):
        return _start(request, row, 409, NOT_NOW)
    try:
        carried = submit(request, row)
    except (Unreadable, BadDraft, BadBinding) as error:
        wrong = (error.zh, error.en)
        return _page(request, row, "", error=wrong) if row else _start(request, None, 422, wrong)
    except Overtaken as first:
        return _page(request, _again(), "", overtaken=first)
    if carried is None:
        messages.error(request, pick(*BEGUN))
    elif carried != Carried():
        messages.warning(request, _moved(carried))
    return redirect("desk_bind")


def _moved(carried: Carried) -> str:
    """What is undecided again because the text is another."""
    moved: list[Binding | Decision] = [*carried.bindings, *carried.decisions]
    names = dict.fromkeys(r.capability for r in moved)
    told = pick("、", ", ").join(name_of(n) for n in names)
    return pick(
        f"文本有变：{len(carried.bindings)} 处绑定、{len(carried.decisions)} 项决定的字句已不在原处，回到未决定：{told}。",
        f"The text is another: the words of {len(carried.bindings)} bindings and {len(carried.decisions)} decisions moved;"
        f" undecided again: {told}.",
    )


@office(*DECIDES)
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Erase the draft and its text."""
    seen = version_seen(request)
    if request.POST.get("sure") != "yes":
        messages.error(request, pick("没有勾选，草稿还在。", "Not ticked: the draft is still there."))
    elif not draft_store.discard(seen):
        messages.error(
            request, pick("草稿此间有改动，没有删除。", "The draft was changed meanwhile; it is not deleted.")
        )
    else:
        messages.success(request, pick("草稿与其文本已删除。", "The draft and its text are deleted."))
    return redirect("desk_bind")


# -- what leaves the page


@office(*DECIDES)
@require_GET
def draft_file(request: HttpRequest) -> HttpResponse:
    """The draft as the file that `gongyue founding bind --draft` goes on with."""
    return download(bytes(_again().kept), "binding-draft.json", "application/json")


@office(*DECIDES)
@require_GET
def text_file(request: HttpRequest) -> HttpResponse:
    """The text that is being bound, as it was handed in."""
    row = _again()
    ending = row.name.rpartition(".")[2].lower() if "." in row.name else ""
    return download(
        bytes(row.text),
        f"text.{ending if ending.isalnum() and ending.isascii() else 'txt'}",
        "application/octet-stream",
    )


@office(*DECIDES)
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet before freezing: what will be carried out, what is not in the text, what was set aside, what cannot be done."""
    row = _again()
    d = draft_store.drafting_of(row)
    return render_desk_page(
        request,
        "bind_sheet",
        "desk_bind",
        row=row,
        title=d.read.outline.title,
        digest=d.read.outline.digest,
        outline=d.outline_told,
        ready=not faults_of(d),
        imported=is_imported(d, request_state.now(request).inst.founding.draft),
        open=being_founded(request),
        sections=sections_of_draft(d),
    )


@office(*DECIDES)
@require_POST
@limited("bind-text", 60, 3600)
def finish(request: HttpRequest) -> HttpResponse:
    """What is bound becomes the edition of an import, for two officers to sign."""
    row = _again()
    if not being_founded(request):
        return _start(request, row, 409, NOT_NOW)
    seen = version_seen(request)
    if row.version != seen:
        return _page(request, row, "", overtaken=Overtaken(list(row.changes.filter(version__gt=seen))))
    try:
        made = handed_over(draft_store.drafting_of(row), request_state.person(request), request_state.now(request))
    except BadEdition as error:
        return _page(request, row, "", error=(error.zh, error.en))
    return redirect("draft", id=made.pk)
