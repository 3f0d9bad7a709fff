"""The script: acts done on the stage, told as they happen, with what members keep along the way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from gongyue.book.receipts import Receipt
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of, from_iso, iso
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.covenant.values import BASIS
from gongyue.demo.narration import DONE, OFF, REFUSED, Chapter, StoryStep, arithmetic
from gongyue.demo.simulated_office import SimulatedOffice
from gongyue.demo.story.office_acts import office_act_text
from gongyue.demo.world import World, world
from gongyue.governance.acts import act_type_of
from gongyue.governance.institution import Institution
from gongyue.office.notices import mark_sent, notice_at
from gongyue.office.openings import OpenedEntry, bulletins
from gongyue.office.routine_acts import tick
from gongyue.sealing.link import Target

Tell = Callable[[StoryStep | Chapter], None]
Course = Iterator[str]
"""What goes on beside the story: the times of its steps, each taken before the next time is told."""


class Aside(NamedTuple):
    """What goes on beside the story: when its next step is, in which order it was begun, its name, and its course."""

    time: str
    number: int
    name: tuple[str, str]
    course: Course


SECRETARY, CLERK, PUBLISHER, PANELLIST, SECOND_PANELLIST = "o:qin", "o:bai", "o:lu", "o:mo", "o:ge"
TWO, PUBLISHING, PANEL = (SECRETARY, CLERK), (PUBLISHER, SECRETARY), (SECRETARY, PANELLIST)
ORIGINS = ("http://localhost:8000",)
"""Where the demonstration's pages are reached unless it is served elsewhere."""


class Script:
    """A story in progress: the stage, the world, who listens, and the folder where members keep what they got.

    `origins`: where the pages are reached, so that passkeys made there may sign; `other`: procedure rules and readings
    adopted otherwise than proposed.
    """

    def __init__(
        self,
        stage: SimulatedOffice,
        tell: Tell,
        kept: Path | None,
        origins: Sequence[str] = ORIGINS,
        other: Mapping[str, int | str] | None = None,
    ) -> None:
        self.stage, self.kept, self.origins, self.other = stage, kept, tuple(origins), dict(other or {})
        self._spans: list[tuple[int, int, int]] = []
        self._asides: list[Aside] = []
        self.world: World = world()
        self.key_of: dict[str, str] = {}
        self.waiting: Receipt | None = None
        self.decided: Target | None = None
        self._tell, self._steps = tell, 0

    @property
    def inst(self) -> Institution:
        """The institution now."""
        return self.stage.inst

    def at(self, text: str) -> Script:
        """Set the clock to a time of the story, "YYYY-MM-DD HH:MM", moved as its periods last longer or shorter here.

        What goes on beside it comes first, as far as its time has come.
        """
        while self._asides and min(self._asides)[0] <= text:
            aside = min(self._asides)
            self._asides.remove(aside)
            self._go_on(aside)
        return self._set(text)

    def _set(self, text: str) -> Script:
        day, _, hour = text.partition(" ")
        self.stage.at(f"{self.moved(day)} {hour}")
        return self

    def beside(self, zh: str, en: str, course: Course) -> None:
        """Something goes on beside what is told: it yields the time of its next step, "YYYY-MM-DD HH:MM", and takes it."""
        self._asides.append(Aside(next(course), len(self._asides), (zh, en), course))

    def _go_on(self, aside: Aside) -> None:
        """The next step of what goes on beside; a refusal ends that, and nothing else."""
        self._set(aside.time)
        zh, en = aside.name
        try:
            self._asides.append(aside._replace(time=next(aside.course)))
        except StopIteration:
            return
        except (Refused, OutOfTurn) as error:
            refusal = error.refusal
            zh, en = (
                f"“{zh}”到此为止：{refusal['code']} {refusal['zh']}",
                f"{en} ends here: {refusal['code']} {refusal['en']}",
            )
            self.remark(zh, en, arithmetic(refusal))

    def takes(self, begins: str, ends: str, last: int) -> None:
        """What lasts from `begins` to `ends` in the story lasts until the day `last` here: what is within it is spread."""
        told = from_iso(begins), from_iso(ends)
        self._spans.append((*told, last - from_iso(self.moved(begins))))

    def moved(self, day: str) -> str:
        """The day that a day of the story is here; the same where every period is as long as in the story."""
        told = from_iso(day)
        moved = told
        for begins, ends, length in self._spans:
            passed = min(max(told - begins, 0), ends - begins)
            moved += passed * length // (ends - begins) - passed
        return iso(moved)

    @property
    def today(self) -> int:
        """The stage's Beijing day."""
        return day_of(self.stage.now)

    def unit(self, slug: str) -> str:
        """The id of a unit of the world."""
        return self.world.named(slug).id

    def member(self, slug: str) -> str:
        """That unit where it is a member, otherwise the first member there is."""
        unit = self.unit(slug)
        return unit if unit in self.inst.members else min(self.inst.members, default=unit)

    # -- telling

    def chapter(self, zh: str, en: str) -> None:
        """A heading."""
        self._tell(Chapter(zh, en))

    def remark(self, zh: str, en: str, figures: str = "") -> None:
        """Something that is no act."""
        self._step(OFF, "", zh, en, figures=figures)

    def _step(self, mark: str, who: str, zh: str, en: str, **more: Any) -> None:
        self._steps += 1
        zh_name, en_name = self.world.called(who) if who else ("", "")
        day = iso(self.today)
        self._tell(StoryStep(self._steps, day, mark, who, zh_name, en_name, zh, en, **more))

    def _at(self, type: str) -> str:
        """The address of the article an act rests on; empty where there is no text yet, or no such clause in it."""
        return self.inst.basis_of(act_type_of(type)).removeprefix(BASIS)

    # -- acting

    def _signers(self, actor: str, signers: Sequence[str]) -> Sequence[str]:
        return signers or ([self.key_of.get(actor, actor)] if actor != EXECUTIVE else TWO)

    def do(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        zh: str,
        en: str,
        *,
        signers: Sequence[str] = (),
        files: Iterable[bytes] = (),
        paper: Mapping[str, str] | None = None,
        figures: str | Callable[[Institution], str] = "",
        dossier: str = "",
        to: str | None = None,
    ) -> Receipt:
        """Do an act and tell it; `figures` may be taken from the institution after it. Raises what the office raises.

        `dossier`: in which it is done; `to`: what it answers there, where that is not the last that it can.
        """
        at = self._at(type)
        receipt = self.stage.do(type, actor, body, self._signers(actor, signers), files, paper, dossier, to)
        if paper is not None:
            self._notify(receipt)
        shown = figures if isinstance(figures, str) else figures(self.inst)
        self._step(DONE, actor, zh, en, type=type, at=at, figures=shown, book=receipt.book, index=receipt.index)
        return receipt

    def _notify(self, receipt: Receipt) -> None:
        """The office sends the unit word of what it recorded from its paper, the same day, and records that it did.

        Of a unit's key it is not told in the story: there are as many as units.
        """
        notice = notice_at(self.inst, self.stage.office.store, receipt)
        if notice is None or notice.own:
            return
        mark_sent(self.stage.office.store, [notice.id], iso(self.today))
        if receipt.index is None or receipt.index not in self.inst.papers:
            return
        body = {"entry": receipt.index, "way": "letter", "day": iso(self.today)}
        if notice.type == "key.register/1":
            self.stage.do("key.notify/1", EXECUTIVE, body, TWO)
            return
        zh, en = "记录已函告其人：否认期由此起算", "records that it was told: its time to disavow runs from now"
        self.do("key.notify/1", EXECUTIVE, body, zh, en, signers=TWO, figures=f"#{receipt.index}")

    def refused(
        self,
        type: str,
        actor: str,
        body: Mapping[str, Any],
        zh: str,
        en: str,
        *,
        signers: Sequence[str] = (),
        files: Iterable[bytes] = (),
        paper: Mapping[str, str] | None = None,
    ) -> None:
        """Try an act that is refused and tell with which figures; nothing is recorded.

        Where this covenant has no clause against it, say so and leave it.
        """
        at = self._at(type)
        try:
            act = self.stage.signed(type, actor, body, self._signers(actor, signers), files, paper)
            self.stage.office.dry_run(act)
        except (Refused, OutOfTurn) as error:
            at = str(error.refusal.get("at", at))
            self._step(REFUSED, actor, zh, en, type=type, at=at, refusal=error.refusal)
            return
        self._step(OFF, actor, f"{zh}：本公约没有相应条款，不作演示", f"{en}: this covenant has no clause against it")

    def system(self, receipts: Iterable[Receipt]) -> None:
        """Tell what the office key did when its time had come."""
        for receipt in receipts:
            assert receipt.index is not None
            type = self.stage.entry(receipt.index).act.type
            zh, en, figures = office_act_text(self.inst, type, receipt.index)
            at = self._at(type)
            self._step(DONE, "sys", zh, en, type=type, at=at, figures=figures, book="open", index=receipt.index)

    def tick(self) -> None:
        """Let the office do whatever is due now."""
        self.system(tick(self.stage.office))

    # -- what members keep

    def keep_checkpoint(self, by: str) -> None:
        """A member keeps the checkpoint it sees today."""
        name = f"{iso(self.today)}-{by}.checkpoint"
        self._keep("checkpoints", name, self.stage.checkpoint())

    def keep_receipt(self, by: str, what: str, receipt: Receipt) -> None:
        """A member keeps its receipt; of a sealed act also what opens it."""
        suffix = "promise" if receipt.opening else "tlog-proof"
        self._keep("receipts", f"{by}-{what}.{suffix}", receipt.proof)
        if receipt.opening:
            self._keep("receipts", f"{by}-{what}.disclosure", receipt.opening)

    def to_members(self) -> list[OpenedEntry]:
        """What all members were told, by place."""
        return bulletins(self.stage.office.store)

    def _keep(self, folder: str, name: str, data: bytes) -> None:
        if self.kept is not None:
            path = self.kept / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def has(self, *clauses: str) -> bool:
        """Whether the covenant's text has all these clauses and terms."""
        edition = self.inst.meaning.edition or self.inst.founding.draft
        return edition is not None and all(edition.clause(name) is not None for name in clauses)
