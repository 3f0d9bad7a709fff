"""The edition a binding draft makes: what was bound, decided and declared absent, on the text as it was read."""

from __future__ import annotations

from gongyue.covenant import addresses
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.reader_name import this_reader
from gongyue.covenant.binding.records import Fault
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.edition_builder import choices_for, in_doubt, not_said
from gongyue.covenant.edition_json import draft, to_data
from gongyue.covenant.unsupported_clauses import beyond


def faults_of(d: Drafting) -> tuple[Fault, ...]:
    """Everything in the way of freezing: what does not hold yet, and what is bound and cannot be carried out."""
    return (*d.faults, *beyond(d.records.bindings))


def edition_of(d: Drafting) -> Edition:
    """The edition of a draft; it may leave something `open`, and can be frozen only where it leaves nothing.

    The breaks in the numbering are those a person resolved; the notes are those that come with the text. Raises BadEdition where
    a line is in doubt still, a person said that it is not so, or something said does not hold.
    """
    read, records = d.read.outline, d.records
    for doubt in d.doubts:
        raise not_said(doubt) if doubt in read.assumed else in_doubt(doubt, read.parts)
    if d.unused and not d.open_capabilities:
        raise next(BadEdition(f.zh, f.en) for f in d.faults if f.why == "doubt")
    for denial in (*d.denials, *d.not_as_said):
        raise BadEdition(denial.zh, denial.en)
    if (fault := d.outline_fault) and (fault.why == "outline" or not d.open_capabilities):
        raise BadEdition(fault.zh, fault.en)
    known = choices_for(read)
    made = Edition(
        title=read.title, original=read.digest, chapters=read.chapters, parts=read.parts, bindings=records.bindings,
        decisions=d.decisions, absent=records.absent, reader=this_reader(),
        numbering=tuple(b.at for b in addresses.breaks(read.parts)),
        notes=known.note if known else (),
    )  # fmt: skip
    return draft(to_data(made))
