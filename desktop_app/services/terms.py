"""The vocabulary of an archive: the program's own, and the terms that its users added."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from desktop_app.config.place_files import read_countries
from desktop_app.config.vocabulary_files import load_vocabulary
from desktop_app.domain.changes import edits
from desktop_app.domain.changes.change import Change, EntityKind, Value
from desktop_app.domain.concepts import LANGUAGES, Concept
from desktop_app.domain.controlled import ControlledTerms
from desktop_app.domain.errors import ConceptFixed, ConceptNotFound, InvalidField
from desktop_app.domain.fields import FieldDefinition, FieldType, Group, InvalidValue, check_text
from desktop_app.domain.text import fold, forms
from desktop_app.domain.vocabulary import Vocabulary
from desktop_app.store.changes import ChangeLog
from desktop_app.store.parts import PartsOfRecords
from desktop_app.store.records import Records

from .authorship import Authorship

LABEL = "label_"
_LABEL_FIELD = FieldDefinition("label", Group.CONCEPT, FieldType.LINE, required=True)
_MAX_LABEL = 200


class TermsOfArchive:
    """Looks up terms, and lets people add their own to the open schemes."""

    def __init__(
        self, parts: PartsOfRecords, records: Records, log: ChangeLog, authorship: Authorship
    ) -> None:
        self._parts = parts
        self._records = records
        self._log = log
        self._authorship = authorship
        self._known: tuple[tuple[Concept, ...], ControlledTerms] | None = None

    def controlled(self) -> ControlledTerms:
        """Return the terms as they are now; made anew only when somebody changed the local ones."""
        local = tuple(self._parts.concepts())
        if self._known is None or self._known[0] != local:
            vocabulary = _of_program()
            merged = vocabulary.merged(local) if local else vocabulary
            self._known = (local, ControlledTerms(merged, read_countries()))
        return self._known[1]

    def vocabulary(self) -> Vocabulary:
        """Return the whole vocabulary, local terms included."""
        return self.controlled().vocabulary

    def local(self) -> list[Concept]:
        """Return the terms that people added to this archive."""
        return self._parts.concepts()

    def add(
        self,
        scheme: str,
        labels: Mapping[str, str],
        *,
        alternatives: Iterable[tuple[str, str]] = (),
        broader: Sequence[str] = (),
        note: str = "",
    ) -> tuple[Concept, list[Change]]:
        """Add a term, or further labels to a local one of the same name; return it.

        `labels` are preferred labels by language (at least one), `alternatives` pairs of language
        and label, `broader` keys or labels of terms above it in the scheme. Its id comes from its
        label, so that two offices that add the same term have the same one. Raises `ConceptFixed`
        for a closed scheme or a term that the program has, `ConceptNotFound`, `InvalidField`.
        """
        vocabulary = self.vocabulary()
        known = vocabulary.scheme(scheme)
        if known is None or known.closed:
            open_ones = ", ".join(each.id for each in vocabulary.schemes if not each.closed)
            raise ConceptFixed(
                detail=f'Terms can\'t be added to "{scheme}". Lists that take more: {open_ones}.'
            )
        checked = {language: _label(language, text) for language, text in labels.items()}
        others = [(language, _label(language, text)) for language, text in alternatives]
        if not checked:
            raise InvalidField(detail="A term needs a label in at least one language.")
        concept_id = _slug(checked)
        for text in checked.values():
            for found in vocabulary.find(text, scheme):
                if found.id != concept_id or _of_program().get(found.key):
                    raise ConceptFixed(detail=f'"{text}" is a label of "{found.key}" already.')
        key = f"{scheme}:{concept_id}"
        if _of_program().get(key):
            raise ConceptFixed(detail=f'There is a term "{key}" already.')
        values: dict[str, Value] = {"scheme": scheme, "note": note or None}
        values |= {LABEL + language: text for language, text in checked.items()}
        above = [self._key(name, scheme) for name in broader]
        origin = self._authorship.origin()
        state = self._log.state(EntityKind.CONCEPT, key)
        made = [
            edits.set_value(origin, state, name, value)
            for name, value in values.items()
            if value is not None
        ]
        made += [
            edits.add_element(origin, state, "alternative", {"language": language, "text": text})
            for language, text in others
        ]
        made += [edits.add_element(origin, state, "broader", name) for name in above]
        made.append(edits.restore(origin, state))
        changes = [change for change in made if change is not None]
        self._records.apply(changes)
        concept = self.vocabulary().get(key)
        if concept is None:
            raise ConceptNotFound(key=key)
        return concept, changes

    def remove(self, key: str) -> list[Change]:
        """Take a local term away; records that use it keep it, and `check` names them."""
        found = self.vocabulary().get(key)
        if found is None:
            raise ConceptNotFound(key=key)
        if all(local.key != found.key for local in self.local()):
            raise ConceptFixed(detail=f'"{found.key}" comes with the program.')
        state = self._log.state(EntityKind.CONCEPT, found.key)
        made = edits.delete(self._authorship.origin(), state)
        changes = [] if made is None else [made]
        self._records.apply(changes)
        return changes

    def _key(self, name: str, scheme: str) -> str:
        vocabulary = self.vocabulary()
        found = vocabulary.get(name) or vocabulary.get(f"{scheme}:{name}")
        found = found or next(iter(vocabulary.find(name, scheme)), None)
        if found is None:
            raise ConceptNotFound(key=name)
        return found.key


@cache
def _of_program() -> Vocabulary:
    return load_vocabulary()


def _label(language: str, text: str) -> str:
    if language not in LANGUAGES:
        raise InvalidField(
            detail=f'There are no labels in "{language}", only in {", ".join(LANGUAGES)}.'
        )
    try:
        checked = check_text(_LABEL_FIELD, text, _MAX_LABEL)
    except InvalidValue as error:
        raise InvalidField(detail=str(error)) from error
    if not checked:
        raise InvalidField(detail="A label can't be empty.")
    return checked


def _slug(labels: Mapping[str, str]) -> str:
    """Return an id from the English label, else from the first one."""
    text = labels.get("en") or next(iter(labels.values()))
    return "_".join(fold(form) for form in forms(text)) or uuid.uuid4().hex
