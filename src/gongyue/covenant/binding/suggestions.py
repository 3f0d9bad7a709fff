"""What is proposed to a person for each capability: the narrowest clause that says it, with its number. Decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from gongyue.covenant.binding import (
    bases,
    listed_words,
    named_objects,
    other_subjects,
    own_matters,
    proposed_span,
    spoken_of,
    stricter,
    unfit_clauses,
    unseen_matters,
)
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import Passage, Reader, places_of
from gongyue.covenant.binding.records import BadBinding, Binding, bind, stated_in, within
from gongyue.covenant.binding.requirements import BASES, PRESENCE, ROLL_OR_BALLOTS, SHARES, STOPS
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

_CLAUSE = re.compile(f"[{STOPS}]")
_JOINT = re.compile("[、]|(?=并经|并须|且|或[者有经]?(?:全体|出席|到会))")
_CHANGE = re.compile("修改|修订|修正|变更|增删|增订")
_MAKING = re.compile("制定|制订|订定|订立")
_LIKEWISE = re.compile("(?:修改|修订|修正|变更|增删|增订)时[，,]?亦同")
FROM_SENTENCE, NOWHERE = 500, 1_000
"""Ranks of a clause whose sentence has a preferred expression, and of one without any."""
MOST_TRIED = 20
"""Clauses of one capability that are tried until one can be bound."""
LONGEST_CUT = 400
"""Characters of a clause that is cut into pieces."""
FORCE, INTERPRETATION = "founding.in_force", "interpretation.authority"
DECIDED_LAST = ("amendment.adoption", "vote.resolution")
"""Of two clauses alike the later decides: the quorum stands before."""
OF_A_MEETING = ("vote.quorum", "vote.resolution")
"""Of the assembly where a text has one: how its council meets and decides is another matter."""
_NO_ASSEMBLY = ("联席会议", "议会")
Key = tuple[bool, bool, bool, int, int, bool, tuple[int, int]]


def proposed(parts: Iterable[Part], seen: Sequence[tuple[Passage, Sentence]], by: Reader) -> dict[str, Binding]:
    """A binding to propose for each capability that has a passage; none where no words of it can be bound alone.

    What cannot be absent and has no passage is sought in every sentence. Where no clause about it states a share, that of another
    capability whose words may govern it (`also`) is proposed: a general resolution's for the adoption of a change.
    """
    by_at, known = {p.at: p for p in parts}, by.catalogue.capabilities
    stated: dict[str, tuple[Number, ...]] = {}
    candidates: dict[str, list[tuple[Key, Part, int, int]]] = {}
    assembled = any(
        w in fold(p.text) for p in by_at.values() for w in by.catalogue.words["assembly"] if w not in _NO_ASSEMBLY
    )
    founding = Counter((s.at, s.begin) for p, s in seen if p.capability.startswith("founding."))
    sought = [(p.capability, s) for p, s in seen]
    wanting = _wanting(by_at.values(), {n for n, _ in sought}, by)
    unseen = unseen_matters.sentences(by_at.values(), {n for n, _ in sought})
    for i, (name, sentence) in enumerate([*sought, *wanting, *_of_the_assembly(by_at.values(), sought, by), *unseen]):
        if _is_of_a_change(name, sentence, by) or other_subjects.is_of_another_matter(name, sentence, by):
            continue
        if name in OF_A_MEETING and assembled and other_subjects.is_of_a_board(sentence):
            continue
        part = by_at[sentence.at]
        if part.at not in stated:
            stated[part.at] = stated_in(part)
        several = candidates.setdefault(name, [])
        around = _around(name, sentence, founding[sentence.at, sentence.begin], by)
        spans = (line for span in _clauses(sentence) for line in unfit_clauses.lines_of(part, *span))
        found: list[tuple[Key, Part, int, int]] = []
        for j, (begin, end) in enumerate(spans):
            inside = within(stated[part.at], begin, end)
            order = (i, -j if name in DECIDED_LAST else j)
            key = (*_key(name, part.text[begin:end], inside, around, by), order)
            found.append((key, part, begin, end))
        spoken = [c for c in found if not c[0][0] or name == unfit_clauses.TERM]
        said = [unfit_clauses.is_unfit(name, part, begin, end) for _, part, begin, end in spoken]
        several += found if not said or not all(said) else []
    made = {name: b for name, several in candidates.items() if (b := _first(name, by, several, stated))}
    _without_empty(made, by_at, by)
    _without_deadline(made)
    for name, entry in known.items():
        lent = next((made[other] for other in entry.also if other in made), None)
        if name in made or lent is None or lent.kind != "share":
            continue
        counted = lent.base in BASES.get(name, ROLL_OR_BALLOTS)
        if counted and not _is_of_the_assembly(lent, by_at[lent.at], by):
            continue
        if name in candidates or (counted and _changes_itself(by_at.values(), by)):
            made[name] = replace(lent, capability=name)
    return {name: made[name] for name in known if name in made}


def _without_empty(found: dict[str, Binding], parts: Mapping[str, Part], by: Reader) -> None:
    """Leave out what would be refused since its sentence has no word of it: of force, of the executive body, of presence."""
    for name in [n for n in bases.SPEAKING if n in found]:
        if not bases.says_something(by, found[name], parts[found[name].at]):
            del found[name]
    presence = found.get(PRESENCE)
    if presence and not spoken_of.says_a_ballot_is_presence(parts[presence.at], presence):
        del found[PRESENCE]


def _without_deadline(found: dict[str, Binding]) -> None:
    """Where the words proposed for force are the deadline of publication (生效后十个工作日内公布), those of effect are proposed."""
    force, within_ = found.get(FORCE), found.get("publication.within")
    if force and within_ and (force.at, force.words, force.nth) == (within_.at, within_.words, within_.nth):
        effect = found.get("founding.effect")
        del found[FORCE]
        if effect is not None and effect.kind == "words":
            found[FORCE] = replace(effect, capability=FORCE)


def _is_of_the_assembly(lent: Binding, part: Part, by: Reader) -> bool:
    """Whether the sentence of a general share names the assembly or all members: one of 理事会议事规则 governs no text."""
    words = (*by.catalogue.words["assembly"], "会员", "社员", "业主", "成员单位")
    place = part.text.find(lent.words)
    sentence = next((s for s in split(part.at, part.text) if s.begin <= place < s.begin + len(s.words)), None)
    return sentence is not None and any(w in sentence.plain for w in words)


def _changes_itself(parts: Iterable[Part], by: Reader) -> bool:
    """Whether the text names its own change somewhere, if only among an assembly's powers (制定和修改章程)."""
    words = "|".join(map(re.escape, by.catalogue.words["text"]))
    itself = re.compile(
        f"(?:{_CHANGE.pattern})[^。；，\n]{{0,4}}(?:本会|本社|协会|本)?(?:{words})|(?:{words})之?(?:的)?(?:{_CHANGE.pattern})"
    )
    return any(itself.search(fold(part.text)) for part in parts)


def _wanting(parts: Iterable[Part], there: Collection[str], by: Reader) -> Iterator[tuple[str, Sentence]]:
    """Sentences with a preferred expression of what cannot be absent, has no alternative and no passage."""
    known = by.catalogue.capabilities
    names = [n for n, c in known.items() if c.absent in ("refused", "unsaid") and not c.alternatives and n not in there]
    if names:
        for part in parts:
            for sentence in split(part.at, part.text):
                yield from ((n, sentence) for n in names if any(e.search(sentence.plain) for _, e in by.preferred[n]))


_RESOLVES = re.compile(
    "(?:其他|其它|其余|一般|普通|各项)(?:的)?(?:事项的?)?(?:决议|决定|事项)[^，。；]{2,40}(?:通过|同意)"
)


def _of_the_assembly(
    parts: Iterable[Part], sought: Sequence[tuple[str, Sentence]], by: Reader
) -> Iterator[tuple[str, Sentence]]:
    """Sentences on other resolutions (其他决议须经到会成员半数以上通过) in a part on the assembly: the reader may have found a council's alone."""
    known = {(s.at, s.begin) for name, s in sought if name == "vote.resolution"}
    for part in parts:
        if any(w in fold(part.text) for w in by.catalogue.words["assembly"]):
            for s in split(part.at, part.text):
                if (s.at, s.begin) not in known and _RESOLVES.search(s.plain):
                    yield "vote.resolution", s


def _is_of_a_change(name: str, sentence: Sentence, by: Reader) -> bool:
    """Whether a passage of the founding speaks of a change alone: the reader's net has it, nobody would bind it.

    A clause of its own that names the text and speaks of no change (本公约自发布之日起生效，…可以修改本公约) is of the founding.
    """
    if not name.startswith("founding."):
        return False
    plain = _LIKEWISE.sub("", sentence.plain)
    if not _CHANGE.search(plain) or (name != "founding.covenant" and _MAKING.search(plain)):
        return False
    own = (c for c in _CLAUSE.split(sentence.plain) if by.opens(name, c) and not _CHANGE.search(c))
    return not any(w in c for c in own for w in by.catalogue.words["self"])


def _around(name: str, sentence: Sentence, founding: int, by: Reader) -> tuple[bool, int, int]:
    """Of the sentence around a clause: whether it is less about the founding, how far it is preferred, how much founding it has."""
    rank = FROM_SENTENCE + min((rank for rank, e in by.preferred[name] if e.search(sentence.plain)), default=NOWHERE)
    if not name.startswith("founding."):
        return name == INTERPRETATION and not _names_text(sentence, by), rank, 0
    named = any(w in sentence.plain for w in by.catalogue.words["self"])
    return not named or bool(_CHANGE.search(sentence.plain + sentence.context)), rank, founding


def _names_text(sentence: Sentence, by: Reader) -> bool:
    """Whether a sentence names a text: another thing is interpreted too (器材的使用说明由器材组解释)."""
    return any(w in sentence.plain for kind in ("self", "text") for w in by.catalogue.words[kind])


def _key(
    name: str, words: str, inside: Sequence[Number], around: tuple[bool, int, int], by: Reader
) -> tuple[bool, bool, bool, int, int, bool]:
    """Smallest is best: it says the capability's word, has its share, is about the founding, is preferred, has other founding beside."""
    needs = by.catalogue.capabilities[name].needs
    elsewhere, rank, beside = around
    plain = other_subjects.blanked(name, fold("".join(words.split())))
    kinds = ("share",) if "share" in needs else ("period", "frequency") if "period" in needs else ()
    lacks = bool(kinds) and not any(n.kind in kinds and not n.delay for n in inside)
    elsewhere = elsewhere or (name in DECIDED_LAST and by.opens("vote.quorum", plain))
    elsewhere = elsewhere or named_objects.is_of_a_meeting(name, plain)
    rank = min((r for r, e in by.preferred[name] if e.search(plain)), default=rank)
    unsaid = rank >= FROM_SENTENCE and not by.opens(name, plain)
    if name == "sanction.decider":
        elsewhere = not other_subjects.names_who_decides(plain, by)
        unsaid = unsaid and elsewhere
    return unsaid, lacks and "share" in kinds, elsewhere, rank, -beside, lacks


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Where the clauses of a sentence begin and end in their part; a line that is only broken ends none."""
    places = places_of(sentence)
    begin = 0
    for stop in [*_CLAUSE.finditer(sentence.close), None]:
        until = stop.start() if stop else len(sentence.close)
        if until > begin:
            yield sentence.begin + places[begin], sentence.begin + places[until - 1] + 1
        begin = stop.end() if stop else until


def _first(
    name: str,
    by: Reader,
    candidates: list[tuple[Key, Part, int, int]],
    stated: Mapping[str, tuple[Number, ...]],
) -> Binding | None:
    """The best clause that can be bound, or the piece of it that states one number alone; of two for one change the stricter."""
    second: Binding | None = None
    several = _bindable(name, by, candidates, stated)
    for made in several:
        if made.kind != "share" or made.base in BASES.get(name, ROLL_OR_BALLOTS):
            if name == stricter.ADOPTION and made.kind == "share":
                made = stricter.of_two(made, several, {part.at: part for _, part, _, _ in candidates})
            return listed_words.listed(made, by)
        second = second or made
    return second


def _bindable(
    name: str,
    by: Reader,
    candidates: list[tuple[Key, Part, int, int]],
    stated: Mapping[str, tuple[Number, ...]],
) -> Iterator[Binding]:
    """What of the clauses can be bound, the best first."""
    for _, part, begin, end in sorted(candidates, key=lambda c: c[0])[:MOST_TRIED]:
        begin, end = proposed_span.span_of(name, part, begin, end, stated[part.at], by)
        pieces = sorted(_pieces(part.text, begin, end), key=lambda p: _piece_key(name, part.text[slice(*p)], by))
        for start, stop in [(begin, end), *pieces]:
            words = part.text[start:stop]
            if other_subjects.decides_nothing(name, fold(words)) or unfit_clauses.is_unfit(name, part, start, stop):
                continue
            if name in DECIDED_LAST and _is_of_the_end(part.text, start, stop, stated[part.at], by):
                continue
            try:
                made = bind(name, part, words, part.text.count(words, 0, start) + 1, stated=stated[part.at])
            except BadBinding:
                continue
            if unfit_clauses.cannot_be_frozen(made, part, stated[part.at]):
                continue
            if name in SHARES and made.kind != "share":
                continue
            if name != "publication.within" or made.kind != "words":
                yield made


def _is_of_the_end(text: str, begin: int, end: int, stated: Sequence[Number], by: Reader) -> bool:
    """Whether the shares of a clause are all of the end of the association."""
    shares = [n for n in within(stated, begin, end) if n.kind == "share"]
    return bool(shares) and all(own_matters.is_of_the_end(text, n, stated, by.catalogue) for n in shares)


def _piece_key(name: str, words: str, by: Reader) -> tuple[bool, bool]:
    """Smallest is best: no second way (或全体会员…书面同意), and it says the capability's word."""
    return words.startswith("或"), not by.opens(name, fold(words))


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The clause cut at 、, 并经 and 且, its last piece first: what is decided stands at the end. None of an endless clause."""
    if end - begin > LONGEST_CUT:
        return
    cuts = [begin, *(begin + m.end() for m in _JOINT.finditer(fold(text[begin:end]))), end]
    for a, b in reversed([(a, b) for a, b in pairwise(cuts) if b > a]):
        if words := text[a:b].rstrip("、"):
            yield a, a + len(words)
