"""What the reading process answers to one request."""

from collections.abc import Iterator
from pathlib import Path

from desktop_app.domain.extraction import Refusal, RefusalCode
from desktop_app.domain.records import NoText

from .extract import open_document
from .messages import Done, Headline, Message, Opened, Refused
from .pages import without_text


def answer(path: Path, first: int, last: int | None, megabytes: int) -> Iterator[Message]:
    """Read a file from page `first` on and yield a message for every page, in order.

    `last` is the last page to read, where that is not the last one of the file. `megabytes` is the
    memory limit, for the sentence that says that it was met.
    """
    try:
        document = open_document(path)
    except MemoryError:
        yield Refused(RefusalCode.TOO_LARGE, {"megabytes": megabytes})
        return
    if isinstance(document, Refusal):
        yield Refused(document.code, document.fields)
        return
    with document:
        yield Opened(document.page_count, document.properties)
        headline = ""
        end = document.page_count if last is None else min(last, document.page_count)
        for number in range(first, end + 1):
            try:
                yield document.read(number)
            except MemoryError:
                yield without_text(number, NoText.TOO_LARGE)
            if document.headline != headline:
                headline = document.headline
                yield Headline(headline)
    yield Done()
