"""What becomes of a file, by what its reading process said and how it ended."""

import time
from pathlib import Path

import pytest

from desktop_app.domain.extraction import Extraction, Refusal, RefusalCode
from desktop_app.domain.records import NoText, Page
from desktop_app.pdf.limits import MAX_FILE_CHARACTERS, Limits
from desktop_app.pdf.messages import BadMessage, Headline, Opened, Refused
from desktop_app.pdf.pages import without_text
from desktop_app.pdf.task import FileTask

PATH = Path("a.pdf")


def started(pages: int | None = None, most_pages: int | None = None, **limits: float) -> FileTask:
    task = FileTask(PATH, Limits(**limits), megabytes=77, most_pages=most_pages)  # type: ignore[arg-type]
    if pages is not None:
        task.take(Opened(pages, {"Title": "T"}))
    return task


def read(task: FileTask, number: int, text: str = "text") -> None:
    task.take(Page(number, str(number), text))


def extraction(task: FileTask) -> Extraction:
    assert isinstance(task.result, Extraction)
    return task.result


def refusal(task: FileTask) -> Refusal:
    assert isinstance(task.result, Refusal)
    assert task.result.reason
    return task.result


def test_all_pages_make_an_extraction() -> None:
    task = started(2)
    read(task, 1)
    task.take(Headline("The headline"))
    task.take(without_text(2, NoText.BLANK))
    assert task.result is None
    task.finish()
    found = extraction(task)
    assert [page.number for page in found.pages] == [1, 2]
    assert (found.headline, found.properties) == ("The headline", {"Title": "T"})
    assert not found.hazardous
    assert found.is_whole


@pytest.mark.parametrize("reason", [None, NoText.IMAGE_ONLY, NoText.UNREADABLE])
def test_first_pages_are_enough_where_one_of_them_is_worth_keeping(reason: NoText | None) -> None:
    task = started(9, most_pages=2)
    task.take(without_text(1, NoText.DAMAGED))
    task.take(without_text(2, reason) if reason else Page(2, "2", "text"))
    task.finish()
    found = extraction(task)
    assert (len(found.pages), found.page_count, found.is_whole) == (2, 9, False)


def test_file_of_few_pages_is_whole_also_where_more_were_allowed() -> None:
    task = started(2, most_pages=3)
    read(task, 1)
    read(task, 2)
    task.finish()
    assert extraction(task).is_whole


@pytest.mark.parametrize("reason", [NoText.BLANK, NoText.DAMAGED])
def test_first_pages_that_decide_nothing_are_followed_by_all_others(reason: NoText) -> None:
    task = started(4, most_pages=2)
    for number in (1, 2):
        task.take(without_text(number, reason))
    task.finish()
    assert (task.result, task.most_pages, task.next_page) == (None, None, 3)
    task.take(Opened(4))
    for number in (3, 4):
        task.take(without_text(number, reason))
    task.finish()
    if reason is NoText.DAMAGED:
        assert refusal(task).code is RefusalCode.DAMAGED
    else:
        assert extraction(task).is_whole


def test_reading_on_never_ends_with_less_than_all_pages() -> None:
    task = started(4, most_pages=1)
    task.take(without_text(1, NoText.BLANK))
    task.finish()
    task.take(Opened(4))
    read(task, 2)
    with pytest.raises(BadMessage):
        task.finish()


def test_stop_among_the_first_pages_counts_as_in_a_whole_reading() -> None:
    task = started(9, most_pages=2)
    task.stop(RefusalCode.TOO_LARGE)
    assert (task.result, task.most_pages, task.next_page) == (None, 2, 2)
    task.take(Opened(9))
    read(task, 2)
    task.finish()
    found = extraction(task)
    assert [page.no_text for page in found.pages] == [NoText.TOO_LARGE, None]
    assert found.hazardous


def test_stop_on_the_last_of_the_first_pages_ends_the_reading() -> None:
    task = started(9, most_pages=2)
    read(task, 1)
    task.stop(RefusalCode.CRASHED)
    assert len(extraction(task).pages) == 2


def test_first_pages_that_stop_too_many_processes_refuse_the_file() -> None:
    task = started(9, most_pages=2, max_stops=2)
    task.stop(RefusalCode.TOO_LARGE)
    task.stop(RefusalCode.TOO_LARGE)
    assert refusal(task).code is RefusalCode.TOO_LARGE


def test_page_behind_those_that_were_asked_for_is_not_believed() -> None:
    task = started(9, most_pages=1)
    read(task, 1)
    with pytest.raises(BadMessage):
        read(task, 2)


def test_refusal_is_passed_on() -> None:
    task = started()
    task.take(Refused(RefusalCode.NOT_A_PDF, {"found": "a web page (HTML)"}))
    assert refusal(task) == Refusal(PATH, RefusalCode.NOT_A_PDF, {"found": "a web page (HTML)"})


@pytest.mark.parametrize(
    "reason", [RefusalCode.TOO_SLOW, RefusalCode.TOO_LARGE, RefusalCode.CRASHED]
)
def test_stop_while_opening_refuses_at_once(reason: RefusalCode) -> None:
    task = started()
    task.stop(reason)
    assert refusal(task).code is reason


@pytest.mark.parametrize(
    ("reason", "mark"),
    [
        (RefusalCode.TOO_SLOW, NoText.TOO_SLOW),
        (RefusalCode.TOO_LARGE, NoText.TOO_LARGE),
        (RefusalCode.CRASHED, NoText.TOO_LARGE),
    ],
)
def test_page_that_stops_its_process_is_marked_and_the_rest_goes_on(
    reason: RefusalCode, mark: NoText
) -> None:
    task = started(3)
    read(task, 1)
    task.stop(reason)
    assert task.result is None
    assert task.next_page == 3
    task.take(Opened(3))
    read(task, 3)
    task.finish()
    found = extraction(task)
    assert [page.no_text for page in found.pages] == [None, mark, None]
    assert found.hazardous


def test_third_stop_ends_the_file_and_keeps_what_was_read() -> None:
    task = started(9)
    read(task, 1)
    for _ in range(3):
        assert task.result is None
        task.stop(RefusalCode.TOO_LARGE)
    found = extraction(task)
    assert len(found.pages) == 9
    assert {page.no_text for page in found.pages[1:]} == {NoText.TOO_LARGE}


def test_nothing_read_and_stopped_is_refused() -> None:
    task = started(2)
    task.stop(RefusalCode.TOO_LARGE)
    task.take(Opened(2))
    task.take(without_text(2, NoText.BLANK))
    task.finish()
    assert refusal(task) == Refusal(PATH, RefusalCode.TOO_LARGE, {"megabytes": 77})


def test_scan_with_one_bad_page_is_kept() -> None:
    task = started(2)
    task.take(without_text(1, NoText.IMAGE_ONLY))
    task.stop(RefusalCode.CRASHED)
    assert extraction(task).hazardous


def test_only_damaged_pages_are_a_damaged_file() -> None:
    task = started(2)
    for number in (1, 2):
        task.take(without_text(number, NoText.DAMAGED))
    task.finish()
    assert refusal(task).code is RefusalCode.DAMAGED


def test_whole_file_over_time_is_not_tried_again() -> None:
    task = started(5, file_s=0.0)
    read(task, 1)
    task.stop(RefusalCode.TOO_SLOW)
    assert [page.no_text for page in extraction(task).pages[1:]] == [NoText.TOO_SLOW] * 4


def test_time_of_opening_page_and_file_is_limited() -> None:
    now = time.monotonic()
    assert started(open_s=5).overdue(now + 6, now)
    assert not started(open_s=5).overdue(now + 4, now)
    assert started(3, open_s=5, page_s=1).overdue(now + 2, now)
    assert not started(3, open_s=1, page_s=5).overdue(now + 4, now)
    assert started(3, file_s=50).overdue(now + 51, now + 51)


def test_more_text_than_the_program_keeps_ends_the_file() -> None:
    task = started(3)
    read(task, 1, "x" * (MAX_FILE_CHARACTERS + 1))
    assert task.too_long
    task.stop(RefusalCode.TOO_LARGE)
    assert [page.no_text for page in extraction(task).pages] == [None, *[NoText.TOO_LARGE] * 2]


@pytest.mark.parametrize(
    "message",
    [
        Page(2, "2", "not the next page"),
        Page(1, "1", ""),
        Page(1, "1", "text and a reason", NoText.BLANK),
        Opened(4),
        Opened(0),
        Opened(30_001),
    ],
)
def test_what_does_not_fit_is_not_believed(message: Page | Opened) -> None:
    task = started(3)
    with pytest.raises(BadMessage):
        task.take(message)


def test_page_before_the_opening_or_end_before_the_last_page_is_not_believed() -> None:
    with pytest.raises(BadMessage):
        read(started(), 1)
    with pytest.raises(BadMessage):
        started(1).finish()
    with pytest.raises(BadMessage):
        started().finish()
    task = started(1)
    read(task, 1)
    with pytest.raises(BadMessage):
        read(task, 2)
