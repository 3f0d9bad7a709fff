"""The edition that a finished binding draft makes: what the act that imports a text carries."""

from __future__ import annotations

from gongyue.covenant import addresses
from gongyue.covenant.binding.drafting import Drafting
from gongyue.covenant.binding.naming import this_reader
from gongyue.covenant.binding.records import Fault
from gongyue.covenant.composing import choices_for
from gongyue.covenant.edition import BadEdition, Edition, load, to_data
from gongyue.covenant.executing import beyond


def faults_of(d: Drafting) -> tuple[Fault, ...]:
    """Everything in the way of freezing: what does not hold yet, and what is bound and cannot be carried out."""
    return (*d.faults, *beyond(d.records.bindings))


def edition_of(d: Drafting) -> Edition:
    """The edition as it is bound, which leaves nothing open; BadEdition with the first thing that does not hold."""
    if fault := next(iter(faults_of(d)), None):
        raise BadEdition(fault.zh, fault.en)
    outline, records = d.read.outline, d.records
    known = choices_for(outline)
    made = Edition(
        outline.title,
        outline.digest,
        outline.chapters,
        outline.parts,
        records.bindings,
        d.decisions,
        records.absent,
        this_reader(),
        tuple(b.at for b in addresses.breaks(outline.parts)),
        known.note if known else (),
    )
    return load(to_data(made))
