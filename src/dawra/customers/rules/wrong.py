"""A value that cannot be used."""

from typing import Any


class Wrong(ValueError):
    """A value cannot be used. sentence: English, to be translated where shown, naming facts as %(fact)s."""

    def __init__(self, sentence: str, **facts: Any) -> None:
        self.sentence = sentence
        self.facts = facts
        super().__init__(sentence)
