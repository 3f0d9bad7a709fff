"""Every act in the unit's name, in both books: who signed it, what it says, its receipt, and how to disavow it."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import decode
from gongyue.governance.acts import Signature, act_type_of
from gongyue.office.disclosures import disclosure_lines
from gongyue.office.facts.log import signature_void
from gongyue.office.facts.matter_names import act_matter
from gongyue.office.notices import Notice
from gongyue.office.openings import handed, named
from gongyue.office.store import OPEN
from gongyue.web.access import OFFICER, SIGNATORY, unit
from gongyue.web.accounts.officers import called, joined
from gongyue.web.names import act_name
from gongyue.web.pages.decorators import number_in
from gongyue.web.pages.pagination import newest_first
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.field_texts import FieldText, said_by
from gongyue.web.workspace.layout import begin_url, ours_of, render_unit_page
from gongyue.web.workspace.own_unit import OwnUnit

PER_PAGE = 50


class Signed(msgspec.Struct, frozen=True):
    """A signature as the page names it: by whose key, which, a passkey or a key of the command line or API."""

    holder: str
    key: str
    passkey: bool


class Row(msgspec.Struct, frozen=True):
    """An act in the unit's name as the page shows it."""

    notice: Notice
    name: str
    url: str
    hands: str
    disavow: str
    confirm: str
    state: str


STATES = {
    "stands": ("", ""),
    "disavowed": ("已否认", "disavowed"),
    "replaced": ("已改投", "replaced by a later ballot"),
    "void": ("已撤销", "voided"),
}


@unit(SIGNATORY, OFFICER)
def acts(request: HttpRequest, unit: str) -> HttpResponse:
    """The acts, newest first."""
    ours = ours_of(request)
    kept = ours.acts
    page = newest_first(range(len(kept)), number_in(request), PER_PAGE)
    return render_unit_page(
        request,
        "acts",
        "unit_acts",
        ours,
        rows=[row(request, ours, kept[place]) for place in page.items],
        page=page,
        from_paper=sum(not n.own for n in kept),
        sealed=sum(n.book != OPEN for n in kept),
    )


def row(request: HttpRequest, ours: OwnUnit, notice: Notice) -> Row:
    """An act as the page shows it."""
    return Row(
        notice,
        _named(ours, notice),
        reverse("unit_act", args=[ours.unit, notice.book, notice.place]),
        _hands(ours, notice),
        disavow_url(request, ours, notice),
        begin_url(request, "key.receive/1", ours.unit, entry=notice.place) if notice.can_be_confirmed else "",
        pick(*_state(ours, notice)),
    )


def _state(ours: OwnUnit, notice: Notice) -> tuple[str, str]:
    """What became of it; of a signature of the covenant too, which a draft opened again makes void."""
    if notice.state == "stands" and notice.type == "founding.sign/1":
        return signature_void(ours.inst, int(notice.place)) or STATES["stands"]
    return STATES[notice.state]


def _named(ours: OwnUnit, notice: Notice) -> str:
    """What it is called, with the matter it is about: three ballots are told apart."""
    about = pick(*act_matter(ours.inst, notice.fields))
    return f"{act_name(notice.type)}{pick('：', ': ')}{about}" if about else act_name(notice.type)


def _hands(ours: OwnUnit, notice: Notice) -> str:
    """By whose hands it came into the book."""
    if notice.own:
        return pick("本单位密钥签署", "signed with the unit's key")
    officers = joined(ours.inst, notice.recorded_by)
    return pick(f"{officers}凭纸面记录", f"recorded from paper by {officers}")


def disavow_url(request: HttpRequest, ours: OwnUnit, notice: Notice) -> str:
    """The form by which the unit disavows it; empty where it cannot, or cannot any more."""
    if notice.disavow is None or notice.by_letter or not notice.can_be_disavowed(ours.now.time):
        return ""
    return begin_url(request, notice.disavow.act, ours.unit, **notice.disavow.fields)


def _notice(ours: OwnUnit, book: str, place: str) -> Notice:
    """The unit's own act at that place; nobody else's."""
    found = next((n for n in ours.acts if (n.book, n.place) == (book, place)), None)
    if found is None:
        raise Http404(f"{book}:{place}")
    return found


@unit(SIGNATORY, OFFICER)
def act(request: HttpRequest, unit: str, book: str, place: str) -> HttpResponse:
    """One act in full."""
    ours = ours_of(request)
    notice = _notice(ours, book, place)
    said: list[FieldText] = said_by(ours.inst, notice)
    return render_unit_page(
        request,
        "act",
        "unit_acts",
        ours,
        row=row(request, ours, notice),
        notice=notice,
        said=said,
        words=" ".join(digest_words(notice.act, pick("zh", "en"))),
        signatures=[_signed(ours, sig) for sig in _signatures(ours, notice)],
        public=reverse("entry", args=[notice.index]) if book == OPEN and ours.now.inst.in_force else "",
        anchored=notice.index is not None,
        no_way=notice.disavow is None and not notice.own,
        in_room=bool(act_type_of(notice.type).opens),
        by_letter=notice.by_letter and notice.can_be_disavowed(ours.now.time),
    )


def _signatures(ours: OwnUnit, notice: Notice) -> tuple[Signature, ...]:
    store = ours.office.store
    if notice.book == OPEN:
        data = store.leaf(OPEN, int(notice.place))
        assert data is not None
        return decode(data).entry.sigs
    opened = named(store, notice.id)
    assert opened is not None
    return opened.entry.sigs


def _signed(ours: OwnUnit, sig: Signature) -> Signed:
    key = ours.now.inst.keys.get(sig.key)
    holder = called(ours.inst, key.holder) if key else ours.name
    return Signed(holder, sig.key, sig.alg == "webauthn")


@unit(SIGNATORY, OFFICER)
def receipt(request: HttpRequest, unit: str, book: str, place: str) -> HttpResponse:
    """The receipt to keep: an inclusion proof of an open act, the promise of a sealed one."""
    ours = ours_of(request)
    notice = _notice(ours, book, place)
    found = ours.office.receipt(book, notice.act)
    if found is None:
        raise Http404(notice.id)
    suffix = "tlog-proof" if book == OPEN else "promise"
    return _download(found.proof, f"{_plain(unit)}-{book}-{place}.{suffix}")


@unit(SIGNATORY, OFFICER)
def disclosures(request: HttpRequest, unit: str) -> HttpResponse:
    """What the unit may open of the sealed book, as `gongyue disclosures --as UNIT` gives it."""
    ours = ours_of(request)
    lines = b"".join(disclosure_lines(ours.office, unit))
    return _download(lines, f"{_plain(unit)}.jsonl")


@unit(SIGNATORY, OFFICER)
def ballots(request: HttpRequest, unit: str, id: str) -> HttpResponse:
    """Every ballot of a closed vote that is open to members only, as its close states their digest."""
    ours = ours_of(request)
    lines = handed(ours.inst, ours.office.store, id, unit)
    if lines is None:
        raise Http404(id)
    return _download(lines, f"{_plain(id)}.jsonl")


def _plain(unit: str) -> str:
    return unit.replace(":", "")


def _download(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
