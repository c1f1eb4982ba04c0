"""Colours by how light, how strong and of which hue they look (OKLCH, Ottosson 2020)."""

from __future__ import annotations

from math import cos, radians, sin


def srgb(lightness: float, chroma: float, hue: float) -> str:
    """Return ``#RRGGBB`` for a lightness of 0 to 1, a chroma of 0 to about 0.3 and a hue in degrees.

    What lies outside of sRGB is cut off a channel at a time.
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    return "#" + "".join(f"{_channel(value):02X}" for value in (red, green, blue))


def _channel(linear: float) -> int:
    value = min(1.0, max(0.0, linear))
    curved = 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return round(curved * 255)
