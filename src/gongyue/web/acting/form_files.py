"""What an act's form brings along: files, texts written in place of one, names of sealed acts; the act holds their digests."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gongyue.governance.acts import ActType
from gongyue.office import bodies
from gongyue.office.attachments import DIGEST, WRITTEN, Attachments
from gongyue.office.links import linked
from gongyue.office.office import Office
from gongyue.web.acting import panel_form
from gongyue.web.acting.sealed_choices import ENTITY_ENDED
from gongyue.web.acting.typed_values import FieldError
from gongyue.web.acting.uploads import SCANS, read_whole, require_evidence
from gongyue.web.installation import Now


class FormFiles:
    """What was handed in with one form: kept as `material` once its digest was asked for; `uploaded`: which inputs had a file.

    `where`: the dossier in which the act is done, "" for none, and who reads there. What cannot be used raises, as FieldError does.
    """

    def __init__(
        self,
        kind: ActType,
        now: Now,
        office: Office,
        post: QueryDict,
        files: MultiValueDict[str, UploadedFile[bytes]],
        where: tuple[str, str],
    ) -> None:
        self.kind, self.now, self.office, self.post, self.files = kind, now, office, post, files
        self.dossier, self.reader = where
        self.material = Attachments()
        self.uploaded: set[str] = set()

    def file(self, name: str) -> tuple[bytes, str] | None:
        """The file chosen there and its name; None where none was."""
        upload = self.files.get(name)
        return None if upload is None else read_whole(upload)

    def documents(self, name: str) -> list[str]:
        """The commitments of several documents: those there are already, those chosen, what was written here."""
        kept = [one for one in self.post.getlist(name) if DIGEST.fullmatch(one)]
        text = str(self.post.get(f"{name}.text", "")).replace("\r\n", "\n").strip()
        given = [read_whole(upload) for upload in self.files.getlist(name)]
        if given:
            self.uploaded.add(name)
        given += panel_form.copied(self.office, self.dossier, self.reader, self.post.getlist(name))
        for data, file in [*given, *([(text.encode(), WRITTEN)] if text else [])]:
            if not data:
                raise FieldError(f"文件是空的：{file}", f"The file is empty: {file}")
            require_evidence(self.office, self.kind, self.dossier, data, file)
            kept.append(self.material.commit(data, file))
        return kept

    def digest(self, name: str, path: str) -> str | None:
        """The digest of what was handed in: a file, a text, a sealed act that was chosen, or what is there already."""
        field = path.rpartition(".")[2]
        chosen = " ".join(one.strip() for one in self.post.getlist(name) if one.strip())  # a link names several
        if bodies.is_link(self.kind, field) and not DIGEST.fullmatch(chosen):
            return self._linked(field, chosen)
        if bodies.names_sealed(self.kind, field) and bodies.is_sealed_name(chosen):
            return bodies.sealed_named(self.kind, field, chosen, self.now.inst, self.office.store, self.material)
        text = str(self.post.get(f"{name}.text", "")).replace("\r\n", "\n").strip()
        upload = self.file(name)
        if upload is not None:
            self.uploaded.add(name)
        given = upload or ((text.encode(), WRITTEN) if text else None)
        if given is not None:
            return self._attached(field, *given)
        if chosen and not DIGEST.fullmatch(chosen):
            raise FieldError(
                "摘要写作 sha256: 加 64 位十六进制", "A digest is sha256: followed by 64 hexadecimal digits"
            )
        return chosen or None

    def _linked(self, field: str, chosen: str) -> str:
        """The link to what was named; "" where nothing was and nothing need be."""
        needed = chosen or bodies.may_leave_out(self.kind, field)
        named = chosen.removeprefix(ENTITY_ENDED)
        return linked(self.kind, named, self.office.store, self.material) if needed else ""

    def _attached(self, field: str, data: bytes, file: str) -> str:
        """The digest or commitment of what was uploaded or typed, which is kept for the act."""
        if not data:
            raise FieldError("文件是空的", "The file is empty")
        if self.kind.in_dossier and (field == "scan" or bodies.is_commitment(self.kind, field)):
            require_evidence(self.office, self.kind, self.dossier, data, file)
        if field == "scan":
            if not data.startswith(SCANS):
                raise FieldError(
                    "扫描件须是 PDF、PNG、JPEG、TIFF 或 OFD", "A scan is a PDF, PNG, JPEG, TIFF or OFD file"
                )
            return self.material.commit(data, file)
        if field == "document":
            return self.material.commit(data, file)
        return bodies.attached(self.kind, field, data, file, self.material, self.now.inst)
