"""The whole game, frozen out of the wheel: its sprites, texts and demos, and the index of the inspector."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

hiddenimports = collect_submodules("ganvania.game")
datas = collect_data_files("ganvania", includes=["assets/**"])
