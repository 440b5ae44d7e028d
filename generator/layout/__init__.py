"""Stages out of integers: plans, drawn rooms and what lives there, laid out, proven and repaired."""

from .plan import Plan
from .stages import Stage, build_stage
from .structure import Structure

__all__ = ["Plan", "Stage", "Structure", "build_stage"]
