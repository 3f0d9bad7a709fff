"""Files of forms that do not fit in memory: on disk without a name, so that nothing of them is left when a process is killed.

Django's own have a name in the folder of temporary files: evidence would stay there, in clear, beside a vault that erases it.
"""

from __future__ import annotations

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class UnnamedUploads(FileUploadHandler):
    """Takes each file as it comes; the system forgets it with the process, or once it is closed."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file: UploadedFile[bytes] = UploadedFile(
            tempfile.TemporaryFile(),  # noqa: SIM115  (whoever answers the request closes it)
            self.file_name,
            self.content_type,
            0,
            self.charset,
            self.content_type_extra,
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a part of it."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """It is all there."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Nothing is kept of what broke off."""
        if hasattr(self, "file"):
            self.file.close()
