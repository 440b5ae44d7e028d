"""Small games with dreamed levels, each a file to copy from: `python -m examples` lists them."""
