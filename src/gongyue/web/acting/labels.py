"""What the fields of acts are called on forms, and a hint where one helps: Chinese and English, for every field.

The labels themselves stand in `gongyue.office.labels`, for every face; here they speak the language of the answer.
"""

from __future__ import annotations

from gongyue.governance.acts import Kind
from gongyue.office import labels
from gongyue.office.labels import VALUES
from gongyue.web.templatetags.words import pick

__all__ = ["DO", "FIELDS", "PAPER", "VALUES", "Label", "half", "label", "label_of"]


def half(text: str) -> str:
    """The half of "现有文本 the present text" that is in the language of this answer."""
    chinese = " ".join(w for w in text.split(" ") if not w.isascii())
    english = " ".join(w for w in text.split(" ") if w.isascii())
    return pick(chinese or english, english or chinese)


class Label(labels.Label):
    """A field's name, and what helps to fill it in."""

    @property
    def text(self) -> str:
        """The name in the language of this answer."""
        return pick(self.zh, self.en)

    @property
    def hint(self) -> str:
        """The hint in the language of this answer."""
        return pick(self.hint_zh, self.hint_en)


DO = {
    "book.genesis/1": "Found the book",
    "book.anchor/1": "Anchor the sealed book",
    "book.rotate/1": "Change a book's key",
    "clock.confirm/1": "Confirm the time",
    "clock.recover/1": "Return from a false time",
    "key.register/1": "Register a key",
    "key.add/1": "Add a key",
    "key.rotate/1": "Replace a key",
    "key.revoke/1": "Revoke a key",
    "key.retire/1": "Retire an officer's key",
    "key.recover/1": "Recover after a lost key",
    "key.notify/1": "Record that somebody was told of an act recorded from paper",
    "key.receive/1": "Confirm that you were told of an act recorded from paper",
    "key.disavow/1": "Disavow an act recorded from paper",
    "office.appoint/1": "Appoint to office",
    "office.end/1": "End an office",
    "founding.import/1": "Import a text",
    "founding.designate/1": "Designate the authority",
    "founding.freeze/1": "Freeze the text for signing",
    "founding.reopen/1": "Reopen the text",
    "founding.sign/1": "Sign the covenant",
    "founding.step_out/1": "Step out as an initiator",
    "founding.submit/1": "Submit for approval",
    "founding.approval/1": "Give the authority's answer",
    "founding.publish/1": "Publish the covenant",
    "interpretation.adopt/1": "Adopt interpretations and procedure rules",
    "interpretation.issue/1": "Issue an interpretation",
    "interpretation.withdraw/1": "Withdraw an interpretation",
    "interpretation.ask/1": "Ask for an interpretation",
    "membership.invite/1": "Invite to join",
    "membership.enrol/1": "Join in the first batch",
    "membership.apply/1": "Apply to join",
    "membership.grant/1": "Admit an applicant",
    "membership.refuse/1": "Refuse an applicant",
    "membership.withdraw/1": "Withdraw from the covenant",
    "membership.end/1": "End a membership",
    "membership.declare/1": "Declare activities",
    "publication.list/1": "Publish a list of joins and leaves",
    "amendment.initiate/1": "Initiate an amendment",
    "amendment.support/1": "Support an amendment",
    "amendment.file/1": "File an amendment",
    "amendment.report/1": "File an adopted amendment with the authority",
    "amendment.approval/1": "Give the authority's approval of an amendment",
    "amendment.publish/1": "Publish an amendment",
    "vote.open/1": "Open a vote",
    "vote.ballot/1": "Vote",
    "vote.disavow/1": "Disavow a ballot on paper",
    "vote.notify/1": "Record that a unit was told of its paper ballot",
    "vote.receive/1": "Confirm that you were told of a paper ballot",
    "vote.turnout/1": "State the turnout",
    "vote.close/1": "Close a vote",
    "annex.review/1": "Record a lawyer's review of an annex",
    "annex.initiate/1": "Initiate an annex",
    "annex.publish/1": "Publish an annex",
    "annex.sign/1": "Sign an annex",
    "annex.leave/1": "Leave an annex",
    "law.order/1": "Record an order of law",
    "law.lift/1": "Record that an order was lifted",
    "law.pack/1": "Log a law pack",
    "law.calendar/1": "Log the holiday calendar",
    "correction.correct/1": "Correct a slip",
    "correction.void/1": "Void an act",
}
"""Doing an act, in English; the Chinese is in `governance.naming`."""

PAPER = {path: Label(*said) for path, said in labels.PAPER.items()}
"""The fields of the paper an act is recorded from."""
FIELDS = {path: Label(*said) for path, said in labels.FIELDS.items()}
"""Path, or (type, path) → label."""


def label(type: str, path: str) -> Label:
    """The label of a field of an act type; what stands in a map is called by its own name. KeyError where it has none."""
    return Label(*labels.label(type, path))


def label_of(kind: Kind, path: str) -> Label:
    """The label of a field; KeyError where it has none."""
    return label(kind.type, path)
