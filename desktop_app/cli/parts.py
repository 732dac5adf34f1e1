"""How findings, appraisals, notes and evidence are printed, for people and as JSON."""

from collections.abc import Iterable, Mapping

from desktop_app.domain.changes.change import Value
from desktop_app.domain.findings import Appraisal, Finding, Note, Parts
from desktop_app.domain.records import Record

from . import render
from .objects import evidence_json, iso_time
from .render import FIRST_ID_CHARACTERS, Row, shown


def coded_json(record: Record) -> dict[str, list[dict[str, object]]]:
    """Return what was said of fields besides their values: state, page, quote, coder, date."""
    return {
        name: [evidence_json(said) for said in coded]
        for name, coded in sorted(record.coded.items())
        if coded
    }


def parts_json(parts: Parts) -> dict[str, list[dict[str, object]]]:
    """Return findings, appraisals and notes as JSON values."""
    return {
        "findings": [
            {
                "id": finding.id,
                "outcome": finding.outcome,
                "direction": finding.direction,
                "stage": finding.stage,
                **finding.fields,
                "disputed": list(finding.disputed),
            }
            for finding in parts.findings
        ],
        "appraisals": [
            {
                "id": appraisal.id,
                "scale": appraisal.scale,
                "value": appraisal.value,
                **appraisal.fields,
                "disputed": list(appraisal.disputed),
            }
            for appraisal in parts.appraisals
        ],
        "notes": [
            {
                "id": note.id,
                "text": note.text,
                "page": note.page,
                "quote": note.quote,
                "document": note.document_id,
                "shared": note.shared,
                "author": note.author,
                "created_at": iso_time(note.created_at),
                "changed_at": iso_time(note.changed_at),
                "disputed": list(note.disputed),
            }
            for note in parts.notes
        ],
    }


def print_parts(record: Record, parts: Parts) -> None:
    """Print where values stand, then findings, appraisals and notes, each with its short id."""
    render.print_section("evidence", _evidence_rows(record))
    render.print_section("findings", map(_finding_row, parts.findings))
    render.print_section("appraisals", map(_appraisal_row, parts.appraisals))
    render.print_section("notes", map(_note_row, parts.notes))


def _evidence_rows(record: Record) -> Iterable[Row]:
    for name, coded in record.coded.items():
        for said in coded:
            evidence = said.evidence
            parts = [said.state.replace("_", " ") if said.value is None else shown(said.value)]
            if evidence is not None:
                parts += [_place(evidence.page, evidence.quote)]
                parts += [f"({shown(' '.join(filter(None, (evidence.coder, evidence.date))))})"]
            yield name.replace("_", " "), "  ".join(part for part in parts if part)


def _finding_row(finding: Finding) -> Row:
    fields = dict(finding.fields)
    place = _place(fields.pop("page", None), fields.pop("quote", ""))
    said = [f"{shown(finding.outcome)}: {shown(finding.direction)}"]
    said += [shown(finding.stage)] if finding.stage else []
    return finding.id[:FIRST_ID_CHARACTERS], _line([*said, *_others(fields), place])


def _appraisal_row(appraisal: Appraisal) -> Row:
    fields = dict(appraisal.fields)
    reason = fields.pop("reason", "")
    said = [f"{shown(appraisal.scale)}: {shown(appraisal.value)}", shown(reason)]
    return appraisal.id[:FIRST_ID_CHARACTERS], _line([*said, *_others(fields)])


def _note_row(note: Note) -> Row:
    about = f"({shown(note.author)}{', shared' if note.shared else ''})"
    return note.id[:FIRST_ID_CHARACTERS], _line(
        [_place(note.page, note.quote), shown(note.text), about]
    )


def _others(fields: Mapping[str, Value]) -> list[str]:
    return [f"{name.replace('_', ' ')} {shown(value)}" for name, value in fields.items()]


def _place(page: Value, quote: Value) -> str:
    where = f"p. {page}" if page else ""
    return f"{where} “{shown(quote)}”".strip() if quote else where


def _line(parts: Iterable[str]) -> str:
    return "  ".join(part for part in parts if part)
