"""Why a file cannot be read or written, as the system says it, in both languages, with what to do about it."""

from __future__ import annotations

import errno

_WHY = {
    errno.ENOENT: ("没有这个文件或文件夹；请核对路径", "there is no such file or folder; see whether the path is right"),
    errno.EISDIR: ("那是文件夹；请给出文件名", "it is a folder; name a file"),
    errno.ENOTDIR: ("路径中有一段不是文件夹；请核对路径", "a part of the path is no folder; see whether the path is right"),
    errno.EACCES: ("没有权限；请看文件与文件夹的读写权限", "there is no permission; see who may read and write it"),
    errno.EPERM: ("系统不许；请看文件与文件夹的读写权限", "the system does not permit it; see who may read and write it"),
    errno.EROFS: ("磁盘只读；请换一处", "the disk is read-only; choose another place"),
    errno.ENOSPC: ("磁盘已满；请腾出空间，或换一处", "the disk is full; make room, or choose another place"),
    errno.ENAMETOOLONG: ("名称太长；请换短些的", "the name is too long; choose a shorter one"),
    errno.EEXIST: ("已经存在；请换一个名称", "it exists already; choose another name"),
    errno.ELOOP: ("链接互相指向，没有尽头；请给出文件本身的路径", "its links lead in a circle; give the path of the file itself"),
}  # fmt: skip


def why(error: OSError) -> tuple[str, str]:
    """The reason and the mend; what is rare is told in the system's own words."""
    said = " ".join((error.strerror or str(error)).split())
    return _WHY.get(error.errno or 0, (said, said))
