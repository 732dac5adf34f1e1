"""What a finding or an appraisal of a table has to fulfil besides what its fields hold."""

from desktop_app.domain.changes.change import EntityKind, Value
from desktop_app.domain.errors import InvalidField
from desktop_app.domain.exchange.mapping import SheetMapping
from desktop_app.domain.fields.definition import NEEDED
from desktop_app.domain.imports import RowCode

from .coding import FIELDS, scale_value
from .row_values import Fault, RowValues


def check_part(
    kind: EntityKind, said: RowValues, mapping: SheetMapping, pages: int | None
) -> Fault | None:
    """Return why a row can't be a finding or an appraisal; None where it can.

    `pages` is how many pages the longest document of its record has, None for a record without
    documents, whose file may come later.
    """
    for field in FIELDS[kind].values():
        if field.required and said.values.get(field.name) in (None, ""):
            reason = NEEDED.format(field=field.name)
            return Fault(RowCode.INVALID_VALUE, reason, _column(mapping, field.name))
    page = said.values.get("page")
    if pages is not None and isinstance(page, int) and page > pages:
        reason = f"There is no page {page}; the document has {pages} pages."
        return Fault(RowCode.INVALID_VALUE, reason, _column(mapping, "page"))
    if kind is EntityKind.APPRAISAL:
        value: Value = said.values.get("value")
        try:
            scale_value(said.values.get("scale"), value)
        except InvalidField as error:
            reason = str(error.fields["detail"])
            return Fault(RowCode.INVALID_VALUE, reason, _column(mapping, "value"))
    return None


def _column(mapping: SheetMapping, name: str) -> str:
    return next((column for column, held in mapping.columns.items() if held == name), "")
