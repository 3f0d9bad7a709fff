"""Running the toolkit's commands as the command line does: exit code, standard output, standard error."""

from __future__ import annotations

from click.testing import CliRunner, Result

from gongyue.cli.main import Main

SECTIONS = {
    "conduct": {
        "promise": ("gongyue.cli.promise:promise", ""),
        "gate": ("gongyue.cli.gate:gate", ""),
        "key": ("gongyue.cli.kinds:noun(key)", ""),
        "attest": ("gongyue.cli.attest:attest", ""),
        "toolkit": ("gongyue.cli.toolkit:toolkit", ""),
        "export-check": ("gongyue.cli.export_check:export_check", ""),
    }
}


def gongyue(*args: object, given: bytes | str | None = None) -> Result:
    """The result of `gongyue ARGS`."""
    return CliRunner().invoke(Main("gongyue", SECTIONS, ""), [str(a) for a in args], input=given)
