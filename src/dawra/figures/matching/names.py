"""A name as a row of words: articles, بن and titles aside, عبد and الدين joined to the word they belong to."""

import re
from functools import lru_cache

from dawra.figures.matching.sounds import Word, word
from dawra.figures.words import fold

_APART = re.compile(r"[^\w'’`-]+|_")
_MARKS = str.maketrans("", "", "'’`-")
_SUN = re.compile(r"^(?:a[rszdtn]|as?h|e[rszdtn]|e?sh)-(?=[rszdtn])")
_ATTACHED_ABD = re.compile(r"^abd[aeiou]*(?:[lrsdztn]|sh)?-?(?=[a-z]{3,})")
_ABD = frozenset(("abd", "abdul", "abdel", "abdal", "abdou", "abdur", "abdus", "عبد"))
_ABU = frozenset(("abu", "abou", "abo", "ابو", "ابي", "ام", "um", "umm", "oum"))
_BOU = frozenset(("bou", "bu", "bo", "بو"))
_SON_OF = frozenset(("bin", "ibn", "ben", "bint", "bent", "ould", "بن", "ابن", "بنت", "ولد"))
_ARTICLES = frozenset(("al", "el", "ال", "ul", "de", "van", "von", "der", "den", "la", "le", "di", "da", "dos", "del"))
_DIN = frozenset(("din", "deen", "dine", "eddin", "eddine", "uddin", "aldin", "eldin", "eldeen", "aldeen", "الدين"))
_TITLES = frozenset(
    "mr mrs ms miss dr eng engr prof sir madam sheikh shaikh haj hajj jr sr phd"  # noqa: SIM905 - easier to read
    " السيد السيده الدكتور الدكتوره دكتور دكتوره المهندس المهندسه مهندس استاذ الاستاذ الحاج".split()
)
_LEGAL = frozenset(
    "ltd limited llc inc corp corporation co company gmbh ag fze fzco fzc wll bsc kg ohg sl sas srl as sa sarl sal plc"  # noqa: SIM905
    " pty bv nv oy ab group holding est"
    " the and of for و شركه مؤسسه موسسه المحدوده محدوده ذمم ش م ذ مجموعه القابضه".split()
)


@lru_cache(maxsize=1 << 15)
def words_of(name: str) -> tuple[Word, ...]:
    """The words of a person's name, in the order written; () where there is none."""
    pieces = [piece for piece in _pieces(fold(name)) if piece]
    kept = [piece for place, piece in enumerate(pieces) if not _is_title(piece, place, len(pieces))]
    return tuple(word(text) for text in _joined(kept or pieces))


@lru_cache(maxsize=1 << 15)
def words_of_company(name: str) -> tuple[Word, ...]:
    """The words of a company's name without its legal form."""
    pieces = [piece if piece.isalnum() else piece.translate(_MARKS) for piece in _APART.split(fold(name))]
    pieces = [piece for piece in pieces if piece]
    return tuple(word(text) for text in ([p for p in pieces if p not in _LEGAL] or pieces))


def _is_title(piece: str, place: int, size: int) -> bool:
    """A lone letter before two names is a title (م. محمد علي is an engineer), before one it is an initial."""
    return (piece in _TITLES and place < size - 1) or (piece in "مدا" and place == 0 and size > 2)


def _pieces(folded: str) -> list[str]:
    pieces: list[str] = []
    for raw in _APART.split(folded):
        if raw.isalnum():
            pieces.append(raw)
            continue
        piece = _SUN.sub("", raw)
        for article in ("al-", "el-", "ul-", "ال-"):
            piece = piece.removeprefix(article)
        pieces.extend([part.translate(_MARKS) for part in piece.split("-")])
    return pieces


def _joined(pieces: list[str]) -> list[str]:
    result: list[str] = []
    place, size = 0, len(pieces)
    while place < size:
        piece, place = pieces[place], place + 1
        following = pieces[place] if place < size else ""
        if (piece in _SON_OF or piece in _ARTICLES) and (following and (result or piece in _ARTICLES)):
            continue
        if piece in _ABD and following:
            if following in ("al", "el", "ul", "ar", "ال") and place + 1 < size:
                place += 1
                following = pieces[place]
            result.append(f"{'عبد' if piece == 'عبد' else 'abd'}+{_bare(following)}")
            place += 1
        elif piece in _ABU and following:
            result.append(f"{piece}+{_bare(following)}")
            place += 1
        elif piece in _DIN and result:
            result[-1] += "دين" if piece == "الدين" else "din"
        elif piece in _BOU and following:  # Bou Aziz is Bouaziz
            result.append(piece + _bare(following))
            place += 1
        else:
            result.append(_split_abd(piece))
    return result


def _split_abd(piece: str) -> str:
    if piece.startswith("عبد") and len(piece) > 5:
        return f"عبد+{_bare(piece[3:])}"
    if piece.startswith("abd") and (found := _ATTACHED_ABD.match(piece)) and len(piece) > found.end():
        return f"abd+{piece[found.end() :]}"
    return piece


def _bare(piece: str) -> str:
    return piece[2:] if piece[:2] in ("ال", "al", "el") and len(piece) > 3 else piece
