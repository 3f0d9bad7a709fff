"""Every address of the public site, so that a mirror leaves none out; a test holds it to the routes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse

from gongyue.office.facts.covenant import editions
from gongyue.office.facts.register import roll_of
from gongyue.office.facts.years import years
from gongyue.web.django_settings import WEB
from gongyue.web.installation import Now
from gongyue.web.pages import gazette, guides, log, petitions, register, vote_tally, votes
from gongyue.web.pages.covenant import present

Arguments = Iterator[tuple[int | str, ...]]

ONLY = (
    "home",
    "covenant",
    "editions",
    "annexes",
    "interpretations",
    "register",
    "register_csv",
    "register_json",
    "gazette",
    "join",
    "votes",
    "executive",
    "years_csv",
    "petitions",
    "log",
    "verify",
    "check_receipt",
    "checkpoint",
    "download",
)
"""Routes without arguments."""

LIVE = ("executive_year_as_cited", "compare_form", "compare_checkpoint", "cheat_run")
"""Public routes that need a server: a form's address, a cheat that runs, a checkpoint that somebody cites."""


def _numbers(count: int) -> Arguments:
    return ((n,) for n in range(1, count + 1))


def _further(total: int, per: int) -> Arguments:
    """The pages after the first."""
    return ((n,) for n in range(2, -(-total // per) + 1))


def _comparisons(at: Now) -> Arguments:
    count = len(editions(at))
    return ((a, b) for b in range(2, count + 1) for a in range(1, b))


def _ballot_pages(at: Now) -> Arguments:
    for vote in at.inst.votes.values():
        for (number,) in _further(len(vote_tally.ballots(at, vote)), votes.PER_PAGE):
            yield vote.id, number


MANY: dict[str, Callable[[Now], Arguments]] = {
    "article": lambda at: _numbers(len(present(at).articles)),
    "edition": lambda at: _numbers(len(editions(at))),
    "compare": _comparisons,
    "annex": lambda at: ((id,) for id in sorted(at.inst.annexes)),
    "register_part": lambda at: _further(len(roll_of(at).units), register.PER_PAGE),
    "unit_page": lambda at: ((u.id,) for u in roll_of(at).units),
    "gazette_part": lambda at: _further(len(at.index.of_types(gazette.announced_types(), at.size)), gazette.PER_PAGE),
    "petitions_part": lambda at: _further(len(at.inst.petitions), petitions.PER_PAGE),
    "roll_list": lambda at: _numbers(len(at.inst.lists)),
    "vote": lambda at: ((id,) for id in sorted(at.inst.votes)),
    "vote_part": _ballot_pages,
    "recount": lambda at: ((id,) for id, v in sorted(at.inst.votes.items()) if v.outcome),
    "proposal": lambda at: ((id,) for id in sorted(at.inst.proposals)),
    "log_part": lambda at: _further(at.size, log.PER_PAGE),
    "entry": lambda at: ((n,) for n in range(at.size)),
    "receipt": lambda at: ((n,) for n in range(at.size)),
    "leaf": lambda at: ((n,) for n in range(at.size)),
    "executive_year": lambda at: ((one.year,) for one in years(at)),
    "guide": lambda at: ((name,) for name in guides.names()),
    "cheat": lambda at: iter([()] if WEB.demo else []),
}
"""Routes with arguments, and what these are."""


def addresses(at: Now) -> Iterator[str]:
    """Every public address in the language now active; the raw books are not among them."""
    yield from (reverse(name) for name in ONLY)
    for name, arguments in MANY.items():
        yield from (reverse(name, args=args) for args in arguments(at))
