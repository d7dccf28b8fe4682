"""The laws of the house that a machine can check: see docs/adr and the room READMEs for the why."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parent.parent / "src" / "dawra"
ROOMS = ("figures", "access", "journal", "team", "customers", "prospecting", "deals", "site")
DJANGO_ROOMS = ROOMS[1:]

# How long a file of each shelf may be: what no longer fits is split by noun or theme.
SHELVES = {
    "README.md": 80,
    "rules.py": 250,
    "models": 400,
    "queries": 300,
    "actions": 400,
    "listeners.py": 150,
    "facts.py": 200,
    "forms": 150,
    "views": 350,
    "api": 300,
    "urls.py": 60,
    "templates": 150,
    "tests": 300,
}
ANY_FILE = 400


def python_files() -> Iterator[Path]:
    for path in sorted(HOUSE.rglob("*.py")):
        if "migrations" not in path.parts and "__pycache__" not in path.parts:
            yield path


def shelf_limit(path: Path) -> int:
    parts = path.relative_to(HOUSE).parts
    for part in (path.name, *parts[1:-1], path.stem):
        if part in SHELVES:
            return SHELVES[part]
    return ANY_FILE


@pytest.mark.parametrize("path", list(python_files()), ids=lambda p: str(p.relative_to(HOUSE)))
def test_no_file_outgrows_its_shelf(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= shelf_limit(path)


def test_no_template_outgrows_its_shelf() -> None:
    long = {
        str(path.relative_to(HOUSE)): lines
        for path in HOUSE.rglob("templates/**/*.html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > SHELVES["templates"]
    }
    assert not long


def test_every_template_says_what_it_takes() -> None:
    silent = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("templates/**/*.html")
        if not path.read_text(encoding="utf-8").lstrip().startswith(("{# takes", "{% extends", "{% comment"))
    ]
    assert not silent


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_a_readme_that_stays_short(room: str) -> None:
    readme = HOUSE / room / "README.md"
    assert readme.exists()
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= SHELVES["README.md"]


def test_there_are_no_drawers_for_odds_and_ends() -> None:
    banned = {
        "utils",
        "util",
        "common",
        "base",
        "manager",
        "managers",
        "service",
        "services",
        "helpers",
        "lib",
        "extras",
    }
    found = [str(p.relative_to(HOUSE)) for p in HOUSE.rglob("*") if p.stem in banned and "__pycache__" not in p.parts]
    assert not [name for name in found if not name.startswith("site/static/") and "templates" not in name]


def action_functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for room in DJANGO_ROOMS:
        for path in (HOUSE / room).rglob("*.py"):
            parts = path.relative_to(HOUSE / room).parts
            if parts[0] not in ("actions", "actions.py"):
                continue
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not is_job(node):
                    yield path, node


def is_job(node: ast.FunctionDef) -> bool:
    """A job works for the house; it signs as the system, or as whoever asked for it, when it calls an action."""
    return any("job(" in ast.unparse(decorator) for decorator in node.decorator_list)


def is_atomic(node: ast.FunctionDef) -> bool:
    return any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list)


ACTIONS = [pytest.param(path, node, id=f"{path.relative_to(HOUSE)}::{node.name}") for path, node in action_functions()]


@pytest.mark.parametrize(("path", "node"), ACTIONS)
def test_an_action_takes_its_actor_first_and_keywords_after(path: Path, node: ast.FunctionDef) -> None:
    if not is_atomic(node):
        pytest.skip("part of an action, not one itself")
    names = [argument.arg for argument in node.args.args]
    assert names == ["actor"], f"{node.name}({', '.join(names)}): actor first, the rest after *"


@pytest.mark.parametrize(("path", "node"), ACTIONS)
def test_an_action_asks_for_a_permission_and_speaks_to_the_journal(path: Path, node: ast.FunctionDef) -> None:
    """Directly, or by calling another action or part of one that gets the actor."""
    if not is_atomic(node):
        pytest.skip("part of an action, not one itself")
    source = ast.unparse(node)
    passes_actor_on = re.search(r"\w+\(\s*actor\b", source)
    assert "actor.must(" in source or passes_actor_on, f"{node.name} never asks whether the actor may"
    assert "write(" in source or "write_many(" in source or passes_actor_on, f"{node.name} leaves no entry"


def test_every_kind_has_its_sentence_in_arabic() -> None:
    from django.utils.translation import gettext, override

    from dawra.journal.catalogue import KINDS

    with override("ar"):
        untranslated = [code for code, kind in KINDS.items() if gettext(kind.sentence) == kind.sentence]
    assert not untranslated


def test_every_sentence_names_only_facts_its_kind_has() -> None:
    from dataclasses import fields

    from django.utils.translation import gettext, override

    from dawra.journal.catalogue import KINDS

    for kind in KINDS.values():
        known = {f.name for f in fields(kind.fact)} | {"actor", "fields", "tags"}
        for language in ("en", "ar"):
            with override(language):
                named = set(re.findall(r"{(\w+)}", gettext(kind.sentence)))
            assert named <= known, f"{kind.code} ({language}) names {named - known}"


def test_every_permission_has_its_sentence_in_arabic() -> None:
    from django.utils.translation import gettext, override

    from dawra.access.permissions import PERMISSIONS, ROLES

    with override("ar"):
        texts = [*PERMISSIONS.values(), *(role.name for role in ROLES)]
        assert not [text for text in texts if gettext(text) == text]


def test_migrations_are_complete(db: object) -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


CLOCKS = re.compile(r"timezone\.now\(|datetime\.now\(|datetime\.utcnow\(|date\.today\(|localdate\(\)|localtime\(\)")


@pytest.mark.parametrize("room", [r for r in ROOMS if r != "site"])
def test_no_clock_ticks_below_the_views(room: str) -> None:
    ticking = [
        str(path.relative_to(HOUSE))
        for path in (HOUSE / room).rglob("*.py")
        if "tests" not in path.parts and path.name != "worker.py" and CLOCKS.search(path.read_text(encoding="utf-8"))
    ]
    assert not ticking


STYLED = re.compile(
    r"""\sstyle\s*=|<style|\son\w+\s*=\s*["']|<script(?![^>]*(src=|type="application/json"))|javascript:"""
)


def test_no_template_needs_inline_style_or_script() -> None:
    loose = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("templates/**/*.html")
        if STYLED.search(re.sub(r"{#.*?#}", "", path.read_text(encoding="utf-8")))
    ]
    assert not loose


DIRECTIONS = re.compile(
    r"(?<![\w-])(margin|padding|border)-(left|right)\b|(?<![\w-])(left|right)\s*:|text-align:\s*(left|right)|float:"
)


def test_styles_are_logical_so_that_both_directions_are_one_design() -> None:
    for sheet in (HOUSE / "site" / "static" / "site").glob("*.css"):
        sided = [match.group(0) for match in DIRECTIONS.finditer(sheet.read_text(encoding="utf-8"))]
        assert not sided, f"{sheet.name}: {sided[:5]}"


def test_nothing_renders_user_text_as_markup_or_sql() -> None:
    """mark_safe, |safe, raw SQL and eval need a reason written beside them (# safe: …)."""
    risky = re.compile(
        r"mark_safe\(|\.raw\(|RawSQL|\beval\(|\bexec\(|pickle|yaml\.load\(|csrf_exempt|\|\s*safe\b|autoescape off"
    )
    loose = []
    for path in [*python_files(), *HOUSE.rglob("templates/**/*.html")]:
        if "tests" in path.parts:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if risky.search(line) and "safe:" not in line and "safe:" not in lines[number - 1]:
                loose.append(f"{path.relative_to(HOUSE)}:{number + 1}: {line.strip()[:80]}")
    assert not loose
