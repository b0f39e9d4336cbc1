"""What is left of a case that was erased, and where: said by `erase`, for none of it is in reach of
a store."""

from __future__ import annotations

from enum import Enum

from ..definition import Text


class Remains(Enum):
    """Where something may be left of an erased case."""

    COPIES = "copies"  # backups, copies, blocks of the disk, the program's memory
    WORDS = "words"  # with the server: the words themselves
    CIPHERTEXT = "ciphertext"  # with the server: sealed, and the key is gone
    KEY = "key"  # with the server of the keys: the key
    FORMER_KEY = "former_key"  # with the keys: the former one, until a renewal is completed

    @property
    def label(self) -> Text:
        """The same in words."""
        return _LABELS[self]


_LABELS = {
    Remains.COPIES: Text(
        "控え・複製・ディスクの使われていない領域・プログラムの記憶域",
        "backups, copies, unused blocks of the disk, the program's memory",
    ),
    Remains.WORDS: Text(
        "サーバーの不要行(VACUUMまで)・ログ(WAL)・複製に、記録の内容そのもの",
        "the words themselves, in the server's dead rows until VACUUM, its log and its replicas",
    ),
    Remains.CIPHERTEXT: Text(
        "サーバーの不要行(VACUUMまで)・ログ(WAL)・複製に、鍵のない暗号文",
        "ciphertext whose key is gone, in the server's dead rows until VACUUM, its log and its"
        " replicas",
    ),
    Remains.KEY: Text(
        "鍵のサーバーのログ(WAL)・複製に、鍵そのもの。ログが書き換えられるまで、暗号文は読み得る",
        "the key itself, in the log and the replicas of the keys' server: until the log is recycled"
        " the ciphertext can be read",
    ),
    Remains.FORMER_KEY: Text(
        "鍵の置き場に、更新前の鍵。書込みが確定してからもう一度更新すると、破棄される",
        "the former key, with the keys: renewed once more after what was written is committed, it"
        " is destroyed",
    ),
}
