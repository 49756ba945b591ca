"""Pictures as they are kept: as wide as a screen shows them, in a format that it reads."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

# The widest column on a screen of twice the density.
WIDEST: Final = 1_600
TALLEST: Final = 6_000
_MOST_PIXELS: Final = 40_000_000
_QUALITY: Final = 82
# What the reader shows as it is.
_SHOWN: Final = frozenset({"PNG", "JPEG", "GIF"})
_READ: Final = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")


def fit(data: bytes) -> bytes:
    """Give a picture ready to be kept; b"" for what is none, or too large to be opened safely.

    One that is small enough and widely read stays as it came, byte for byte.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=_READ) as picture:
                if picture.width * picture.height > _MOST_PIXELS:
                    return b""
                fits = picture.width <= WIDEST and picture.height <= TALLEST
                if fits and picture.format in _SHOWN:
                    picture.verify()
                    return data
                return _written(picture)
    except (
        UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError,
        Image.DecompressionBombError, Image.DecompressionBombWarning,
    ):  # fmt: skip
        return b""


def _written(picture: Image.Image) -> bytes:
    """Write a picture anew: PNG where something shows through, JPEG otherwise."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture)
    clear = "A" in turned.getbands() or "transparency" in turned.info
    drawn = turned.convert("RGBA" if clear else "RGB")
    drawn.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    out = BytesIO()
    if clear:
        drawn.save(out, "PNG", optimize=True)
    else:
        drawn.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue()
