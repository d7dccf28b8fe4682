"""Refresh what browsers get from others: fonts, htmx and the icons. For maintainers; running Dawra needs none of this.

npm pack htmx.org@2.0.11 …          or  npm install --prefix /tmp/npm <the packages of PACKAGES>
python tools/vendor.py /tmp/npm     copies the files, writes vendor.lock and icons.json
python tools/vendor.py --check      exits 1 if a vendored file differs from vendor.lock, or an icon is used but not kept
"""

import hashlib
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "dawra"
VENDOR = SOURCE / "site" / "static" / "vendor"
LOCK = VENDOR / "vendor.lock"
ICONS = SOURCE / "site" / "icons.json"

PACKAGES: dict[str, dict[str, str]] = {
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js", "LICENSE": "licences/htmx.txt"},
    "@fontsource-variable/ibm-plex-sans": {
        "files/ibm-plex-sans-latin-wght-normal.woff2": "fonts/plex-sans-latin.woff2",
        "LICENSE": "licences/ibm-plex-sans.txt",
    },
    # Two weights only: CSS picks 400 for 400-500 and 600 above, and an Arabic page stays small.
    "@fontsource/ibm-plex-sans-arabic": {
        "files/ibm-plex-sans-arabic-arabic-400-normal.woff2": "fonts/plex-sans-arabic-400.woff2",
        "files/ibm-plex-sans-arabic-arabic-600-normal.woff2": "fonts/plex-sans-arabic-600.woff2",
        "LICENSE": "licences/ibm-plex-sans-arabic.txt",
    },
    "@tabler/icons": {"LICENSE": "licences/tabler-icons.txt"},
}

# Kept whether or not a template names them yet, so that a page in the making finds its icon.
CURATED = (ROOT / "tools" / "icons.txt").read_text(encoding="utf-8").split()

_BODY = re.compile(r"<svg[^>]*>(.*?)</svg>", re.DOTALL)
_IN_TEMPLATE = re.compile(r"""\{%\s*icon\s+["']([a-z0-9-]+)["']|\bicon=["']([a-z0-9-]+)["']""")
_IN_PYTHON = re.compile(r"""\bicon=["']([a-z0-9-]+)["']""")


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        return check()
    if len(arguments) != 1:
        print(__doc__)
        return 2
    modules = Path(arguments[0])
    refresh(modules if modules.name == "node_modules" else modules / "node_modules")
    return 0


def refresh(modules: Path) -> None:
    lock: list[dict[str, object]] = []
    integrity = _integrity(modules)
    for package, files in PACKAGES.items():
        folder = modules / package
        about = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        hashes = {}
        for origin, target in files.items():
            kept = VENDOR / target
            kept.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / origin, kept)
            hashes[target] = _sha256(kept)
        lock.append(
            {
                "name": package,
                "version": about["version"],
                "licence": about["license"],
                "integrity": integrity.get(package, ""),
                "files": hashes,
            }
        )
    icons = _icons(modules / "@tabler" / "icons" / "icons" / "outline")
    ICONS.write_text(json.dumps(icons, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
    print(f"{sum(len(files) for files in PACKAGES.values())} files, {len(icons)} icons")


def check() -> int:
    faults = []
    for package in json.loads(LOCK.read_text(encoding="utf-8")):
        for name, wanted in package["files"].items():
            if not (VENDOR / name).exists() or _sha256(VENDOR / name) != wanted:
                faults.append(f"{name} is not the file of {package['name']} {package['version']}")
    kept = set(json.loads(ICONS.read_text(encoding="utf-8")))
    faults += [f"icon {name} is used but not kept; run tools/vendor.py" for name in sorted(used() - kept)]
    print("\n".join(faults) or "vendored files and icons are as locked")
    return 1 if faults else 0


def used() -> set[str]:
    """Names of icons that templates and the journal's catalogue show."""
    names: set[str] = set()
    for template in SOURCE.rglob("templates/**/*.html"):
        names |= {first or second for first, second in _IN_TEMPLATE.findall(template.read_text(encoding="utf-8"))}
    for module in SOURCE.rglob("*.py"):
        if "tests" not in module.parts:
            names |= set(_IN_PYTHON.findall(module.read_text(encoding="utf-8")))
    return names


def _icons(folder: Path) -> dict[str, str]:
    wanted = used() | set(CURATED)
    missing = sorted(name for name in wanted if not (folder / f"{name}.svg").exists())
    if missing:
        print("no such icon:", " ".join(missing))
    bodies = {}
    for name in sorted(wanted - set(missing)):
        found = _BODY.search((folder / f"{name}.svg").read_text(encoding="utf-8"))
        if found:
            body = re.sub(r">\s+<", "><", " ".join(found.group(1).split())).replace(" />", "/>")
            bodies[name] = body.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none"/>', "")
    return bodies


def _integrity(modules: Path) -> dict[str, str]:
    """What npm says each package's archive hashes to."""
    lock = modules.parent / "package-lock.json"
    if not lock.exists():
        return {}
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    return {key.removeprefix("node_modules/"): value.get("integrity", "") for key, value in packages.items()}


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
