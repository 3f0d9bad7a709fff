"""The answer to the outline as a whole: it is so, or it is not; kept by the digest of exactly what was shown."""

from __future__ import annotations

from msgspec.structs import replace

from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.records import BadBinding


def confirm(d: Drafting, so: bool) -> Drafting:
    """Say whether the outline is as it is shown; BadBinding while a line is in doubt on which it depends.

    As with lines in doubt, it is no step that is taken back: another answer takes its place, and it is asked again of another outline.
    """
    if d.structure_open:
        raise BadBinding(
            "编号、结构还有存疑的行：先答完那些，再确认全文的结构",
            "lines of the numbering or the structure are still in doubt: answer those first, then confirm the outline",
        )
    return Drafting(d.read, replace(d.draft, outline=(AS_READ if so else NOT_SO) + d.read.shown_digest))
