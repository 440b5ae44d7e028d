"""What is measured, each beside a peer or an idle control. `python -m benchmarks` prints a table."""
