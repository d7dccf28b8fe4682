"""Translations, room by room. For developers; users get compiled files.

python tools/messages.py [room]     gather a room's texts (every room without a name) into its locale/ar/…/django.po;
                                    prints how many are untranslated. Needs GNU gettext (Debian: gettext).
python tools/messages.py --compile  compile every .po to .mo, with Babel: no gettext needed
python tools/messages.py --check    exit 1 if a text of any room is missing, untranslated or fuzzy in Arabic, an Arabic
                                    plural lacks one of its six forms, or a translation loses a placeholder
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ROOT / "src" / "dawra"
FORMS = 6
HEADER = '''# Arabic texts of the room "{room}".
msgid ""
msgstr ""
"Language: ar\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;\\n"'''

# A text is known by its context and its singular.
Text = tuple[str, str]

_ONE = {"_", "gettext", "gettext_lazy", "gettext_noop", "ugettext"}
_MANY = {"ngettext", "ngettext_lazy"}
_IN_CONTEXT = {"pgettext", "pgettext_lazy"}
_MANY_IN_CONTEXT = {"npgettext", "npgettext_lazy"}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")


def main(arguments: list[str]) -> int:
    if arguments == ["--compile"]:
        return compile_all()
    if arguments == ["--check"]:
        return check()
    if len(arguments) > 1 or (arguments and not (ROOMS / arguments[0]).is_dir()):
        print(__doc__)
        return 2
    for room in [ROOMS / arguments[0]] if arguments else rooms():
        gather(room)
    return 0


def rooms() -> list[Path]:
    """Every room that speaks."""
    return sorted(folder for folder in ROOMS.iterdir() if folder.is_dir() and any(texts(folder)))


def po_of(room: Path) -> Path:
    return room / "locale" / "ar" / "LC_MESSAGES" / "django.po"


def gather(room: Path) -> None:
    (room / "locale").mkdir(exist_ok=True)
    path = po_of(room)
    if path.exists():
        path.write_text(tidied(path.read_text(encoding="utf-8"), room.name), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        "ar",
        "--no-location",
        "--no-wrap",
        "--no-obsolete",
        "-v",
        "0",
    ]
    # Without the settings: gathering must not need a house that starts.
    alone = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([*command, "-i", "tests", "-i", "migrations"], cwd=room, check=True, env=alone)
    if not path.exists():
        return
    path.write_text(tidied(path.read_text(encoding="utf-8"), room.name), encoding="utf-8")
    catalogue = load(path)
    left = [message for message in entries(catalogue) if faults_of(message)]
    print(f"{room.name}: {len(list(entries(catalogue)))} texts, {len(left)} untranslated")
    for message in left:
        print("   ", message.id if isinstance(message.id, str) else message.id[0])


def tidied(po: str, room: str) -> str:
    """A header without dates and names, which would make every commit collide; no guesses; room for six plural forms;
    each text once, the translated one first, since two people may have added it."""
    _header, *blocks = po.rstrip("\n").split("\n\n")
    kept: dict[str, str] = {}
    for block in blocks:
        text = _with_plurals(_without_guess(block.strip("\n")))
        key = "\n".join(line for line in text.split("msgstr")[0].split("\n") if not line.startswith("#"))
        if key not in kept or ('msgstr ""' in kept[key] or 'msgstr[0] ""' in kept[key]):
            kept[key] = text
    return "\n\n".join([HEADER.format(room=room), *kept.values()]) + "\n"


def _with_plurals(block: str) -> str:
    if "\nmsgid_plural " not in block:
        return block
    return block + "".join(f'\nmsgstr[{form}] ""' for form in range(FORMS) if f"\nmsgstr[{form}] " not in block)


def _without_guess(block: str) -> str:
    lines = block.split("\n")
    if not any(line.startswith("#,") and "fuzzy" in line for line in lines):
        return block
    kept: list[str] = []
    in_translation = False
    for line in lines:
        in_translation = line.startswith("msgstr") or (in_translation and line.startswith('"'))
        if line.startswith("#|") or (in_translation and line.startswith('"')):
            continue
        plain = line.split('"')[0] + '""' if in_translation else line.replace("#, fuzzy", "#")
        if plain != "#":
            kept.append(plain)
    return "\n".join(kept)


def compile_all() -> int:
    made = 0
    for path in sorted(ROOMS.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        # Written beside and renamed: a server may be reading the old one.
        fresh = target.with_suffix(f".{os.getpid()}")
        with fresh.open("wb") as out:
            write_mo(out, load(path))
        fresh.replace(target)
        made += 1
    print(f"{made} catalogues compiled")
    return 0


def check() -> int:
    faults: list[str] = []
    for room in rooms():
        path = po_of(room)
        catalogue = load(path) if path.exists() else Catalog(locale="ar")
        known = {
            (message.context or "", message.id if isinstance(message.id, str) else message.id[0])
            for message in entries(catalogue)
        }
        faults += [f"{room.name}: not gathered: {text!r}" for _context, text in sorted(set(texts(room)) - known)]
        faults += [
            f"{room.name}: {fault}: {message.id!r}" for message in entries(catalogue) for fault in faults_of(message)
        ]
    print("\n".join(faults) or "every text is translated")
    return 1 if faults else 0


def faults_of(message: Message) -> list[str]:
    said = message.string if isinstance(message.string, list | tuple) else [message.string]
    faults = []
    if message.fuzzy:
        faults.append("fuzzy")
    if not all(said) or not said:
        faults.append("untranslated")
    elif isinstance(message.id, list | tuple) and len(said) != FORMS:
        faults.append(f"has {len(said)} plural forms, not {FORMS}")
    original = message.id if isinstance(message.id, str) else message.id[-1]
    # One and two may be said in words (يوم واحد، يومان); the other forms need every placeholder.
    full = said[3:] if isinstance(message.id, list | tuple) else said
    faults += [
        f"other placeholders in {text!r}" for text in full if text and _placeholders(text) != _placeholders(original)
    ]
    return faults


def _placeholders(text: str) -> set[str]:
    return {first or second for first, second in _PLACEHOLDER.findall(text)}


def load(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale="ar")


def entries(catalogue: Catalog) -> Iterator[Message]:
    """Without the header."""
    return (message for message in catalogue if message.id)


def texts(room: Path) -> Iterator[Text]:
    """Every text of a room as (context, singular), read from its modules and templates without gettext."""
    for path in room.rglob("*.py"):
        if not {"tests", "migrations"} & set(path.relative_to(room).parts):
            yield from _in_module(path.read_text(encoding="utf-8"))
    for path in room.rglob("templates/**/*.*"):
        if path.suffix in {".html", ".txt"}:
            yield from _in_template(path.read_text(encoding="utf-8"))


def _in_module(source: str) -> Iterator[Text]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _called(node)


def _called(node: ast.Call) -> Iterator[Text]:
    name = (
        node.func.id
        if isinstance(node.func, ast.Name)
        else node.func.attr
        if isinstance(node.func, ast.Attribute)
        else ""
    )
    words = [
        argument.value
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    if name in _ONE | _MANY and words:
        yield "", words[0]
    elif name in _IN_CONTEXT | _MANY_IN_CONTEXT and len(words) > 1:
        yield words[0], words[1]


def _in_template(source: str) -> Iterator[Text]:
    # templatize() leaves calls of gettext among filler, so each call is parsed alone.
    plain = templatize(source)
    for call in re.finditer(
        r"\b(?:n?p?gettext|_)\((?:[^'\"()]*(?:u?'(?:\\.|[^'\\])*'|u?\"(?:\\.|[^\"\\])*\"))+[^'\"()]*\)", plain
    ):
        try:
            tree = ast.parse(call.group(0), mode="eval")
        except SyntaxError:
            continue
        if isinstance(tree.body, ast.Call):
            yield from _called(tree.body)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
