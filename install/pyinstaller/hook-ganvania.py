"""The plugin in a frozen game: its networks, and the modules that it imports by name."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

APART = ("_pyinstaller", "examples", "game", "gym", "training", "__main__")
"""What a game does not need; where it imports one of these itself, PyInstaller finds that."""

hiddenimports = collect_submodules(
    "ganvania", filter=lambda name: not name.startswith(tuple(f"ganvania.{part}" for part in APART))
)
datas = collect_data_files(
    "ganvania", includes=["assets/*.onnx", "assets/roles.json", "assets/MODEL_CARD.md", "inspect/*.html"]
)
