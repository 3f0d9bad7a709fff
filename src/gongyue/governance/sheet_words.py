"""The words sheets may use: what holds of an act, where it is begun, how its fields are picked, shown and said, who is told.

Each is a way with a name, which the faces know how to go; no act type is named here or there.
"""

from __future__ import annotations

from enum import StrEnum


class Mark(StrEnum):
    """What holds of an act type or does not: each list is whole, and an empty one says that nothing of it holds.

    `announced`: in the gazette, on the first page, in the feed; `irreversible`: a person is asked before it is recorded;
    `routine`: done by the office key at
    fixed times, and counted rather than listed; `timed`: the executive body has a last day for it; `authority`: what the
    authority did, or was told.
    """

    ANNOUNCED = "announced"
    IRREVERSIBLE = "irreversible"
    ROUTINE = "routine"
    TIMED = "timed"
    AUTHORITY = "authority"


class Audience(StrEnum):
    """Who sees an act: everybody in the open book; sealed, those it is from or for and the office, or all once its vote closes."""

    EVERYBODY = "everybody"
    CLOSE = "close"
    PARTIES = "parties"


class FromPaper(StrEnum):
    """Whether whose act it is may give it on paper, for officers to record: `mostly` it comes so, and paper is asked for at once.

    `beside`: an officers' own act, which mostly has a paper beside it, such as a court's order.
    """

    NO = "no"
    MAY = "may"
    MOSTLY = "mostly"
    BESIDE = "beside"


class Default(StrEnum):
    """What a field is where it is not given: what the institution says already, or what nearly everybody means."""

    PRESENT_TEXT = "present_text"
    PROPOSED_TEXT = "proposed_text"
    ANNEX_TEXT = "annex_text"
    LAST_ARRIVAL = "last_arrival"
    PACKAGE = "package"
    NEXT_NUMBER = "next_number"
    ED25519 = "ed25519"
    TODAY = "today"
    SOON = "soon"
    DRAWN = "drawn"


class Made(StrEnum):
    """The object that is made for a field of a file in another form."""

    ANNEX = "annex"
    REVIEWED_ANNEX = "reviewed_annex"
    ROLL = "roll"
    EDITION = "edition"
    CALENDAR = "calendar"
    INTERESTS = "interests"


class Intro(StrEnum):
    """What stands above a form: the text the act is about, what follows from it, what to know; or nothing."""

    NOTHING = ""
    ANNEX = "annex"
    ANNEX_TEXT = "annex_text"
    APPLICATION = "application"
    APPROVAL = "approval"
    AUTHORITIES = "authorities"
    BALLOT = "ballot"
    CHANGE = "change"
    CONSENT = "consent"
    ENDING = "ending"
    FROZEN = "frozen"
    IMPORTED = "imported"
    LAST_KEY = "last_key"
    PETITION = "petition"
    RECOVERY = "recovery"
    RENAMING = "renaming"
    REPLACED_KEY = "replaced_key"
    REPORT = "report"
    SIGNING = "signing"
    SUPPORT = "support"
    WITHDRAWAL = "withdrawal"
    WORDS = "words"


class ActPage(StrEnum):
    """On which page an act is begun: among the acts of that page, or `placed`: where its page offers it by conditions."""

    PLACED = "placed"
    FOUNDING = "founding"
    MEMBERS = "members"
    VOTES = "votes"
    AMENDMENTS = "amendments"
    ANNEXES = "annexes"
    INTERPRETATIONS = "interpretations"
    OFFICES = "offices"
    LAW = "law"
    CORRECTIONS = "corrections"


class Pick(StrEnum):
    """What the institution has of each thing a field may name, where the field's own name does not say it."""

    OWN_KEYS = "own_keys"
    OFFICE_KEYS = "office_keys"
    WAITING_KEYS = "waiting_keys"
    UNCOMPARED_KEYS = "uncompared_keys"
    DISAVOWABLE = "disavowable"
    UNTOLD = "untold"
    UNCONFIRMED = "unconfirmed"
    PAPER_BALLOTS = "paper_ballots"
    APPLICANTS = "applicants"
    CONCLUSIONS = "conclusions"
    ENDING = "ending"
    FORBIDDEN = "forbidden"
    ORDERS = "orders"
    SETTABLE = "settable"
    CHOOSABLE = "choosable"
    INTERPRETATIONS = "interpretations"


class TimelineForm(StrEnum):
    """How a field is shown in a timeline: as a link to its page where it has one, in words, or as it stands."""

    TEXT = "text"
    NUMBER = "number"
    VALUE = "value"
    STAGE = "stage"
    DAY = "day"
    MOMENT = "moment"
    PARTY = "party"
    MATTER = "matter"
    ENTRY = "entry"
    NAME = "name"
    HEADLINE = "headline"
    ARTICLE = "article"
    LIST = "list"
    INTERPRETATION = "interpretation"
    SETS = "sets"
    ORDER = "order"
    OFFICER = "officer"
    OFFICES = "offices"
    ACTIVITIES = "activities"
    SIGNED = "signed"
    ADMITTED = "admitted"
    ROLL = "roll"
    FALSE_TIME = "false_time"
    TRUE_TIME = "true_time"
    FORMER = "former"
    VOID = "void"
    MOVED = "moved"


class NoticeForm(StrEnum):
    """How a field is said in a notice, to the unit that is told."""

    NUMBER = "number"
    NAME = "name"
    HEADLINE = "headline"
    TITLE = "title"
    SETS = "sets"
    PASSED = "passed"
    SUPPORT = "support"
    SUPERSEDED = "superseded"
    REPLACED = "replaced"


class Whom(StrEnum):
    """Who is told: members since they joined, a vote's roll, the initiators, whose paper it was, whom an order names."""

    MEMBERS = "members"
    ROLL = "roll"
    INITIATORS = "initiators"
    HOLDER = "holder"
    PARTY = "party"


class Leads(StrEnum):
    """The page a notice leads to; `superseded`: that of the unit's own proposal where there is one."""

    ACT = "act"
    ANNEXES = "annexes"
    ENTRY = "entry"
    FOUNDING = "founding"
    INTERPRETATIONS = "interpretations"
    LIST = "list"
    PROPOSAL = "proposal"
    SUPERSEDED = "superseded"
    VOTE = "vote"


class Until(StrEnum):
    """The last moment a notice names: none, or when collecting, voting, disavowing ends."""

    NEVER = ""
    LAPSE = "lapse"
    CLOSE = "close"
    DISAVOWAL = "disavowal"
