"""`python -m generator`: writes levels, and sheets, maps and pages of them."""

from .levels import main

if __name__ == "__main__":
    raise SystemExit(main())
