"""Pictures, made anew from their points alone: what else stood in the file (place, device, hidden parts) stays behind."""

import io
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from .refusing import NotTaken
from .rules import (
    LARGE_EDGE,
    MAX_DRAWING_PIXELS,
    MAX_LOSSLESS_BYTES,
    MAX_PHOTO_PIXELS,
    SMALL_EDGE,
    Type,
)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
LARGE_QUALITY, SMALL_QUALITY = 82, 72  # of JPEG; more is not seen, less is
SHARP = frozenset({"PNG", "GIF"})  # drawings and pictures of a screen mostly are
# How the files begin (file(1) and the formats' own texts name these).
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
_APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")


@dataclass(frozen=True)
class Remade:
    """A picture in two sizes; see ``taking.Taken``."""

    type: Type
    content: bytes
    width: int
    height: int
    small: bytes
    small_width: int
    small_height: int


def is_one(content: bytes) -> bool:
    """Whether it begins as a picture does that we may be able to read."""
    if content.startswith(_BEGINNINGS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return True
    return content[4:8] == b"ftyp" and content[8:12] in (b"avif", b"avis", *_APPLE)


def remade(content: bytes) -> Remade:
    """The picture upright, in usual colours, no larger than anybody needs, and one small enough for a page.

    Of a moving picture only the first image stays: nothing moves here. Raises ``NotTaken``.
    """
    if content[4:8] == b"ftyp" and content[8:12] in _APPLE:
        raise NotTaken(
            _("Dit is een HEIC-foto. Die kunnen veel mensen niet openen. Bewaar de foto als JPEG en kies hem opnieuw.")
        )
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
            is_sharp = opened.format in SHARP
            large = _read(opened)
    except NotTaken:
        raise
    except Exception:
        raise NotTaken(
            _(
                "We kunnen deze foto niet lezen. Misschien is het bestand stuk. Open de foto, bewaar hem opnieuw en kies hem nog eens."
            )
        ) from None
    small = large.copy()
    small.thumbnail((SMALL_EDGE, SMALL_EDGE), Image.Resampling.LANCZOS)
    kind, large_bytes = _written(large, LARGE_QUALITY, is_sharp=is_sharp)
    small_bytes = _as_png(small) if kind == Type.PNG else _as_jpeg(small, SMALL_QUALITY)
    return Remade(kind, large_bytes, large.width, large.height, small_bytes, small.width, small.height)


def _read(image: Image.Image) -> Image.Image:
    """The points of a picture, upright and no larger than ``LARGE_EDGE``."""
    limit = MAX_PHOTO_PIXELS if image.format == "JPEG" else MAX_DRAWING_PIXELS
    if image.width * image.height > limit:
        raise NotTaken(
            _(
                "Je foto is te groot: %(width)s bij %(height)s punten. Hij mag %(most)s miljoen punten hebben, zoals %(example)s. Maak een schermafdruk van de foto en kies die. Of mail ons de foto, dan maken wij hem kleiner."
            )
            % {
                "width": image.width,
                "height": image.height,
                "most": limit // 1_000_000,
                "example": "8000 bij 6000" if limit == MAX_PHOTO_PIXELS else "5000 bij 4000",
            }
        )
    if image.format == "JPEG":
        image.draft("RGB", (LARGE_EDGE, LARGE_EDGE))  # reads it at a half, a quarter or an eighth where that is enough
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    colours = "RGBA" if upright.has_transparency_data else "RGB"
    plain = _in_usual_colours(upright, profile).convert(colours)
    plain.thumbnail((LARGE_EDGE, LARGE_EDGE), Image.Resampling.LANCZOS)
    return _bare(plain)


def _in_usual_colours(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture in sRGB, which a browser takes it to be once its own profile is gone."""
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK", "L"):
        return image
    try:
        theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        mode = "RGBA" if image.mode == "RGBA" else "RGB"
        return ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode=mode) or image
    except (ImageCms.PyCMSError, OSError):
        return image  # a profile that says nothing: its colours are near enough


def _bare(image: Image.Image) -> Image.Image:
    """The points and nothing else: what was read beside them would be written again."""
    bare = Image.new(image.mode, image.size)
    bare.paste(image)
    return bare


def _written(image: Image.Image, quality: int, *, is_sharp: bool) -> tuple[Type, bytes]:
    """What is see-through stays so; what is sharp stays sharp where that is not heavy; the rest is a photo."""
    if is_sharp or image.mode == "RGBA":
        sharp = _as_png(image)
        if len(sharp) <= MAX_LOSSLESS_BYTES:
            return Type.PNG, sharp
    return Type.JPG, _as_jpeg(image, quality)


def _as_png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.save(written, format="PNG", optimize=True)
    return written.getvalue()


def _as_jpeg(image: Image.Image, quality: int) -> bytes:
    if image.mode == "RGBA":  # what was see-through becomes white
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    written = io.BytesIO()
    image.save(written, format="JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
