"""What officers are called to those who sign in: by their names, where accounts have them; public pages know the book alone.

A name is personal data: it stands in no leaf and on no public page, and goes when its account is erased (article 5).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from gongyue.governance.institution import Institution
from gongyue.web import names
from gongyue.web.templatetags.words import pick

OFFICER = "o:"


def called(inst: Institution, party: str) -> str:
    """What a party is called: an officer by name, anybody else as everywhere."""
    return called_each(inst, (party,))[party]


def joined(inst: Institution, parties: Iterable[str]) -> str:
    """Parties in a row, officers by name."""
    return pick("、", ", ").join(called_each(inst, parties).values())


def called_each(inst: Institution, parties: Iterable[str]) -> dict[str, str]:
    """What each of several parties is called."""
    asked = tuple(parties)
    known = _names() if any(one.startswith(OFFICER) for one in asked) else {}
    return {one: known.get(one) or names.party_name(inst, one) for one in asked}


def _names() -> Mapping[str, str]:
    """Officers' names by id; of two who are called the same each with its id, so that nobody is taken for the other."""
    from gongyue.web.accounts.models import Seat  # letters are drawn without Django's tables

    seats = Seat.objects.filter(party__startswith=OFFICER, person__is_active=True).exclude(person__name="")
    known = dict(seats.order_by("begins", "pk").values_list("party", "person__name"))
    often = Counter(known.values())
    return {id: name if often[name] == 1 else f"{name}（{id[2:]}）" for id, name in known.items()}
