"""The side-scroller that plays the dreams."""
