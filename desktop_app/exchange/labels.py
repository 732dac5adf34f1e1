"""What the codes of a list are called, and which code a person means by a name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from ..domain.fields import FieldDefinition, FieldType
from ..domain.text import fold, forms

COUNTRY, ANSWER = "country", "answer"

Schemes: TypeAlias = Mapping[str, Sequence[tuple[str, str]]]
"""The terms of each scheme in their order: id and label."""


class Labels:
    """The labels of the codes of each scheme; `label` and `code` are each other's reverse."""

    def __init__(
        self,
        shown: Mapping[str, Sequence[tuple[str, str]]],
        understood: Mapping[str, Sequence[tuple[str, str]]] | None = None,
    ) -> None:
        """Take what codes are called (id and label), and under which labels they are also known.

        A label that two codes of a scheme share means neither; then the code itself is written.
        """
        self._codes: dict[str, dict[str, str | None]] = {}
        self._exact: dict[str, set[str]] = {}
        # What is shown comes first: it has to be understood, whatever else is called the same.
        for labels in (shown, understood or {}):
            before = {scheme: set(known) for scheme, known in self._codes.items()}
            for scheme, pairs in labels.items():
                known = self._codes.setdefault(scheme, {})
                self._exact.setdefault(scheme, set()).update(code for code, _ in pairs)
                for key, code in _keyed(pairs):
                    if key not in before.get(scheme, ()):
                        known[key] = code if known.get(key, code) == code else None
        self._labels = {
            scheme: {code: label for code, label in pairs if self.code(scheme, label) == code}
            for scheme, pairs in shown.items()
        }

    def label(self, scheme: str, code: str) -> str:
        """Return what to write for a code: its label, or the code where it has none of its own."""
        return self._labels.get(scheme, {}).get(code, code)

    def code(self, scheme: str, text: str) -> str | None:
        """Return the code that a text names by itself or by a label; None for an unknown one."""
        if text in self._exact.get(scheme, ()):
            return text
        return self._codes.get(scheme, {}).get(_key(text))


def scheme_of(definition: FieldDefinition) -> str:
    """Return the scheme of the vocabulary that has the labels of a field's values."""
    if definition.scheme:
        return definition.scheme
    if definition.type is FieldType.COUNTRIES:
        return COUNTRY
    return ANSWER if "yes" in definition.codes else definition.name


def _keyed(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, str]]:
    for code, label in pairs:
        for key in {_key(label), _key(code)} - {""}:
            yield key, code


def _key(text: str) -> str:
    return " ".join(fold(form) for form in forms(text.replace("_", " ")))


NO_LABELS = Labels({})
"""Writes and understands codes alone."""
