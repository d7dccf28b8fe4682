"""What a spreadsheet would run stays text: in every table that leaves the house."""

import re
import unicodedata

_BLANKS = " \t\r\n\u200b\ufeff\u00a0"
_NUMBER = re.compile(r"[+-]\d+([.,]\d+)?", re.ASCII)


def neutral(text: str) -> str:
    """An apostrophe before what a spreadsheet would run as a formula; the import takes it away again.

    Full-width signs and blanks before them count too. A signed number is what it says, and stays one.
    """
    bare = unicodedata.normalize("NFKC", text).lstrip(_BLANKS)
    return f"'{text}" if bare[:1] in ("=", "+", "-", "@") and not _NUMBER.fullmatch(text) else text
