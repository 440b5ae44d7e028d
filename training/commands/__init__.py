"""The commands of `python -m training`, a file each: `add_to` describes its options, `run` follows them."""
