"""Paper in and out at the desk: what is to be posted, in batches by the carrier's numbers; what became of it; both registers."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongyue.covenant.periods import iso
from gongyue.office.dossier_access import READING
from gongyue.office.vault.cipher import examined
from gongyue.office.vault.errors import BadDocument
from gongyue.web import request_state
from gongyue.web.access import office
from gongyue.web.accounts.invitation_lists import named, party_named
from gongyue.web.accounts.rate_limit import limited
from gongyue.web.acting.typed_values import FieldError
from gongyue.web.acting.uploads import SCANS, read_whole
from gongyue.web.desk import paper_delivery, paper_in, paper_out
from gongyue.web.desk.layout import render_desk_page
from gongyue.web.desk.officer import officer_of, reporters
from gongyue.web.desk.paper_out import SHOWN
from gongyue.web.letter_response import files
from gongyue.web.notices.models import Posting
from gongyue.web.pages.decorators import number_in
from gongyue.web.pages.pagination import newest_first
from gongyue.web.templatetags.words import pick

LONGEST = {"carrier": 40, "number": 60}
A_PAGE = 50
LISTED = 100
"""Addressees shown with an input of their own; of more the numbers are pasted."""
PAIR = 2
"""What a pasted line has: the addressee and the number."""


@office(*READING)
@require_GET
def paper(request: HttpRequest) -> HttpResponse:
    """What is to be sent, what is on its way, and both registers."""
    return _page(request)


def _page(request: HttpRequest, wrong: str = "", given: dict[str, str] | None = None) -> HttpResponse:
    now = request_state.now(request)
    places = paper_in.came_in(request)
    page = newest_first(range(len(places)), number_in(request, "in"), A_PAGE)
    known = Posting.objects.order_by("-posted", "-pk")
    envelopes = paper_out.to_send(officer_of(request))
    return render_desk_page(
        request,
        "paper",
        "desk_paper",
        http=422 if wrong else 200,
        envelopes=envelopes[:LISTED],
        files=files(reverse("desk_paper_letters"), sum(len(one.letters) for one in envelopes)),
        more=len(envelopes[LISTED:]),
        under_way=paper_out.envelopes_under_way(request),
        decides=officer_of(request).decides,
        reporters=reporters(request),
        posted=paper_out.shown(request, known.exclude(outcome="")[:SHOWN]),
        outcomes=[(name, pick(zh, name)) for name, zh in Posting.OUTCOMES],
        came=list(paper_in.rows(request, paper_in.newest(places, (page.number - 1) * A_PAGE, len(page.items)))),
        page=page,
        day=iso(now.day),
        wrong=wrong,
        given=given or {},
    )


@office(*READING)
@require_POST
@limited("posting", 240, 3600)
def sent(request: HttpRequest) -> HttpResponse:
    """Note a batch: the carrier, the day, and a number for each addressee whose letters went."""
    carrier, day = request.POST.get("carrier", "").strip(), _day(request, request.POST.get("posted", ""))
    pasted, lost = _pasted(request.POST.get("pasted", ""))
    written = {name.removeprefix("number-"): str(text).strip() for name, text in request.POST.items()}
    numbers = _by_party(request, pasted) | {
        to: text for to, text in written.items() if text and f"number-{to}" in request.POST
    }
    wrong = _wrong(carrier, day, numbers, lost)
    if wrong or day is None:
        return _page(request, wrong, {"carrier": carrier, "posted": request.POST.get("posted", "")} | numbers)
    count = paper_out.post(request, numbers, carrier, day)
    if count:
        messages.success(request, pick(f"已登记寄出 {count} 件。", f"{count} letters noted as sent."))
    else:
        messages.error(
            request, pick("没有登记：所列收件方没有待寄的信函。", "Nothing noted: nothing is to be sent to these.")
        )
    return HttpResponseRedirect(reverse("desk_paper"))


def _wrong(carrier: str, day: date | None, numbers: dict[str, str], lost: list[str]) -> str:
    if not carrier or len(carrier) > LONGEST["carrier"]:
        return pick("请写承运人，至多四十字", "Name the carrier, in forty characters at most")
    if day is None:
        return pick("寄出日期须是今天或以前的一天", "The day of posting is today or before")
    if lost:
        return pick("读不懂这一行：", "This line cannot be read: ") + lost[0]
    if not numbers:
        return pick("至少写一个单号", "Write one number at least")
    if any(len(one) > LONGEST["number"] for one in numbers.values()):
        return pick("单号至多六十个字符", "A number has sixty characters at most")
    return ""


def _pasted(text: str) -> tuple[dict[str, str], list[str]]:
    """Numbers by addressee, of lines as carriers' tables have them: who it is for and the number; and lines that are none."""
    found, lost = {}, []
    for line in text.splitlines():
        parts = [part for part in re.split(r"[\s,，;；]+", line.strip()) if part]
        if not parts:
            continue
        if len(parts) != PAIR:
            lost.append(line.strip()[:80])
            continue
        found[parts[0]] = parts[1]
    return found, lost


def _by_party(request: HttpRequest, pasted: dict[str, str]) -> dict[str, str]:
    """The numbers by whom they are of, who may be written by credit code, whole name or id."""
    inst = request_state.now(request).inst
    by_name = named(inst) if pasted else {}
    return {party_named(inst, text, by_name): number for text, number in pasted.items()}


def _day(request: HttpRequest, text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.toordinal() <= request_state.now(request).day else None


@office(*READING)
@require_POST
@limited("posting", 240, 3600)
def outcome(request: HttpRequest) -> HttpResponse:
    """Note what became of envelopes, as many as are filled in; of what was served the slip goes to two officers to record."""
    drafted = noted = 0
    for one in paper_out.envelopes_under_way(request):
        said = request.POST.get(f"outcome-{one.pk}", "")
        if not said:
            continue
        day = _day(request, request.POST.get(f"on-{one.pk}", ""))
        try:
            scan = _scan(request, one) if said in (Posting.DELIVERED, Posting.REFUSED) else None
        except (FieldError, BadDocument) as error:
            return _page(request, f"{one.number}：{pick(error.zh, error.en)}")
        if said not in dict(Posting.OUTCOMES) or day is None or day < one.posted:
            return _page(
                request, f"{one.number}：" + pick("日期须在寄出与今天之间", "the day is between posting and today")
            )
        drafts = [paper_delivery.note(request, row, said, day, scan) for row in one.rows]
        noted, drafted = noted + len(drafts), drafted + sum(draft is not None for draft in drafts)
    if noted:
        messages.success(
            request,
            pick(
                f"已登记 {noted} 件；{drafted} 件已拟好记录，待两名职员签署。",
                f"{noted} noted; {drafted} drafted for two officers to sign.",
            ),
        )
    return HttpResponseRedirect(reverse("desk_paper"))


def _scan(request: HttpRequest, one: paper_out.UnderWay) -> tuple[bytes, str] | None:
    """The scan of the carrier's slip; FieldError or BadDocument where one is due and none can be kept."""
    upload = request.FILES.get(f"scan-{one.pk}")
    if upload is None:
        if one.wants_scan:
            raise FieldError("须附回执的扫描件", "the carrier's slip is to be scanned")
        return None
    data, name = read_whole(upload)
    if not data.startswith(SCANS):
        raise FieldError("扫描件须是 PDF、PNG、JPEG、TIFF 或 OFD", "a scan is a PDF, PNG, JPEG, TIFF or OFD file")
    examined(data, name)
    return data, name


@office(*READING)
@require_GET
def register(request: HttpRequest, way: str) -> HttpResponse:
    """As a table to keep, as far as this officer sees it: what came in, what went out, or what is to be sent, for the carrier."""
    table: list[tuple[str, ...]]
    if way == "in":
        table = [("收到", "成文", "文号", "行为", "名义", "记录人", "入簿", "位置", "扫描件承诺值")]
        table += [
            (r.arrived, r.dated, r.number, r.what, r.whose, r.by, r.recorded, r.place, r.scan)
            for r in sorted(paper_in.rows(request, paper_in.came_in(request)), key=lambda r: r.recorded)
        ]
    elif way == "send":
        table = [("编号", "单号", "收件方", "信函")]
        table += [
            (e.to, "", e.name, "；".join(one.what for one in e.letters)) for e in paper_out.to_send(officer_of(request))
        ]
    elif way == "out":
        table = [("寄出", "收件方", "信函", "承运人", "单号", "结果", "结果之日")]
        table += [
            (str(o.row.posted), o.name, o.what, o.row.carrier, o.row.number, o.outcome, str(o.row.outcome_on or ""))
            for o in paper_out.shown(request, Posting.objects.order_by("posted", "pk"))
        ]
    else:
        raise Http404(way)
    text = io.StringIO()
    csv.writer(text).writerows([[_plain(cell) for cell in row] for row in table])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="paper-{way}.csv"'
    return answer


def _plain(cell: str) -> str:
    """A cell that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell
