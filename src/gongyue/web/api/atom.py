"""`/feed.atom`: the gazette as an Atom feed (RFC 4287): lists, publications, corrections, votes; the same for everybody."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import strip_tags

from gongyue.covenant.periods import iso
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import ActDescription, describe
from gongyue.web.pages.decorators import page
from gongyue.web.pages.gazette import announced_types
from gongyue.web.pages.pagination import newest_first
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick

SHOWN = 50
_ATOM = "http://www.w3.org/2005/Atom"


@page
def feed(request: HttpRequest) -> HttpResponse:
    """The latest announcements, the newest first."""
    at = now(request)
    places = at.index.of_types(announced_types(), at.size)
    told = [describe(at, index) for index in newest_first(places, 1, SHOWN).items]
    data = tostring(_feed(at, told), "utf-8", xml_declaration=True)
    return HttpResponse(data, "application/atom+xml; charset=utf-8")


def _feed(at: Now, told: list[ActDescription]) -> Element:
    edition, genesis = at.inst.meaning.edition, at.inst.genesis
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": pick("zh-Hans", "en")})
    _text(root, "title", f"{edition.title if edition else ''} · {pick('公告', 'Gazette')}")
    _text(root, "id", f"urn:gongyue:{at.inst.cov}")
    _text(root, "updated", _midnight(told[0].day if told else at.day))
    _text(SubElement(root, "author"), "name", genesis.executive if genesis else "")
    SubElement(root, "link", rel="self", href=_address(reverse("atom")))
    SubElement(root, "link", href=_address(reverse("gazette")))
    for one in told:
        entry = SubElement(root, "entry")
        what = strip_tags(one.what)
        _text(entry, "title", f"{one.name}{pick('：', ': ') + what if what else ''}")
        _text(entry, "id", f"urn:gongyue:{at.inst.cov}:{one.index}")
        _text(entry, "updated", _midnight(one.day))
        _text(entry, "summary", " · ".join(filter(None, (strip_tags(one.actor), one.became_words))))
        SubElement(entry, "link", href=_address(reverse("entry", args=[one.index])))
    return root


def _text(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = text


def _address(path: str) -> str:
    return f"{WEB.address}{path}"


def _midnight(day: int) -> str:
    """A Beijing day as RFC 3339: public pages tell no hours."""
    return f"{iso(day)}T00:00:00+08:00"
