"""Refresh the fonts that quotes are printed with: browsers read woff2, the typesetter TrueType. For maintainers only.

npm install --prefix /tmp/npm @fontsource/ibm-plex-sans @fontsource/ibm-plex-sans-arabic
python -m venv /tmp/fonts && /tmp/fonts/bin/pip install fonttools brotli
/tmp/fonts/bin/python tools/print_fonts.py /tmp/npm/node_modules      only the container changes, no outline does
"""

import sys
from pathlib import Path

KEPT = Path(__file__).resolve().parent.parent / "src" / "dawra" / "deals" / "printing" / "fonts"
WEIGHTS = ("400", "600")
FILES = {
    "plex-sans-latin": "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-{}-normal.woff2",
    "plex-sans-latin-ext": "@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-ext-{}-normal.woff2",
    "plex-sans-arabic": "@fontsource/ibm-plex-sans-arabic/files/ibm-plex-sans-arabic-arabic-{}-normal.woff2",
}


def main(modules: Path) -> None:
    from fontTools.ttLib import TTFont  # type: ignore[import-not-found]  # not part of the project's environment

    for name, origin in FILES.items():
        for weight in WEIGHTS:
            font = TTFont(modules / origin.format(weight))
            font.flavor = None
            font.save(KEPT / f"{name}-{weight}.ttf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
