"""Why the system does not give or take a file, in the words of whoever asked for it."""

from __future__ import annotations

import errno
from typing import Final

from ..text import Text

_WHY: Final = {
    errno.ENOENT: Text("その名前のファイルはありません", "there is no file of that name"),
    errno.EISDIR: Text("フォルダーです", "it is a folder"),
    errno.ENOSPC: Text("空き容量がありません", "no space is left on the disk"),
    errno.EROFS: Text("読取り専用です", "the disk is read-only"),
    errno.EACCES: Text("許されていません", "it is not permitted"),
    errno.EPERM: Text("許されていません", "it is not permitted"),
    errno.EEXIST: Text("同じ名前のファイルがあります", "a file of that name is there"),
    errno.ENOTDIR: Text("途中にファイルがあります", "a file is in the way"),
    errno.ENAMETOOLONG: Text("名前が長すぎます", "the name is too long"),
    errno.ELOOP: Text("リンクが循環しています", "links lead round in a circle"),
    errno.EIO: Text("装置が応えません", "the device does not answer"),
    errno.EPIPE: Text("読み手が去りました", "whoever read is gone"),
    errno.EMFILE: Text("開いたファイルが多すぎます", "too many files are open"),
}
_NO_NAME: Final = Text("ファイルの名前になりません", "no file can have that name")


def why(error: OSError | ValueError) -> Text | str:
    """The reason; as the system says it, where it is a rare one."""
    if isinstance(error, OSError):
        return _WHY.get(error.errno or 0, error.strerror or str(error) or type(error).__name__)
    return _NO_NAME
