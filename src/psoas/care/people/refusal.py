"""How a story says no: a plain sentence, and the field it belongs to."""


class Refusal(Exception):
    """Something asked for cannot be done; every sentence may be shown as it stands."""

    def __init__(self, sentences: dict[str, list[str]] | str) -> None:
        self.fields = {"": [sentences]} if isinstance(sentences, str) else sentences
        super().__init__(" ".join(text for texts in self.fields.values() for text in texts))


class NotAllowed(Exception):
    """The viewer may not do this. Says nothing about whether the thing exists."""
