"""GY-17-11: nothing of a report's papers reaches whom it accuses before its reporter saw that version and let it pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongyue.covenant.periods import DAY, day_of, iso
from gongyue.governance.preview import may_be_shown
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file
from support.alliance import CASEWORKER, FIRST, SECRETARY, Alliance
from support.cases import ACCUSED, REPORT, case_body, linked, staffed
from support.documents import document, filed
from support.dossiers import assigned, done, folded, id_of, noted

FACTS = document("我院受委托做用户调查时，受访者中有 25 人出示了短信。")
COVERED = document("受访者中有 25 人出示了短信。")
LESS = document("有用户出示了短信。")


class Story:
    """A report with its papers, and a case that comes from it."""

    def __init__(self, folder: Path, *others: str) -> None:
        self.world, self.folder = staffed(), folder
        self.report, *more = (self.files(unit) for unit in (FIRST, *others))
        self.case = self.opens(self.report, *more)

    def files(self, unit: str) -> str:
        """A unit reports, with the same paper."""
        mine = again(FACTS)
        act = self.world.stage.signed("report.file/1", unit, REPORT | {"facts": mine.commitment}, [unit])
        dossier = id_of(file(self.world.stage.office, self.folder, act, [mine]))
        assigned(self.world, dossier)
        return dossier

    def opens(self, *reports: str) -> str:
        """A case from these reports, told of; unasked from none."""
        link, line = linked(self.world, *((one, 1) for one in reports))
        signers = [CASEWORKER, SECRETARY]
        body = case_body(link=link, accused=ACCUSED if reports else "u:0003")
        case = id_of(self.world.stage.do("case.open/1", "exec", body, signers, [line]))
        self.serves(document(f"告知书 {len(reports)}"), case, "notice")
        return case

    def serves(self, one: PrivateContent, dossier: str = "", what: str = "evidence") -> Story:
        """The caseworker serves a document, in the case unless said otherwise, under a salt of its own."""
        fresh = again(one)
        body = {"what": what, "docs": [fresh.commitment]}
        filed(self.world, self.folder, "dossier.serve/1", dossier or self.case, body, [fresh], CASEWORKER)
        return self

    def previews(self, one: PrivateContent) -> Story:
        """The reporter is served the version to be shown."""
        return self.serves(one, self.report, "preview")

    def receives(self) -> Story:
        """The reporter acknowledges it."""
        service = folded(self.world, self.report).services[-1]
        body = {"docs": list(service.docs)}
        done(self.world, "dossier.receive/1", self.report, body, FIRST, actor=FIRST, to=service.digest)
        return self

    def says(self, asks: str | None = None, **other: Any) -> Story:
        """The reporter says something of it."""
        noted(self.world, self.report, FIRST, asks=asks, **other)
        return self

    def passes(self, days: int) -> Story:
        """Days pass."""
        self.world.stage.now += days * DAY
        return self


def again(one: PrivateContent) -> PrivateContent:
    """The same content under another salt, as a document gets one that moves to another dossier."""
    from gongyue.sealing.commitment import commit

    again.count += 1  # type: ignore[attr-defined]
    salt = again.count.to_bytes(32, "big")  # type: ignore[attr-defined]
    return PrivateContent(commit(salt, one.content), salt, one.content, one.name)


again.count = 0  # type: ignore[attr-defined]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path)


def test_papers_of_a_report_are_not_served_unseen(story: Story) -> None:
    """Neither as they came nor as a version that is only on its way; what came from elsewhere is served at once."""
    with story.world.refused("GY-17-11", enough="检举单位看过", name="文书.txt"):
        story.serves(FACTS)
    story.previews(COVERED)
    with story.world.refused("GY-17-11", enough="检举单位看过"):
        story.serves(COVERED)
    story.serves(document("从别处查到的发送记录"))


@pytest.mark.parametrize(("days", "shown"), [(2, False), (3, False), (4, True)])
def test_three_days_of_silence_permit(story: Story, days: int, shown: bool) -> None:
    """Counted from the receipt: on the third day not yet, on the fourth; and the original never."""
    since = day_of(story.world.stage.now)
    story.previews(COVERED).receives().passes(days)
    if shown:
        story.serves(COVERED)
    else:
        with story.world.refused("GY-17-11", enough=iso(since + 4)):
            story.serves(COVERED)
    with story.world.refused("GY-17-11", enough="检举单位看过"):
        story.serves(FACTS)


def test_the_reporter_permits_at_once(story: Story) -> None:
    """By its own word, the same day."""
    story.previews(COVERED).receives().says("showing").serves(COVERED)


def test_an_objection_stands_until_another_version_is_seen(story: Story) -> None:
    """Silence afterwards permits nothing of it; the next version is permitted by itself, and takes nothing back."""
    story.previews(COVERED).receives().says("redaction").passes(30)
    with story.world.refused("GY-17-11", enough="检举单位看过"):
        story.serves(COVERED)
    story.previews(LESS).receives().says("showing").serves(LESS)
    with story.world.refused("GY-17-11"):
        story.serves(COVERED)


def test_what_was_withdrawn_is_not_shown(story: Story) -> None:
    """Also where it had been permitted: the reporter can take its papers back until they are served."""
    story.previews(COVERED).receives().says("showing").says(withdrawn=True)
    with story.world.refused("GY-17-11", enough="检举单位看过"):
        story.serves(COVERED)


def test_every_reporter_is_asked(tmp_path: Path) -> None:
    """Two reports with the same paper: each sees it first. A case that comes from neither knows nothing of them."""
    story = Story(tmp_path, "u:0003")
    story.previews(FACTS).receives().says("showing")
    with story.world.refused("GY-17-11"):
        story.serves(FACTS)
    story.serves(FACTS, story.opens())


def test_only_a_version_that_was_received_is_answered(story: Story) -> None:
    """Neither before anything was served nor before its receipt; in a case and of an own breach there is nothing to preview."""
    for _ in range(2):
        with story.world.out_of_turn("not-previewed"):
            story.says("redaction")
        story.previews(COVERED)
    with story.world.out_of_turn("malformed", why="what"):
        story.serves(COVERED, story.case, "preview")
    own = REPORT | {"kind": "own", "accused": None, "facts": (mine := again(FACTS)).commitment}
    act = story.world.stage.signed("report.file/1", FIRST, own, [FIRST])
    dossier = id_of(file(story.world.stage.office, story.folder, act, [mine]))
    assigned(story.world, dossier)
    with story.world.out_of_turn("malformed", why="what"):
        story.serves(COVERED, dossier, "preview")


def test_the_accused_learns_nothing_of_it(story: Story) -> None:
    """What stands in its case is the same, with a report behind it and without: no preview, no link it could open."""
    story.previews(COVERED).receives().says("showing").serves(COVERED)
    types = [line.type for line in folded(story.world, story.case).entries]
    assert types == ["case.open/1", "dossier.serve/1", "dossier.serve/1"]
    report = folded(story.world, story.report)
    assert may_be_shown(report, day_of(story.world.stage.now)) and not may_be_shown(folded(story.world, story.case), 0)
    assert isinstance(story.world, Alliance)


def test_a_version_that_the_reporter_made_itself_may_be_shown_at_once_until_it_takes_it_back(tmp_path: Path) -> None:
    """Filed with the report it was seen; no other paper of it was; taken back: GY-17-11. Of nobody accused there is none to show."""
    world = staffed()
    facts, shown = again(FACTS), again(COVERED)
    body = REPORT | {"facts": facts.commitment, "shown": [shown.commitment]}
    act = world.stage.signed("report.file/1", FIRST, body, [FIRST])
    report = id_of(file(world.stage.office, tmp_path, act, [facts, shown]))
    assigned(world, report)
    link, line = linked(world, (report, 1))
    case = id_of(world.stage.do("case.open/1", "exec", case_body(link=link), [CASEWORKER, SECRETARY], [line]))
    notice = document("告知书")
    filed(
        world, tmp_path, "dossier.serve/1", case, {"what": "notice", "docs": [notice.commitment]}, [notice], CASEWORKER
    )

    def serves(one: PrivateContent) -> None:
        fresh = again(one)
        said = {"what": "evidence", "docs": [fresh.commitment]}
        filed(world, tmp_path, "dossier.serve/1", case, said, [fresh], CASEWORKER)

    assert may_be_shown(folded(world, report), day_of(world.stage.now)) == {shown.commitment}
    serves(COVERED)
    with world.refused("GY-17-11"):
        serves(FACTS)
    noted(world, report, FIRST, asks="redaction")
    assert not may_be_shown(folded(world, report), day_of(world.stage.now))
    with world.refused("GY-17-11"):
        serves(COVERED)
    with world.out_of_turn("malformed", why="shown"):
        world.unit("report.file/1", FIRST, {**REPORT, "kind": "own", "accused": None, "shown": [shown.commitment]})
