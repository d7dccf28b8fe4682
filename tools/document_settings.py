"""Write docs/settings.md from the settings themselves: python tools/document_settings.py (or --check)."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "settings.md"

HEAD = """# Settings

Every setting is an environment variable. An empty one counts as unset. One that cannot be used stops Dawra at once, with
its name and what was expected. This page is written by `python tools/document_settings.py`; a test compares it.

| variable | what it does | if unset |
| --- | --- | --- |
"""
TAIL = """
## Read by the command line

| variable | what it does | if unset |
| --- | --- | --- |
| `DAWRA_HOST` | Address that `dawra serve` listens on (`--host`). | `127.0.0.1` |
| `DAWRA_PORT` | Port that `dawra serve` listens on (`--port`). | `8000` |

`XDG_DATA_HOME` decides where data go when `DAWRA_HOME` is unset and Dawra was not started from a checkout.

## Examples

    DATABASE_URL=postgresql://dawra:secret@db.example.com:5432/dawra?sslmode=verify-full
    DATABASE_URL=postgresql://dawra:secret@pooler:6432/dawra?pooler=transaction             behind PgBouncer; docs/run.md
    DAWRA_MAIL_URL=smtp://crm%40example.com:secret@mail.example.com:587     STARTTLS; smtps:// for TLS from the start
    DAWRA_BASE_URL=https://crm.example.com DAWRA_BEHIND_TLS=yes             behind a proxy that speaks https

Characters such as `@ : /` in a password are written as in any URL: `%40 %3A %2F`.
"""


def page() -> str:
    for name in [name for name in os.environ if name.startswith(("DAWRA_", "DATABASE_"))]:
        del os.environ[name]
    os.environ["DAWRA_HOME"] = "/tmp/dawra-settings"
    import dawra.site.settings  # noqa: F401 - reading the settings documents them
    from dawra.site.environment import DOCUMENTED

    rows = []
    for name, one in sorted(DOCUMENTED.items()):
        default = one.default.replace("/tmp/dawra-settings", "DAWRA_HOME").replace(str(ROOT), "…")
        shown = f"`{default}`" if default else "–"
        if name == "DAWRA_HOME":
            shown = "`var` in a checkout, else `~/.local/share/dawra`"
        elif name == "DAWRA_STATIC_ROOT":
            shown = "inside the package"
        rows.append(f"| `{name}` | {one.meaning} | {shown} |")
    return HEAD + "\n".join(rows) + "\n" + TAIL


if __name__ == "__main__":
    written = page()
    if "--check" in sys.argv:
        sys.exit(
            0
            if TARGET.exists() and TARGET.read_text(encoding="utf-8") == written
            else "docs/settings.md is not up to date"
        )
    TARGET.write_text(written, encoding="utf-8")
