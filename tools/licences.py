"""Fails if anything installed in this environment has a licence that does not go with Apache-2.0.

    python tools/licences.py

What pyproject.toml depends on at run time is in docs/decisions/0001-dependencies.md with its reason; this looks at
everything that came with it, tools included.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, distributions

ALLOWED = {
    "Apache-2.0": r"apache(?: software)?(?: license)?[, ]*(?:version )?-?2\.0|apache software license|apache 2\.0",
    "BSD": r"0?bsd(?:-[23]-clause| [23]-clause license| license)?",
    "ISC": r"isc(?: license)?",
    "MIT": r"mit(?:-0| license)?",
    "MPL-2.0": r"mpl-2\.0|mozilla public license 2\.0 \(mpl 2\.0\)",  # file by file; we change none of its files
    "PSF-2.0": r"psf-2\.0|python software foundation license",
    "Zlib": r"zlib(?:/libpng)?(?: license)?",
}

KNOWN = {
    # Its metadata names no licence; the LICENSE file it comes with has zlib's words.
    "pysqlite3": "Zlib",
    # So with what Debian's Python puts into a new environment; its LICENSE is MIT's.
    "setuptools": "MIT",
    # LGPL: an optional driver, imported as it comes and replaceable by its user; nothing of it is copied.
    "psycopg": "LGPL-3.0-only, optional and unmodified",
    "psycopg-binary": "LGPL-3.0-only, optional and unmodified",
    "psycopg-pool": "LGPL-3.0-only, optional and unmodified",
    # Several licences for parts of one wheel, each of them permissive.
    "llvmlite": "BSD-2-Clause, with LLVM under Apache-2.0 with its exception",
    "numpy": "BSD-3-Clause, with parts under 0BSD, MIT, Zlib and CC0-1.0",
    # Its classifier says "proprietary" for a trademark notice; the licence is BSD.
    "qrcode": "BSD-3-Clause",
    "protobuf": "BSD-3-Clause",
}


def stated(distribution: Distribution) -> list[str]:
    """The licences a distribution's metadata states: its expression, else its classifiers, else its licence field."""
    metadata = distribution.metadata
    if "License-Expression" in metadata:
        expression = metadata["License-Expression"]
        return [part for part in re.split(r"\s+(?:AND|OR|WITH)\s+|[()]", expression) if part.strip()]
    classified = [c.rpartition(" :: ")[2] for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    first_line = metadata["License"].partition("\n")[0].strip() if "License" in metadata else ""
    return classified or ([first_line] if first_line else [])


def allowed(licence: str) -> bool:
    """Whether a licence goes with Apache-2.0."""
    return any(re.fullmatch(pattern, licence.strip(), re.IGNORECASE) for pattern in ALLOWED.values())


def main() -> int:
    """Look at every installed distribution."""
    failed = 0
    names = set()
    for distribution in distributions():
        name = distribution.name.lower()
        names.add(name)
        if name in KNOWN:
            continue
        licences = stated(distribution)
        if not licences or not all(map(allowed, licences)):
            failed += 1
            print(f"{distribution.name}: {' | '.join(licences) or '未载明 not stated'}", file=sys.stderr)
    print(
        f"{len(names)} 个软件包，{failed} 个许可不符 / {len(names)} packages, {failed} with a licence that does not fit"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
