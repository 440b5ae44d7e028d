"""Replays beside the session: the levels that a replay is held to, its buttons for a session that shows it,
and the folder where runs are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.files import write_atomically, writing
from generator.layout.stages import build_stage
from generator.level import Level
from generator.level.codes import CodeError, decode
from generator.stream import LevelKey, build_level
from generator.stream.bare import bare_level

from ..world import World
from ..world.replay import MOST_BYTES, Begun, Replay, ReplayError
from ..world.world import Outcome
from .phases import Command, Phase
from .session import Session

SUFFIX = ".replay"
KEPT = 50
"""How many runs the folder keeps; the oldest are deleted."""
LEAST_TICKS = 600
"""Shorter runs are not kept."""


def default_folder() -> Path:
    """Where runs are kept if nobody names a folder: in the user's folder of data."""
    import platformdirs

    return Path(platformdirs.user_data_path("Ganvania", appauthor=False)) / "replays"


def read_replay(path: Path) -> Replay:
    """The replay in a file. Raises ReplayError for what is none, or leads to no castle."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise ReplayError(f"{path}: no replay; name a file that this game wrote")
        replay = Replay.from_bytes(path.read_bytes(), str(path))
    except OSError as error:
        raise ReplayError(f"{path}: cannot be read ({error.strerror}); name a replay") from None
    try:
        for part in replay.parts:
            decode(part.code)
    except CodeError as error:
        raise ReplayError(f"{path}: a broken replay ({error}); name a file that this game wrote") from None
    if not replay.parts:
        raise ReplayError(f"{path}: a replay of nothing; name another")
    return replay


def keep(replay: Replay, folder: Path, name: str, most: int = KEPT) -> Path:
    """Writes a run, and deletes the oldest where there are more than so many. Raises WriteError."""
    path = folder / f"{name}{SUFFIX}"
    with writing(folder, "choose another --replays-dir"):
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, lambda file: file.write(replay.to_bytes()))
        old = sorted(folder.glob(f"*{SUFFIX}"), key=lambda other: other.stat().st_mtime)
        for other in old[:-most]:
            other.unlink(missing_ok=True)
    return path


def levels_of(network: Path | None) -> Callable[[str], Level]:
    """Gives the level of a share code, without art where it is not what the level is made of. `network`: what
    dream rooms are dreamed with; None: the one that ships."""
    known: dict[str, Level] = {}

    def level_of(code: str) -> Level:
        if code not in known:
            seed, stage, art, difficulty, mode = LevelKey.of(decode(code))[:5]
            if mode == "dream":
                from generator.dream.loading import load_networks

                networks = load_networks(network, None)
                known[code] = build_level(
                    seed, stage, networks=networks, art=art, difficulty=difficulty, mode=mode
                ).level
            else:
                stage_built = build_stage(seed, stage, difficulty, mode=mode)
                known[code] = bare_level(stage_built, seed, stage, difficulty, mode, art=art)
        return known[code]

    return level_of


class Replaying:
    """Presses a replay's buttons in a session, and asks for the castles that were asked for."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.done = False
        """Whether all of it was shown, or the session has gone another way."""
        self._part = -1
        self._at = 0
        self._world: World | None = None
        self._asked = False

    def buttons(self, session: Session) -> int:
        """The mask for the session's next tick."""
        world, parts = session.world, self.replay.parts
        if self.done or world is None:
            return 0
        if session.phase in (Phase.GAME_OVER, Phase.ENDING):
            self._lead_on(session)
            return 0
        if not session.steps:
            return 0
        if world is not self._world:
            self._world, self._part, self._at, self._asked = world, self._part + 1, 0, False
            lost = self._part >= len(parts) or parts[self._part].code != session.playthrough.played_code
            self.done = self.done or lost
            if not lost:
                session.help(parts[self._part].assists)
        if self.done:
            return 0
        masks = parts[self._part].masks
        while self._at == len(masks) and self._is_helped_next():
            self._part, self._at = self._part + 1, 0
            session.help(parts[self._part].assists)
            masks = parts[self._part].masks
        if self._at < len(masks):
            self._at += 1
            self.done = self._at == len(masks) and self._part == len(parts) - 1
            return masks[self._at - 1]
        if world.outcome == Outcome.PLAYING:
            self._lead_on(session)
        # The castle before is there at once, and its buttons begin in this tick.
        return self.buttons(session) if session.world is not world else 0

    def _is_helped_next(self) -> bool:
        """Whether the next part goes on from here with other helps."""
        following = self._part + 1
        if following >= len(self.replay.parts):
            return False
        part = self.replay.parts[following]
        return part.begun == Begun.BACK and part.of == self._part

    def _lead_on(self, session: Session) -> None:
        """Asks for what came next."""
        following = self._part + 1
        if following >= len(self.replay.parts):
            self.done = True
        elif not self._asked:
            self._asked = True
            part = self.replay.parts[following]
            key = LevelKey.of(decode(part.code))
            if part.begun == Begun.BACK:
                session.command(Command.BACK)
            elif session.phase == Phase.GAME_OVER and part.code == session.playthrough.played_code:
                session.command(Command.CONTINUE)
            else:
                session.play(key, decode(part.code))
