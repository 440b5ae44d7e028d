"""Freezes the game into one folder that starts without Python: `make app`, or `python install/freeze.py`.

PyInstaller does it. Networks, sprites and texts go with it, PyTorch and what only training, tests or films
need stays away. A frozen game runs on the kind of system that it was frozen on.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ("*.onnx", "*.npz", "*.txt", "*.json", "*.md", "attract", "sprites", "texts")
"""What is taken of assets/; training's network is not."""
LEFT_OUT = (
    "torch", "training", "onnx", "onnxscript", "safetensors", "tensorboard", "scipy", "matplotlib", "imageio",
    "imageio_ffmpeg", "soundfile", "pyloudnorm", "pytest", "hypothesis", "tkinter", "IPython", "sympy",
)  # fmt: skip
"""Modules that the game does without, where they happen to be installed."""


def arguments(out: Path) -> list[str]:
    """What PyInstaller is told, for a folder `out`/ganvania."""
    told = ["--name", "ganvania", "--noconfirm", "--log-level", "WARN", "--windowed"]
    told += ["--distpath", str(out), "--workpath", str(out / "work"), "--specpath", str(out / "work")]
    told += ["--paths", str(ROOT)]
    for pattern in ASSETS:
        for path in sorted((ROOT / "assets").glob(pattern)):
            inside = f"assets/{path.name}" if path.is_dir() else "assets"
            told += ["--add-data", f"{path}:{inside}"]
    told += ["--add-data", f"{ROOT / 'generator' / 'inspect' / 'page.html'}:generator/inspect"]
    for package in ("generator", "game"):
        told += ["--collect-submodules", package]
    for module in LEFT_OUT:
        told += ["--exclude-module", module]
    return [*told, str(ROOT / "install" / "app.py")]


def main() -> int:
    """Freezes; returns the exit code, 2 where PyInstaller is missing."""
    try:
        from PyInstaller.__main__ import run
    except ModuleNotFoundError:
        print("error: PyInstaller is missing; install it with: pip install -e '.[freeze]'", file=sys.stderr)
        return 2
    sys.path.insert(0, str(ROOT))
    out = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "dist"
    run(arguments(out.resolve()))
    print(out / "ganvania")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
