"""A picture in the widths that screens need, and cut to a shape around what matters in it."""

import io

from PIL import Image, ImageOps

from .rules import RENDITION_WIDTHS, Type

QUALITY = 74  # of WebP; a photo is then half of the JPEG that looks the same
EFFORT = 4  # of WebP; more costs twice the time for a hundredth of the bytes
CUT_QUALITY = 80  # of JPEG, which every site that shows a shared page can read


def renditions(content: bytes, type: Type) -> dict[int, bytes]:
    """The picture as WebP by its width in pixels: the usual ones below its own, and its own.

    ``content`` is a picture that we made (``pictures.remade``). What is sharp stays sharp where that is lighter.
    """
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
    widths = [width for width in RENDITION_WIDTHS if width < image.width]
    return {width: _as_webp(_narrowed(image, width), is_sharp=type == Type.PNG) for width in (*widths, image.width)}


def cut(content: bytes, size: tuple[int, int], focus: tuple[float, float]) -> bytes:
    """The picture in exactly that size as JPEG, with the point ``focus`` (parts of its width and height) in it."""
    with Image.open(io.BytesIO(content)) as opened:
        opened.load()
        image = opened.convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    written = io.BytesIO()
    ImageOps.fit(paper, size, Image.Resampling.LANCZOS, centering=focus).save(
        written, format="JPEG", quality=CUT_QUALITY, optimize=True, progressive=True
    )
    return written.getvalue()


def _narrowed(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    return image.resize((width, max(1, round(image.height * width / image.width))), Image.Resampling.LANCZOS)


def _as_webp(image: Image.Image, *, is_sharp: bool) -> bytes:
    photo = _written(image, lossless=False)
    return min(photo, _written(image, lossless=True), key=len) if is_sharp else photo


def _written(image: Image.Image, *, lossless: bool) -> bytes:
    written = io.BytesIO()
    image.save(written, format="WEBP", method=EFFORT, quality=QUALITY, lossless=lossless)
    return written.getvalue()
