"""Bulletins at the desk: to all members, whom each reached, whom a letter has to reach, what bounced; and what goes to society."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.book.digest_words import digest_words
from gongyue.governance.dossier import MEMBERS
from gongyue.office.dossier_access import READING, reads_bulletins
from gongyue.office.facts import bulletins as facts
from gongyue.office.facts.bulletins import BulletinText
from gongyue.web import installation, letter_response, request_state
from gongyue.web.access import office
from gongyue.web.accounts.officers import called
from gongyue.web.acting import result_form
from gongyue.web.acting.sealed_choices import PUBLISH, consented_petitions
from gongyue.web.desk.layout import BULLETINS, DECIDES, AvailableAct, deed, my_offices, render_desk_page
from gongyue.web.desk.officer import officer_of
from gongyue.web.installation import Now
from gongyue.web.letter_response import files
from gongyue.web.letters.publications import BulletinEnclosed
from gongyue.web.letters.typesetting import Sheet
from gongyue.web.notices.bulletins import delivered_to, key_of, told_by_mail
from gongyue.web.notices.models import Mail
from gongyue.web.pages.act_descriptions import ActDescription, describe
from gongyue.web.pages.dossier_letters import printed_head
from gongyue.web.workspace.bulletins import mark_of, named, read, title

CLAUSE = {True: "result.publish", False: "bulletin.issue"}
"""What a letter cites: of what speaks of a unit that results go to all members."""
TO_SOCIETY = "bulletin.publish/1"
MOST = 100
"""Bulletins shown at once; the newest."""


class Reached(msgspec.Struct, frozen=True):
    """A bulletin and whom it reached: mails by what became of them, and the members whom none can reach."""

    one: facts.BulletinFacts
    url: str
    title: str
    written: int
    sent: int
    stuck: int


@office(*BULLETINS)
def bulletins(request: HttpRequest) -> HttpResponse:
    """All of them, the newest first, with what has to be done for each; whoever publishes sees what goes to society alone."""
    now, party = request_state.now(request), request_state.seat(request).party
    found = facts.of_party(now.inst, installation.office().store, party, now.day)
    publish = deed(request, PUBLISH)
    consented = consented_petitions(now.inst, installation.office().store) if publish.mine else ()
    return render_desk_page(
        request,
        "bulletins",
        "desk_bulletins",
        reads=reads_bulletins(now.inst, party, now.day),
        rows=list(_reached(found[::-1][:MOST])),
        consented=[(said, deed(request, PUBLISH, course=course)) for course, said in consented],
        published=list(_published(request)),
        deeds=[deed(request, type) for type in ("bulletin.issue/1", "bulletin.result/1")],
        publishing=deed(request, TO_SOCIETY),
    )


def _published(request: HttpRequest) -> Iterator[tuple[ActDescription, AvailableAct | None]]:
    """Those in the open book, the newest first, each with what may take its place unless something did."""
    now = request_state.now(request)
    for index, one in sorted(now.inst.bulletins.items(), reverse=True)[:MOST]:
        correct = None if one.replaced else deed(request, TO_SOCIETY, kind=one.kind, replaces=index)
        yield describe(now, index), correct


def _reached(shown: Iterable[facts.BulletinFacts]) -> Iterable[Reached]:
    shown = list(shown)
    keys = {key_of(one.n): one for one in shown}
    counts: dict[str, dict[str, int]] = {}
    for row in Mail.objects.filter(key__in=keys).values("key", "state").annotate(n=Count("pk")):
        counts.setdefault(row["key"], {})[row["state"]] = row["n"]
    for key, one in keys.items():
        of = counts.get(key, {})
        stuck = of.get(Mail.GIVEN_UP, 0) + of.get(Mail.UNSURE, 0)
        url = reverse("desk_bulletin", args=[one.n])
        called = title(installation.office().inst, one)
        yield Reached(one, url, called, sum(of.values()), of.get(Mail.SENT, 0), stuck)


@office(*READING)
def bulletin(request: HttpRequest, n: int) -> HttpResponse:
    """One of them: its text, the members that only a letter reaches, the mails that bounced."""
    me = officer_of(request)
    now, party = me
    shown = read(party, n)
    one = shown.bulletin
    entitled = delivered_to(now.inst, installation.office().store, n)
    printed = by_letter(now, n)
    return render_desk_page(
        request,
        "bulletin",
        "desk_bulletins",
        one=one,
        text=shown,
        mark=mark_of(shown, called(now.inst, party), now.day),
        back=reverse("desk_bulletins"),
        before=reverse("desk_bulletin", args=[one.replaces]) if one.replaces else "",
        after=reverse("desk_bulletin", args=[one.replaced_by]) if one.replaced_by else "",
        entitled=len(entitled),
        mailed=len(entitled) - len(printed),
        by_letter=[(now.inst.units[unit], reverse("desk_bulletin_letter", args=[n, unit])) for unit in printed],
        files=files(reverse("desk_bulletin_letters", args=[n]), len(printed)) if me.decides else [],
        stuck=list(Mail.objects.filter(key=key_of(n), state__in=(Mail.GIVEN_UP, Mail.UNSURE)).select_related("person")),
        sends_again=bool(my_offices(request) & {"secretary", "sysop"}),
        deeds=list(_corrections(request, one)),
    )


def _corrections(request: HttpRequest, one: facts.BulletinFacts) -> Iterator[AvailableAct]:
    """What may take its place: another of its kind; of a result another result, or what restores a reputation."""
    if one.kind == "result":
        link = result_form.told_in(installation.office(), one.n)
        yield deed(request, "bulletin.result/1", replaces=one.n, **({"link": link} if link else {}))
        yield deed(request, "bulletin.issue/1", kind="rehabilitation", audience=one.audience, replaces=one.n)
    else:
        yield deed(request, "bulletin.issue/1", kind=one.kind, audience=one.audience, replaces=one.n)


@office(*DECIDES)
def letter(request: HttpRequest, n: int, unit: str) -> HttpResponse:
    """The bulletin as a letter to one unit that may open it, with its place and check words; that the officer read it is logged."""
    me = officer_of(request)
    if unit not in delivered_to(me.now.inst, installation.office().store, n):
        raise Http404(unit)
    return letter_response.pdf(*sheet(me.now, read(me.party, n), unit), f"bulletin-{n}-{unit}".replace(":", "-"))


def sheet(now: Now, shown: BulletinText, unit: str) -> Sheet:
    """The letter to one unit as it is set; Http404 where the text is not there any more."""
    one = shown.bulletin
    if not shown.text:
        raise Http404(one.n)
    name, at = now.inst.units[unit].name, now.inst.meaning.at(now.inst.meaning.article(CLAUSE[one.speaks_of_a_unit]))
    ends = " ".join(digest_words(one.digest, "zh"))
    marked = mark_of(shown, named(now.inst.units[unit]), now.day)
    said = BulletinEnclosed(
        name, one.n, one.zh, one.en, one.day, shown.text, one.replaces, ends, at, marked, printed_head(MEMBERS)
    )
    place = f"致全体成员第 {one.n} 件"
    head = letter_response.head(now, one.day, place, letter_response.address("unit_bulletins", unit), "有效", marked)
    return Sheet(head, said)


def by_letter(now: Now, n: int) -> list[str]:
    """The units that a letter has to reach, of those that open the bulletin at that place."""
    entitled = delivered_to(now.inst, installation.office().store, n)
    mailed = told_by_mail(entitled, now.day, n)
    return [unit for unit in entitled if unit not in mailed]
