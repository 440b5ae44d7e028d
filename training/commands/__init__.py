"""The commands of `python -m training`, a file each: its HELP, its options, and what it does."""
