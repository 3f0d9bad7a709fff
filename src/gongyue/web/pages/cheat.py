"""Try to cheat: with every key of the executive body, on a throwaway copy of the demonstration, and be found out.

Only in a demonstration, whose keys are public; anybody may, one at a time and not without end.
"""

from __future__ import annotations

import re
import tempfile
import threading
import time
from itertools import groupby
from pathlib import Path

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from gongyue.covenant.periods import day_of
from gongyue.covenant.refusals import figure_name
from gongyue.demo.cheats import CHEATS, Cheat, NoScene, catching, listed, perform
from gongyue.governance.figure_words import figure_words
from gongyue.verifying import packs
from gongyue.verifying.locations import open_place
from gongyue.verifying.report import CHECKS, Report
from gongyue.verifying.verify import Request
from gongyue.verifying.verify import verify as check
from gongyue.web import installation
from gongyue.web.access import anybody
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.pages.decorators import page
from gongyue.web.pages.proofs import vkeys
from gongyue.web.rate_limit import Limit, address_of, wait_for
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import day, pick

RUNS = Limit("cheat", 12, 60)
"""Runs from one address; more are put off."""

_one = threading.Lock()


class Outcome(msgspec.Struct, frozen=True):
    """What verify found of a cheat."""

    report: Report
    figures: list[tuple[str, str]]
    enough: str
    checked: str
    seconds: float
    command: str
    caught: bool


def demo_folder() -> Path:
    """The folder of the demonstration whose office this is; Http404 in a real installation."""
    guard = installation.office().guard.path
    if not WEB.demo or guard is None:
        raise Http404
    return guard.parent.parent


def _chosen(name: str) -> Cheat:
    demo_folder()
    if name not in CHEATS:
        raise Http404(name)
    return CHEATS[name]


@page
def cheat(request: HttpRequest) -> HttpResponse:
    """The cheats there are."""
    demo_folder()
    grouped = groupby(listed(), key=lambda one: one.principle)
    groups = [(pick(principle.zh, principle.en), list(map(_row, ways))) for principle, ways in grouped]
    return render(request, "pages/cheat.html", {"here": "verify", "groups": groups})


def _row(one: Cheat) -> tuple[str, str, str, str]:
    return one.name, pick(one.zh, one.en), pick(one.caught_zh, one.caught_en), one.code


# It changes nothing: a throwaway copy is made and removed. So no token is asked, and the list stays free of cookies.
@csrf_exempt
@anybody
def run(request: HttpRequest, name: str) -> HttpResponse:
    """Cheat once, and show how it is found out."""
    chosen = _chosen(name)
    if request.method != "POST" or not now(request).inst.in_force:
        return redirect("cheat")
    context: dict[str, object] = {"here": "verify", "name": name, "row": _row(chosen)}
    wait = wait_for(RUNS, address_of(request))
    if wait or not _one.acquire(timeout=8):
        busy = render(request, "pages/cheat_busy.html", context, status=429)
        busy.headers["Retry-After"] = str(wait or RUNS.seconds)
        return busy
    try:
        context["outcome"] = _found_out(chosen, now(request))
    except NoScene as error:
        return render(request, "pages/cheat_busy.html", context | {"no_scene": pick(error.zh, error.en)}, status=404)
    finally:
        _one.release()
    return render(request, "pages/cheated.html", context)


def _request(chosen: Cheat, demo: Path, out: Path, vkey: str) -> Request:
    """What verify is given: the book alone, or also what a member kept."""
    if not chosen.option:
        return Request(vkey)
    given = chosen.given(demo, out)
    kept = ((given.name, given.read_bytes()),)
    return Request(
        vkey,
        checkpoints=kept if chosen.option == "--checkpoint" else (),
        receipts=kept if chosen.option == "--receipt" else (),
        disclosures=kept if chosen.option == "--disclosures" else (),
    )


_SLOT = re.compile(r"(?<=\(anchor )\d+(?=\)$)")


def _dated(at: Now, value: object) -> object:
    """A figure with the day of the anchor it speaks of, where it names that by its slot."""
    days = {anchor.slot: day(day_of(anchor.time)) for anchor in at.inst.anchors}
    return _SLOT.sub(lambda found: days.get(int(found[0]), found[0]), value) if isinstance(value, str) else value


def _found_out(chosen: Cheat, at: Now) -> Outcome:
    demo, begun = demo_folder(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="gongyue-cheat-") as folder:
        out = Path(folder) / "cheated"
        perform(chosen.name, demo, out)
        request, pack = (
            _request(chosen, demo, out, vkeys(at)[0]),
            packs.opened(str(out / chosen.pack)) if chosen.pack else None,
        )
        if pack is not None:
            report, _ = check(pack.book, pack.request(request))
        else:
            report, _ = check(open_place(str(out)), request)
    found = report.failure.figures.items() if report.failure else ()
    figures = [(pick(*figure_name(name)), pick(*figure_words(name, _dated(at, value)))) for name, value in found]
    command = catching(chosen, Path("demo"), Path("demo/cheated"))
    checked = pick("、", ", ").join(pick(*CHECKS[name]) for name in report.did)
    caught = report.failure is not None and report.code == chosen.exit
    enough = report.failure.enough if report.failure else None
    needed = "" if enough is None else pick(*figure_words("enough", _dated(at, enough)))
    return Outcome(report, figures, needed, checked, round(time.monotonic() - begun, 1), command, caught)
