"""python -m tests.fuzz seeds FOLDER | replay FILE… | options of libFuzzer: see tools/fuzz.sh."""

import importlib
import sys
from pathlib import Path

TARGET = "tests.fuzz.reading"


def main() -> None:
    if sys.argv[1] == "seeds":
        importlib.import_module(TARGET).seeds(Path(sys.argv[2]))
    elif sys.argv[1] == "replay":
        for name in sys.argv[2:]:
            importlib.import_module(TARGET).one(Path(name).read_bytes())
    else:
        import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore]  # tools/fuzz.sh has it

        with atheris.instrument_imports(include=["dawra.customers.importing.reading", "zipfile", "gzip"]):
            target = importlib.import_module(TARGET)
        atheris.Setup(sys.argv, target.one)
        atheris.Fuzz()


main()
