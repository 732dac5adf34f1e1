"""What a check of the archive can find, and what a repair can do about it."""

from .found import TEMPLATES, CheckReport, Problem, ProblemCode
from .repairs import (
    RESULTS,
    CompactReport,
    Repair,
    RepairReport,
    RepairResult,
    Salvaged,
)

__all__ = [
    "RESULTS",
    "TEMPLATES",
    "CheckReport",
    "CompactReport",
    "Problem",
    "ProblemCode",
    "Repair",
    "RepairReport",
    "RepairResult",
    "Salvaged",
]
