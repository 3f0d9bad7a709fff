"""What is owed under seal, of whatever matter: for the office's due list, and for whoever checks a dossier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongyue.governance import admission, case_duties, paper_ballots, petition, question, report
from gongyue.governance.acts import Opening
from gongyue.governance.institution import Institution
from gongyue.governance.registry import Duty


def sealed_duties(inst: Institution, sealed: Sequence[Opening]) -> Iterator[Duty]:
    """The duties that these sealed acts show."""
    for matter in (admission, paper_ballots, petition, question, report, case_duties):
        yield from matter.sealed_duties(inst, sealed)
