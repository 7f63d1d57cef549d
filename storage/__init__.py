"""The project file: schema, steps and undo, search, backup. No Qt."""

from storage.errors import AlreadyOpen, Damaged, ReadOnlyPlace
from storage.project import Project
from storage.steps import Change, Step, StepInfo

__all__ = ["AlreadyOpen", "Change", "Damaged", "Project", "ReadOnlyPlace", "Step", "StepInfo"]
