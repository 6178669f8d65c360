"""Where the letters of printed papers come from: Sarabun, installed with the front end."""

from pathlib import Path

from prasan.common.errors import Refused
from prasan.env import ROOT

FAMILY = "Sarabun"
_FONTS = Path("node_modules/@expo-google-fonts/sarabun")
_WEB_FONTS = Path("node_modules/@fontsource/sarabun/files")


class UnableToFindFonts(Refused):
    """The fonts of the plan book are not installed."""


def font_dir() -> Path:
    """Give the folder of the Sarabun TTF files; raises `UnableToFindFonts` saying what to run."""
    found = ROOT / _FONTS
    if any(found.glob("400Regular/*.ttf")):
        return found
    raise UnableToFindFonts(
        "fonts_missing",
        f"ไม่พบแบบอักษร Sarabun ใน {found} โปรดเรียก ./prasan หรือ npm ci ในโฟลเดอร์ของโปรแกรมก่อน",
        f"The Sarabun fonts are not in {found}. Run ./prasan, or npm ci in the program's folder, first.",
    )


def web_fonts() -> dict[tuple[str, int], bytes]:
    """Give the WOFF2 files for one self-contained page by (script, weight); those that are installed."""
    files = {
        (script, weight): ROOT / _WEB_FONTS / f"sarabun-{script}-{weight}-normal.woff2"
        for script in ("thai", "latin")
        for weight in (400, 600)
    }
    return {key: path.read_bytes() for key, path in files.items() if path.is_file()}
