"""What an officer itself has to do, whatever is due otherwise: its key, its declaration, whom to invite, what to publish, what to post."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec
from django.http import HttpRequest
from django.urls import reverse

from gongyue.covenant.periods import from_iso, iso, start_of
from gongyue.governance.office import earliest, to_appoint
from gongyue.office.declarations import declarations
from gongyue.office.dossier_access import READING
from gongyue.office.due_list import Due
from gongyue.web import installation, request_state
from gongyue.web.acting.sealed_choices import PUBLISH, consented_petitions
from gongyue.web.desk import paper_out
from gongyue.web.desk.layout import DECIDES, deed, my_offices
from gongyue.web.desk.officer import officer_of
from gongyue.web.desk.offices import keys_to_register
from gongyue.web.names import office_name, work_name
from gongyue.web.templatetags.words import pick

ANNOUNCED = 11
"""The month from which the next year's holidays are asked for."""
SOON = 30
"""Days before a declaration ends from which its officer is told."""


class Task(msgspec.Struct, frozen=True):
    """One such thing: what, why, where it is done; `ends`: Unix seconds, 0 for no deadline; `late`: whether that is past."""

    text: str
    why: str
    url: str
    do: str
    ends: int = 0
    late: bool = False


def own_tasks(request: HttpRequest, tellings: Sequence[Due] = ()) -> list[Task]:
    """What there is for this officer, what is late first; `tellings`: of whom is to be told, where that is done in one."""
    found = [
        *_key(request),
        *_declaration(request),
        *_keys_of_others(request),
        *_staff(request),
        *_calendar(request),
        *_publications(request),
        *_letters(request),
        *_tellings(tellings),
    ]
    return sorted(found, key=lambda task: (not task.late, task.ends or 1 << 62))


def _tellings(due: Sequence[Due]) -> Iterator[Task]:
    """Many who have to be told: once for all of them."""
    if due:
        text = pick(f"告知 {len(due)} 件凭纸面以其名义记录的", f"Tell of {len(due)} things recorded from paper")
        why = pick(
            "一次填写方式与日期，两名职员各看一遍名单、各确认一次。",
            "How and when is said once; each of two officers looks at the list once and confirms once.",
        )
        last = min(from_iso(one.last) for one in due)
        late = any(one.late for one in due)
        yield Task(text, why, reverse("desk_telling"), pick("成批告知", "Tell in one batch"), start_of(last + 1), late)


def _key(request: HttpRequest) -> Iterator[Task]:
    """Whoever has no valid key signs nothing."""
    now, me = request_state.now(request), request_state.seat(request).party
    if now.inst.valid_keys(me, now.time):
        return
    coming = any(key.until is None and key.valid_from > now.time for key in now.inst.keys_of(me).values())
    if coming:
        text = pick("您的密钥在公示，期满才能签署", "Your key is in the open: it signs once the delay is over")
    else:
        text = pick("您还没有可签署的密钥", "You have no key to sign with yet")
    why = pick(
        "在手机上建立通行密钥，由两名职员核对后登记。", "Make a passkey on your phone; two officers register it."
    )
    yield Task(text, why, reverse("own_keys"), pick("我的密钥", "My keys"))


def _declaration(request: HttpRequest) -> Iterator[Task]:
    """The declaration of interests: on appointment, every year, and whenever they change."""
    now, me = request_state.now(request), request_state.seat(request).party
    mine = next((d for d in declarations(now.inst, None, now.day, "", lambda: now.time) if d.officer == me), None)
    if mine is None or from_iso(mine.renew_by) > now.day + SOON:
        return
    text = pick("申报您的利害关系", "Declare your interests")
    if mine.made:
        text = pick("续报您的利害关系", "Declare your interests anew")
    why = pick(
        "两年内任职、受酬、持有权益的单位；指派时据以计算回避。",
        "Units that employed or paid you, or that you owned of, within two years: recusal is computed from it.",
    )
    url = deed(request, "office.declare/1", officer=me).url
    ends = start_of(from_iso(mine.renew_by) + 1)
    yield Task(text, why, url, pick("申报", "Declare"), ends, mine.late > 0)


def _keys_of_others(request: HttpRequest) -> Iterator[Task]:
    """First keys that officers made on their phones: they sign nothing until two officers registered them and the delay is over."""
    for one in keys_to_register(request):
        text = pick(f"登记{one.holder}的首把密钥", f"Register the first key of {one.holder}")
        why = pick(
            "打电话核对词语之后，由两名职员登记。",
            "Two officers register it, once the words were compared by telephone.",
        )
        yield Task(text, why, reverse("desk_offices"), pick("核对", "Compare"))


def _staff(request: HttpRequest) -> Iterator[Task]:
    """Whom to invite: a report that arrives is due within P1, and who is appointed then serves only after the delay."""
    if not my_offices(request) & set(DECIDES):
        return
    now = request_state.now(request)
    for one in to_appoint(now.inst, now.day):
        called = office_name(one.office)
        text = pick(f"邀请{called} {one.missing} 名", f"Invite {one.missing} for the office of {called}")
        work = pick("、", ", ").join(work_name(what) for what in one.work)
        why = pick(
            f"没有他们依规办不了：{work}。可以是机构以外的人；任命经公示才到任，事情来了再请就晚了。",
            f"Without them this cannot lawfully be done: {work}. They may come from outside; appointments begin after the delay,"
            " so it is late once the matter is there.",
        )
        begins = iso(earliest(now.inst, now.time))
        url = deed(request, "office.appoint/1", offices=one.office, begins=begins).url
        yield Task(text, why, url, pick("任命", "Appoint"))


def _calendar(request: HttpRequest) -> Iterator[Task]:
    """The holidays of a year that begins soon, or has begun, and are not in the book: no deadline in it is moved for them."""
    now, log = request_state.now(request), deed(request, "law.calendar/1")
    loaded = now.inst.meaning.calendar.years if now.inst.meaning.calendar else frozenset()
    missing = [year for year in years_near(now.day) if year not in loaded]
    if not missing or not log.mine or now.inst.genesis is None:
        return
    years = pick("、", ", ").join(map(str, missing))
    text = pick(f"载入 {years} 年的节假日历", f"Load the holiday calendar of {years}")
    why = pick(
        "照国务院办公厅的年度通知。载入以前，落在那一年的期限不因节假日顺延。",
        "As the State Council's yearly notice has it. Until then no deadline that falls in that year is moved for holidays.",
    )
    yield Task(text, why, log.url, pick("载入", "Load"))


def years_near(day: int) -> list[int]:
    """The year of that day, and from November on the next, whose holidays are announced by then."""
    today = date.fromordinal(day)
    return [today.year, today.year + 1] if today.month >= ANNOUNCED else [today.year]


def _publications(request: HttpRequest) -> Iterator[Task]:
    """The petitions whose member consents: whoever publishes reads none of them before, and finds them here."""
    if "publisher" not in my_offices(request):
        return
    why = pick("成员单位签署同意了公开的文字。", "The member signed its consent to the words to publish.")
    for course, said in consented_petitions(request_state.now(request).inst, installation.office().store):
        text = pick(f"公开诉求：{said}", f"Publish a petition: {said}")
        yield Task(text, why, deed(request, PUBLISH, course=course).url, pick("公开", "Publish"))


def _letters(request: HttpRequest) -> Iterator[Task]:
    """What goes by post: periods run from its delivery, and nobody is told while it lies here."""
    if my_offices(request) & READING and (count := paper_out.waiting(officer_of(request))):
        more = count >= paper_out.COUNTED
        text = pick(
            f"寄出信函：{count} 个{'以上' if more else ''}收件方",
            f"Post letters: {count}{' and more' if more else ''} {'addressees' if count > 1 else 'addressee'}",
        )
        why = pick(
            "期限自送达起算，通知自告知起算；成批登记单号。致全体成员的公告不计在内，也在那一页。",
            "Periods run from delivery, and from being told; numbers are noted in batches. Bulletins to all members, on that page too,"
            " are not counted here.",
        )
        yield Task(text, why, reverse("desk_paper"), pick("纸面往来", "Paper"))
