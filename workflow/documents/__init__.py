"""文书: written, numbered, frozen, printed."""

from pathlib import Path

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "documents"
FONTS = TEMPLATES / "fonts"
