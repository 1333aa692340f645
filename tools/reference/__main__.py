"""Write the generated reference pages, or say which of them are not what the code says."""

from __future__ import annotations

import sys
from pathlib import Path

from tools.reference import commands, settings, source, tables

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"
PAGES = {"commands.md": commands.page, "source.md": source.page, "settings.md": settings.page, "tables.md": tables.page}


def main() -> int:
    """Write every page; with `--check` write nothing and return 1 when a page differs."""
    differing = []
    for name, page in PAGES.items():
        file, text = FOLDER / name, page()
        if file.exists() and file.read_text("utf-8") == text:
            continue
        differing.append(name)
        if "--check" not in sys.argv:
            file.write_text(text, "utf-8")
    word = "not as the code says" if "--check" in sys.argv else "written"
    print(f"docs/reference: {', '.join(differing)} {word}" if differing else "docs/reference: as the code says")
    if differing and "--check" in sys.argv:
        print("Mend with: make reference")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
