"""One file on its way through the pool: what is known of it so far, and what becomes of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.records import NoText, Page

from .limits import MAX_FILE_CHARACTERS, MAX_PAGES, Limits
from .messages import BadMessage, Headline, Opened, Refused
from .pages import without_text

_MARKS = {
    RefusalCode.TOO_SLOW: NoText.TOO_SLOW,
    RefusalCode.TOO_LARGE: NoText.TOO_LARGE,
    RefusalCode.CRASHED: NoText.TOO_LARGE,
}
_USABLE = frozenset({None, NoText.IMAGE_ONLY, NoText.UNREADABLE})


@dataclass(slots=True)
class FileTask:
    """A file that is being read. `started` is when `clock`, in seconds, saw it begin.

    `most_pages` says that only so many pages are wanted, from the first on; it becomes None where
    these do not say whether the file is refused. `result` is None until the file is finished.
    """

    path: Path
    limits: Limits
    megabytes: int
    clock: Callable[[], float] = time.monotonic
    started: float = field(init=False)
    most_pages: int | None = None
    result: Extraction | Refusal | None = None
    _page_count: int | None = None
    _pages: list[Page] = field(default_factory=list)
    _properties: dict[str, str] = field(default_factory=dict)
    _headline: str = ""
    _characters: int = 0
    _stops: int = 0
    _stopped_by: RefusalCode | None = None

    def __post_init__(self) -> None:
        self.started = self.clock()

    @property
    def next_page(self) -> int:
        """Return the number of the first page that was not read yet."""
        return len(self._pages) + 1

    def overdue(self, now: float, last_heard: float) -> bool:
        """Return whether the page, or the opening of the file, or the whole file took too long."""
        step = self.limits.open_s if self._page_count is None else self.limits.page_s
        return now - last_heard > step or now - self.started > self.limits.file_s

    def take(self, message: Opened | Headline | Refused | Page) -> None:
        """Note what the reading process said.

        Raises:
            BadMessage: it does not fit what it said before.
        """
        match message:
            case Opened():
                known = self._page_count
                if not 0 < message.page_count <= MAX_PAGES or known not in {
                    None,
                    message.page_count,
                }:
                    raise BadMessage
                self._page_count = message.page_count
                self._properties = message.properties
            case Headline():
                self._headline = message.text
            case Refused():
                self.result = Refusal(self.path, message.code, message.fields)
            case Page():
                self._take_page(message)

    def finish(self) -> None:
        """Note that the reading process has sent all pages that are wanted.

        There is a result, unless these were the first ones and more are wanted now.

        Raises:
            BadMessage: it has not sent them.
        """
        if self._page_count is None or len(self._pages) != self._wanted(self._page_count):
            raise BadMessage
        self._settle(self._page_count)

    def stop(self, reason: RefusalCode) -> None:
        """Note that the reading process was stopped, or stopped by itself, for `reason`.

        The page that it was reading is marked. There is a result when that was the last page, or
        the file has stopped too many processes, or its time is over.
        """
        self._stops += 1
        self._stopped_by = reason
        if self._page_count is None:
            self.result = self._refusal(reason)
            return
        over = self.clock() - self.started > self.limits.file_s
        given_up = over or self._stops >= self.limits.max_stops
        given_up = given_up or self._characters > MAX_FILE_CHARACTERS
        if given_up and not self._is_usable:
            self.most_pages = None
        wanted = self._wanted(self._page_count)
        last = wanted if given_up else min(self.next_page, wanted)
        mark = _MARKS[reason]
        self._pages += (without_text(number, mark) for number in range(self.next_page, last + 1))
        if len(self._pages) == wanted:
            self._settle(self._page_count)

    @property
    def too_long(self) -> bool:
        """Return whether the file has more text than the program keeps of one."""
        return self._characters > MAX_FILE_CHARACTERS

    @property
    def _is_usable(self) -> bool:
        """Whether a page was read that keeps the file from being refused, whatever follows."""
        return any(page.no_text in _USABLE for page in self._pages)

    def _wanted(self, page_count: int) -> int:
        return page_count if self.most_pages is None else min(self.most_pages, page_count)

    def _settle(self, page_count: int) -> None:
        if self._is_usable or len(self._pages) == page_count:
            self._conclude(page_count)
        else:
            self.most_pages = None

    def _take_page(self, page: Page) -> None:
        known = self._page_count
        if known is None or page.number != self.next_page or page.number > self._wanted(known):
            raise BadMessage
        if bool(page.text) == (page.no_text is not None):
            raise BadMessage
        self._characters += len(page.text)
        self._pages.append(page)

    def _conclude(self, page_count: int) -> None:
        reasons = {page.no_text for page in self._pages}
        hazardous = not reasons.isdisjoint(_MARKS.values())
        if reasons == {NoText.DAMAGED}:
            self.result = Refusal(self.path, RefusalCode.DAMAGED)
        elif hazardous and reasons.isdisjoint(_USABLE):
            self.result = self._refusal(self._stopped_by or RefusalCode.TOO_LARGE)
        else:
            self.result = Extraction(
                tuple(self._pages), self._properties, self._headline, hazardous, page_count
            )

    def _refusal(self, reason: RefusalCode) -> Refusal:
        fields: dict[str, str | int] = {}
        if reason is RefusalCode.TOO_SLOW:
            fields["seconds"] = max(1, round(self.clock() - self.started))
        if reason is RefusalCode.TOO_LARGE:
            fields["megabytes"] = self.megabytes
        return Refusal(self.path, reason, fields)
