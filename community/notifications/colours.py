"""The brand's colour for mail, in hex: what shows mail knows no OKLCH, as our style sheet does."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True)
class Colours:
    """The accent on light and on dark ground, as the site's tokens have them."""

    accent: str
    accent_on_dark: str


@cache
def colours_of(hue: int) -> Colours:
    """The colours of a brand's hue, in degrees; the same lightness as static/css/tokens.css."""
    return Colours(accent=_hex(0.48, 0.16, hue), accent_on_dark=_hex(0.78, 0.12, hue))


def _hex(lightness: float, chroma: float, hue: int) -> str:
    """OKLCH as #rrggbb, clipped to sRGB (Björn Ottosson, “A perceptual color space”, 2020)."""
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(channel)):02x}" for channel in linear)


def _gamma(channel: float) -> float:
    """Linear light as sRGB encodes it."""
    channel = min(1.0, max(0.0, channel))
    return 12.92 * channel if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
