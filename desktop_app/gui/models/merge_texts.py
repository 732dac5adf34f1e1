"""What is said of records that are to be merged: values, files, and what the merge will do."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.changes.coded import Coded, State
from desktop_app.domain.duplicates import Reason
from desktop_app.domain.exchange.headings import heading
from desktop_app.domain.exchange.other_fields import OTHER
from desktop_app.domain.imports import MatchedBy
from desktop_app.domain.merging import Merge
from desktop_app.domain.records import Access, Kind, Record
from desktop_app.domain.translation import QT_TRANSLATE_NOOP
from desktop_app.gui import formats

ValueText = Callable[[str, Value], str]
"""What a value of a field is called: `value_text("country", "SE")`."""

REASONS = {
    MatchedBy.BYTES: QT_TRANSLATE_NOOP("Merging", "the same file"),
    MatchedBy.DOI: QT_TRANSLATE_NOOP("Merging", "the same DOI"),
    MatchedBy.ISBN: QT_TRANSLATE_NOOP("Merging", "the same ISBN"),
    MatchedBy.TITLE_AND_YEAR: QT_TRANSLATE_NOOP("Merging", "the same title"),
    MatchedBy.TEXT: QT_TRANSLATE_NOOP("Merging", "nearly the same text"),
}
PARTS = {
    EntityKind.FINDING: QT_TRANSLATE_NOOP("Merging", "findings: {n}"),
    EntityKind.APPRAISAL: QT_TRANSLATE_NOOP("Merging", "appraisals: {n}"),
    EntityKind.NOTE: QT_TRANSLATE_NOOP("Merging", "notes: {n}"),
}


def reasons_text(reasons: Sequence[Reason]) -> str:
    """Return why records are probably the same, each reason once."""
    translate = QCoreApplication.translate
    found: dict[str, None] = {}
    for reason in reasons:
        text = translate("Merging", REASONS[reason.by])
        if reason.similarity is not None:
            template = translate("Merging", "{reason} ({percent})")
            text = template.format(reason=text, percent=formats.percent(reason.similarity))
        elif reason.by in {MatchedBy.DOI, MatchedBy.ISBN}:
            text = f"{text} {formats.isolate(reason.value)}"
        found[text] = None
    template = translate("Merging", "Probably the same: {reasons}")
    return template.format(reasons=formats.joined(list(found), ", "))


def merge_text(plan: Merge) -> str:
    """Return what a merge will do, in sentences."""
    translate = QCoreApplication.translate
    moved = [each for each in plan.documents if each.document.record_id != plan.keep.id]
    files = sum(each.twin is None for each in moved)
    counts = {
        kind: sum(plan.parts.get(other.id, {}).get(kind, 0) for other in plan.others)
        for kind in PARTS
    }
    things = [formats.files(files)] if files else []
    things += [
        translate("Merging", PARTS[kind]).format(n=formats.number(count))
        for kind, count in counts.items()
        if count
    ]
    kept = translate("Merging", "“{title}” is kept.")
    said = [kept.format(title=formats.isolate(plan.keep.title))]
    if things:
        gets = translate("Merging", "It gets {things}.")
        said.append(gets.format(things=formats.joined(things, ", ")))
    if len(moved) > files:
        said.append(translate("Merging", "A file that two records have stays once."))
    if len(plan.others) == 1:
        said.append(
            translate("Merging", "The other record goes to the trash with all that it says.")
        )
    else:
        said.append(
            translate("Merging", "The other records go to the trash with all that they say.")
        )
    said.append(translate("Merging", "You can undo the merge."))
    return " ".join(said)


def about_record(plan: Merge, record: Record) -> str:
    """Return what tells a record from the others: its day, its files, what was said of it."""
    translate = QCoreApplication.translate
    added = translate("Merging", "added {day}").format(day=formats.date(record.added_at))
    parts = [added, formats.files(len(record.documents))]
    parts += [
        translate("Merging", PARTS[kind]).format(n=formats.number(count))
        for kind, count in plan.parts.get(record.id, {}).items()
        if count and kind in PARTS
    ]
    return formats.joined(parts)


def said_text(name: str, said: Sequence[Coded], value_text: ValueText) -> str:
    """Return what a record says in a field, with pages; "" where it says nothing."""
    texts = [_said(name, each, value_text) for each in said]
    return formats.joined([text for text in texts if text], "; ")


def field_name(name: str) -> str:
    """Return the name of a field in the language of the window."""
    if name == OTHER:
        return QCoreApplication.translate("Merging", "Other fields")
    text = heading(name, formats.language())
    return text if text != name else name.replace("_", " ")


def plain_value(name: str, value: Value) -> str:
    """Return a value for people, codes of a vocabulary as they are."""
    if name == "access" and isinstance(value, Mapping):
        level, until = (value.get(key) for key in ("level", "until"))
        template = QCoreApplication.translate("Merging", "{level} until {day}")
        shown = plain_value(name, level)
        return template.format(level=shown, day=until) if until else shown
    if isinstance(value, Mapping):
        parts = [plain_value(name, part) for part in value.values() if part is not None]
        return formats.joined(parts, ", ")
    if isinstance(value, list | tuple):
        return formats.joined([plain_value(name, each) for each in value], "; ")
    if name == "language" and isinstance(value, str):
        return formats.language_name(value)
    if name == "access" and value in list(Access):
        return formats.access_name(Access(str(value)))
    if name == "kind" and value in list(Kind):
        return formats.kind_name(Kind(str(value)))
    return str(value)


def _said(name: str, said: Coded, value_text: ValueText) -> str:
    translate = QCoreApplication.translate
    if said.value in (None, "", [], ()):
        return {
            State.NOT_REPORTED: translate("Merging", "not reported"),
            State.NOT_APPLICABLE: translate("Merging", "not applicable"),
        }.get(said.state, "")
    text = _other_text(said.value) if name == OTHER else value_text(name, said.value)
    page = said.evidence.page if said.evidence is not None else None
    if page is None:
        return text
    template = translate("Merging", "{text} ({page})")
    return template.format(text=text, page=formats.page(str(page)))


def _other_text(value: Value) -> str:
    if not isinstance(value, Mapping):
        return ""
    return "; ".join(
        f"{name}: {plain_value(str(name), texts)}"
        for tags in value.values()
        if isinstance(tags, Mapping)
        for name, texts in tags.items()
    )
