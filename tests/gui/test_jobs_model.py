"""The model of running and finished jobs."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.domain.operations import Progress
from desktop_app.gui.models.jobs import KEPT, JobRole, JobsModel, JobState


def test_life_of_a_job(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model = JobsModel()
    qtmodeltester.check(model)
    with qtbot.waitSignal(model.running_changed) as running:
        model.start(7, "Import")
    assert running.args == [1]
    with qtbot.waitSignal(model.dataChanged):
        model.progress(7, Progress(3, 20, "a.pdf"))
    assert model.index(0).data(JobRole.JOB).progress == Progress(3, 20, "a.pdf")
    model.cancelling(7)
    assert model.job(0).state is JobState.CANCELLING
    with qtbot.waitSignal(model.running_changed) as running:
        model.finish(7, "Stopped", has_report=True)
    assert running.args == [0]
    job = model.job(0)
    assert (job.state, job.text, job.has_report) == (JobState.FINISHED, "Stopped", True)


def test_the_newest_stands_first(qapp: QApplication) -> None:
    model = JobsModel()
    model.start(1, "first")
    model.start(2, "second")
    assert [model.index(row).data() for row in (0, 1)] == ["second", "first"]
    model.finish(1, "Broken", failed=True)
    assert [job.id for job in model.running] == [2]
    assert model.job(1).state is JobState.FAILED


def test_progress_after_the_end_changes_nothing(qapp: QApplication) -> None:
    model = JobsModel()
    model.start(1, "Import")
    model.finish(1, "Done")
    model.progress(1, Progress(1, 2))
    model.cancelling(1)
    assert model.job(0).progress == Progress(0, 0)
    assert model.job(0).state is JobState.FINISHED


def test_unknown_and_known_ids_are_errors(qapp: QApplication) -> None:
    model = JobsModel()
    model.start(1, "Import")
    with pytest.raises(KeyError):
        model.progress(2, Progress(1, 2))
    with pytest.raises(ValueError, match="1"):
        model.start(1, "Again")


def test_old_rows_are_forgotten_but_never_running_ones(qapp: QApplication) -> None:
    model = JobsModel()
    model.start(0, "runs for ever")
    for number in range(1, KEPT + 20):
        model.start(number, "short")
        model.finish(number, "Done")
    assert model.rowCount() == KEPT
    assert [job.id for job in model.running] == [0]
    assert model.job(0).id == KEPT + 19
