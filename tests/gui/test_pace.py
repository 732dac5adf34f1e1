"""How fast a job goes, and what is said of it."""

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.domain.operations import Progress
from desktop_app.gui import spans
from desktop_app.gui.models.jobs import JobsModel
from desktop_app.gui.models.pace import FIRST_S, SILENCE_S, WINDOW_S, Pace, PaceKeeper
from desktop_app.gui.views.activity import progress_text

INVISIBLE = str.maketrans("", "", "\u2068\u2069")


def steady(keeper: PaceKeeper, per_second: float, until: float, begin: float = 0.0) -> Pace | None:
    """Tell a keeper twice a second of a job that goes evenly; return the last pace."""
    pace = None
    for tick in range(int(2 * begin), int(2 * until) + 1):
        pace = keeper.note(Progress(int(per_second * tick / 2), 1000), tick / 2)
    return pace


def test_the_first_seconds_say_nothing() -> None:
    keeper = PaceKeeper()
    assert steady(keeper, 8, FIRST_S - 1) is None
    pace = steady(keeper, 8, FIRST_S + 1, begin=FIRST_S - 0.5)
    assert pace is not None
    assert pace.per_second == pytest.approx(8, rel=0.2)


def test_a_steady_job_is_measured_and_its_end_foreseen() -> None:
    pace = steady(PaceKeeper(), 10, 40)
    assert pace is not None
    assert pace.per_second == pytest.approx(10, rel=0.05)
    assert pace.remaining_s == pytest.approx(60, rel=0.05)


def test_an_unknown_end_is_not_foreseen() -> None:
    keeper = PaceKeeper()
    paces = [keeper.note(Progress(5 * second, 0), second) for second in range(10)]
    assert paces[-1] == Pace(5.0, None)


def test_a_job_that_gets_slower_is_soon_measured_as_slow() -> None:
    keeper = PaceKeeper()
    steady(keeper, 20, 30)
    pace = None
    for second in range(31, int(31 + 2 * WINDOW_S)):
        pace = keeper.note(Progress(600 + second - 30, 1000), float(second))
    assert pace is not None
    assert pace.per_second == pytest.approx(1, rel=0.1)


def test_slow_things_are_measured_over_a_longer_time() -> None:
    keeper, pace = PaceKeeper(), None
    for second in range(0, 300):
        pace = keeper.note(Progress(second // 15, 100), float(second))
    assert pace is not None
    assert pace.per_second == pytest.approx(1 / 15, rel=0.3)


def test_one_slow_file_does_not_hide_that_it_goes_on() -> None:
    keeper = PaceKeeper()
    steady(keeper, 10, 20)
    slower = None
    for tick in range(41, 60):
        slower = keeper.note(Progress(200, 1000), tick / 2)
    assert slower is not None
    assert slower.per_second < 10


def test_a_computer_that_slept_gives_no_nonsense() -> None:
    keeper = PaceKeeper()
    steady(keeper, 10, 20)
    night = 20 + 8 * 3600.0
    assert keeper.note(Progress(201, 1000), night) is None
    assert keeper.note(Progress(203, 1000), night + 0.5) is None
    pace = None
    for tick in range(2, 20):
        pace = keeper.note(Progress(201 + 5 * tick, 1000), night + tick / 2)
    assert pace is not None
    assert pace.per_second == pytest.approx(10, rel=0.1)
    assert keeper.note(Progress(300, 1000), night + 9.5 + SILENCE_S + 1) is None


def test_a_job_that_counts_anew_is_measured_anew() -> None:
    keeper = PaceKeeper()
    steady(keeper, 10, 20)
    assert keeper.note(Progress(0, 50), 20.5) is None
    assert keeper.note(Progress(1, 50), 21.0) is None


def test_nothing_done_has_no_pace() -> None:
    keeper = PaceKeeper()
    assert [keeper.note(Progress(0, 10), float(second)) for second in range(20)] == [None] * 20


@pytest.mark.parametrize(
    ("per_second", "text"),
    [(1234.4, "1,234 a second"), (8.2, "8 a second"), (0.5, "30 a minute"), (0.01, "36 an hour")],
)
def test_rates(styled: QApplication, per_second: float, text: str) -> None:
    assert spans.rate(per_second) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.1, "a few seconds left"),
        (9.9, "a few seconds left"),
        (31, "about 40 seconds left"),
        (50, "about 50 seconds left"),
        (51, "about 1 minute left"),
        (89, "about 1 minute left"),
        (125, "about 2 minutes left"),
        (89 * 60, "about 89 minutes left"),
        (2.2 * 3600, "about 2 hours left"),
        (1e9, "more than a day left"),
    ],
)
def test_times_left(styled: QApplication, seconds: float, text: str) -> None:
    assert spans.time_left(seconds) == text


def test_progress_in_words(styled: QApplication) -> None:
    pace = Pace(8.2, 61)
    text = progress_text(Progress(12, 500), pace).translate(INVISIBLE)
    assert text == "12 of 500 · 8 a second · about 1 minute left"
    text = progress_text(Progress(12, 500), pace, with_rate=False).translate(INVISIBLE)
    assert text == "12 of 500 · about 1 minute left"
    assert progress_text(Progress(12, 500)).translate(INVISIBLE) == "12 of 500"
    assert progress_text(Progress(0, 0)) == ""


def test_each_job_has_a_pace_of_its_own(qapp: QApplication) -> None:
    now = [0.0]
    model = JobsModel(clock=lambda: now[0])
    model.start(1, "fast")
    model.start(2, "slow")
    for tick in range(40):
        now[0] = tick / 2
        model.progress(1, Progress(10 * tick, 1000))
        model.progress(2, Progress(tick, 1000))
    slow, fast = model.job(0), model.job(1)
    assert slow.pace is not None
    assert fast.pace is not None
    assert fast.pace.per_second == pytest.approx(10 * slow.pace.per_second)
    model.finish(1, "Done", can_undo=True)
    assert (model.job(1).pace, model.job(1).can_undo) == (None, True)
    assert model.knows(1)
    assert not model.knows(3)
