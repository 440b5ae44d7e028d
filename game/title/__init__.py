"""The title: what is shown before a game begins, and what can be begun there."""

from .title import Choice, Page, Title, Wish

__all__ = ["Choice", "Page", "Title", "Wish"]
