"""Pages without text, as both the reading process and its parent make them."""

from desktop_app.domain.records import NoText, Page, TextHealth

ENGINE = "pdfium"
"""The name of the engine that reads nearly all pages."""

_HEALTH = {
    NoText.BLANK: TextHealth.GOOD,
    NoText.IMAGE_ONLY: TextHealth.SCANNED,
    NoText.UNREADABLE: TextHealth.UNREADABLE,
}


def without_text(number: int, reason: NoText, label: str = "") -> Page:
    """Return page `number` as one without text, for `reason`."""
    health = _HEALTH.get(reason, TextHealth.PARTIAL)
    return Page(number, label or str(number), "", no_text=reason, health=health, engine=ENGINE)
