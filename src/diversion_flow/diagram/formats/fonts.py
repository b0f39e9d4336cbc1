"""A Japanese font for pictures that cannot rely on the reader's machine."""

from __future__ import annotations

from pathlib import Path

from ...definition import DiversionFlowError

_PLACES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/ipaexfont-gothic/ipaexg.ttf",
    "/usr/share/fonts/truetype/fonts-japanese-gothic.ttf",
)


class NoJapaneseFont(DiversionFlowError):
    """No font with Japanese letters was found: a picture would show boxes."""

    def __init__(self) -> None:
        super().__init__(
            "no Japanese font: pip install pylopdf-fonts-jp, "
            "or apt-get install fonts-ipaexfont-gothic"
        )


def japanese_font() -> Path:
    """The font file to embed; NoJapaneseFont where there is none."""
    try:
        import pylopdf_fonts_jp
    except ImportError:
        found = [Path(place) for place in _PLACES if Path(place).exists()]
    else:
        folder = Path(pylopdf_fonts_jp.__file__).parent
        found = sorted(folder.glob("NotoSansJP-Regular.*"))
    if not found:
        raise NoJapaneseFont
    return found[0]
