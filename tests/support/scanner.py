"""A scanner of evidence that is ready at once: it answers as the real one does, of numbers of eighteen and of eleven digits alone."""

from __future__ import annotations

import json
import re
import sys


def main() -> None:
    """Answer what is asked on standard input; a document named 崩 ends it."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    told.write(b'{"ready": true}\n')
    told.flush()
    while head := asked.readline():
        said = json.loads(head)
        data = asked.read(said["size"])
        if said["name"].startswith("崩"):
            sys.exit(1)
        ids = len(re.findall(rb"(?<!\d)\d{17}[\dX](?!\d)", data))
        mobiles = len(re.findall(rb"(?<!\d)1\d{10}(?!\d)", data))
        found = {"CN_ID": ids, "CN_MOBILE": mobiles, "PERSON": 9}
        answer = {"found": found, "read": True} if said["kind"] in ("text", "office") else {"found": {}, "read": False}
        told.write(json.dumps(answer).encode() + b"\n")
        told.flush()


main()
