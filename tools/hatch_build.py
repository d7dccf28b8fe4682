"""Refuses to build a wheel that would arrive without its texts or static files: those are made by `make wheel`."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Complete(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable" or self.target_name != "wheel":
            return
        package = Path(self.root) / "src" / "dawra"
        missing = [
            str(text.with_suffix(".mo")) for text in package.rglob("*.po") if not text.with_suffix(".mo").exists()
        ]
        if not (package / "site" / "staticfiles" / "staticfiles.json").exists():
            missing.append("src/dawra/site/staticfiles (collected static files)")
        if missing:
            raise RuntimeError("the wheel would lack " + ", ".join(missing) + "; build it with: make wheel")
