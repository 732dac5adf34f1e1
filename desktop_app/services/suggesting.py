"""What a record says of itself in its text: suggestions with page and quote, to be taken."""

from functools import lru_cache

from desktop_app.config.place_files import read_countries
from desktop_app.domain.changes.change import Change
from desktop_app.domain.changes.coded import Evidence
from desktop_app.domain.fields import RECORD_FIELDS
from desktop_app.domain.suggestions import Labels, Source, Suggestion, Terms, suggest
from desktop_app.domain.vocabulary import Vocabulary
from desktop_app.store.pages import Pages
from desktop_app.store.records import Records

from .editing import Editing
from .terms import TermsOfArchive

CONCEPT_FIELDS = ("phenomenon", "approach", "target_group", "setting")
SURE = 0.6
"""From this confidence on a suggestion is taken without asking for each one."""
ASK_FIRST = frozenset({"access"})
"""Nobody but a person decides who may see a record."""


class Suggesting:
    """Reads a record's first document for what it says of itself."""

    def __init__(
        self, records: Records, pages: Pages, editing: Editing, terms: TermsOfArchive
    ) -> None:
        self._terms = terms
        self._records = records
        self._pages = pages
        self._editing = editing

    def suggest(self, record_id: str) -> list[Suggestion]:
        """Return suggestions for a record, the best first in each field; none without a document.

        Fields in the order of `RECORD_FIELDS`.
        """
        record = self._records.get(self._records.resolve(record_id))
        if not record.documents:
            return []
        document = record.documents[0]
        source = Source(
            file_name=document.file_name,
            pages=self._pages.of_document(document.id),
            properties=document.properties,
            headline=record.title,
        )
        order = list(RECORD_FIELDS)
        found = suggest(source, read_countries(), _labels(self._terms.vocabulary()))
        return sorted(found, key=lambda said: (order.index(said.field), -said.confidence))

    def accept(self, record_id: str) -> tuple[list[Suggestion], list[Change]]:
        """Take the sure suggestions for fields that nobody filled; return them and the changes.

        An access level is never taken without a person.
        """
        record = self._records.get(self._records.resolve(record_id))
        state = self._editing.state(record.id)
        taken: list[Suggestion] = []
        for said in self.suggest(record.id):
            field = RECORD_FIELDS[said.field]
            filled = state.value(field.name) not in (None, (), [], "")
            if said.confidence < SURE or filled or field.name in ASK_FIRST:
                continue
            if field.several or all(other.field != field.name for other in taken):
                taken.append(said)
        # Of the file's properties no page tells anything.
        document = record.documents[0].id if record.documents else None
        values = [
            (
                said.field,
                said.stored,
                Evidence(said.page, said.quote if said.page else "", document),
            )
            for said in taken
        ]
        return taken, self._editing.fill(record.id, values) if values else []


@lru_cache(maxsize=1)
def _labels(vocabulary: Vocabulary) -> dict[str, Labels]:
    """Return the labels of the concept fields, by field."""
    found: dict[str, Labels] = {}
    for scheme in CONCEPT_FIELDS:
        names: dict[str, dict[str, str]] = {}
        for concept in vocabulary.in_scheme(scheme):
            for language, label in concept.labels.items():
                names.setdefault(language, {})[label] = concept.id
            for language, others in concept.alternatives.items():
                names.setdefault(language, {}).update(dict.fromkeys(others, concept.id))
        found[scheme] = Terms(names)
    return found
