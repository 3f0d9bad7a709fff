"""Makes the two woff2 files of the pages' serif: the characters of the covenant, and those of headings.

    python tools/font_subset.py /usr/share/fonts/opentype/noto

It needs fonttools, which is no dependency of the project, and brotli, and Debian's fonts-noto-cjk. What a page shows
beyond them comes from the reader's own fonts.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src" / "gongyue" / "web"
OUT = WEB / "static" / "gongyue" / "fonts"
SOURCES = {"regular": "NotoSerifCJK-Regular.ttc", "bold": "NotoSerifCJK-Bold.ttc"}
FACE = "Noto Serif CJK SC"
COMMON = "零一二三四五六七八九十百千年月日条章号版第家同意：，。；、（）“”《》〔〕—…·×≥≤"
LATIN = "".join(map(chr, range(0x20, 0x7F)))


def covenant() -> str:
    """The covenant that comes with the software."""
    return (ROOT / "src" / "gongyue" / "covenant" / "texts" / "zgc-big-data.txt").read_text("utf-8")


def headings() -> str:
    """The words that pages show in bold serif: headings, what articles and acts are called, title and chapters."""
    pages = "".join(path.read_text("utf-8") for path in (WEB / "templates").rglob("*.html"))
    parts = re.findall(r"<(h[12]|b)\b[^>]*>(.*?)</\1>", pages, re.DOTALL)
    titles = [line for line in covenant().splitlines() if not re.search("[。；]", line)]
    named = [WEB / "pages" / "headings.toml", ROOT / "src" / "gongyue" / "governance" / "office_names.py"]
    return "".join([*(inner for _, inner in parts), *titles, *(path.read_text("utf-8") for path in named)])


def characters(bold: bool) -> str:
    """What a file has: Chinese characters and punctuation, digits and Latin letters."""
    wanted = {c for c in COMMON + (headings() if bold else covenant()) if c > "\u00ff" and c.isprintable()}
    return "".join(sorted(wanted | set(LATIN)))


def make(source: Path, target: Path, wanted: str) -> None:
    """Write one subset; its name, licence and copyright stay in the file."""
    collection = TTCollection(source)
    font = next(f for f in collection.fonts if f["name"].getDebugName(1).startswith(FACE))
    options = subset.Options(flavor="woff2", layout_features=["kern", "halt", "palt"], hinting=False)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.name_languages = [0x409]
    options.notdef_outline = True
    tool = subset.Subsetter(options)
    tool.populate(text=wanted)
    tool.subset(font)
    subset.save_font(font, str(target), options)


def main() -> None:
    """Write both files and say how large they are."""
    folder = Path(sys.argv[1])
    OUT.mkdir(parents=True, exist_ok=True)
    for name, source in SOURCES.items():
        wanted = characters(name == "bold")
        target = OUT / f"serif-{name}.woff2"
        make(folder / source, target, wanted)
        print(f"{target.relative_to(ROOT)}: {len(wanted)} characters, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
