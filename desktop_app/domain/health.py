"""How well a whole document could be read, from its pages."""

from collections.abc import Sequence

from .records import NoText, Page, TextHealth

UNREAD_SHARE = 0.1
"""Share of pages with pictures only from which a text counts as partial: a cover does not."""
_LOST = frozenset({NoText.DAMAGED, NoText.TOO_SLOW, NoText.TOO_LARGE, NoText.UNREADABLE})


def document_health(pages: Sequence[Page]) -> TextHealth:
    """Return the text health of a document; blank pages are read as what they are."""
    reasons = [page.no_text for page in pages if page.no_text is not None]
    lost = sum(reason in _LOST for reason in reasons)
    pictures = reasons.count(NoText.IMAGE_ONLY)
    if len(reasons) == len(pages):
        if pictures:
            return TextHealth.SCANNED
        return TextHealth.UNREADABLE if lost else TextHealth.GOOD
    if any(page.health is TextHealth.UNREADABLE for page in pages if page.no_text is None):
        return TextHealth.PARTIAL
    if lost or pictures > UNREAD_SHARE * len(pages):
        return TextHealth.PARTIAL
    if any(page.health is TextHealth.REPAIRED for page in pages):
        return TextHealth.REPAIRED
    return TextHealth.GOOD
