"""One tick of a body that has a motion of its own: the place does its part, the motion does the rest."""

from __future__ import annotations

import sys
import traceback
from pathlib import Path

from ..nes.roles import TILE
from .around import Around, NearAround
from .body import HURT_FALL_MAX_SUB, HURT_GRAVITY_SUB, Body, Place, Posture, State
from .events import Event, EventKind
from .intent import STAIR_SUB, intend, stairs_near
from .interior import Interior
from .mechanisms import STAYING
from .numbers import NES_MOTION, SUB
from .own import MOST_MOVED_SUB, OWN_POSTURES, MotionError, OwnMotion
from .rules import DEADLY_HALF_PX, FALLEN_OUT_PX, SINK_PX, carried, crumble, dead, leave, take
from .terrain import DEADLY_KIND, Terrain

_STAND, _CROUCH, _AIR, _HURT, _LANDING, _DEAD, _STAIRS = (int(posture) for posture in Posture)
_GROUNDED = (_STAND, _CROUCH, _LANDING)
_RIGHT, _LEFT, _UP, _DOWN, _JUMP, _WHIP = 1, 2, 4, 8, 16, 32
_INTEGERS = frozenset({int, Posture})
_new = tuple.__new__  # as in step.py

TWICE_EVERY = 61
"""One in so many calls of a stranger's `move` is made twice, to see whether both return the same. A prime, so
that no rhythm of a search escapes it."""

PLACES_OWN = ("whip_tick", "safe_tick", "whip_held", "stairs")
"""The fields of a body that no `move` may change."""

Events = tuple[Event, ...]


class Watch:
    """Which stranger's `move` is being called: another thread looks whether it ever returns."""

    def __init__(self) -> None:
        self.calls = 0
        """How many calls have begun."""
        self.moving: OwnMotion | None = None
        """Whose call has not returned yet."""

    def begun(self, motion: OwnMotion) -> None:
        """A call begins."""
        self.calls += 1
        self.moving = motion


WATCH = Watch()
"""Of this process: it does one thing at a time."""


def step_own(place: Place, motion: OwnMotion, state: State, buttons: int) -> tuple[State, Events]:
    """See `step.step`; the order of operations is that of it.

    Raises MotionError, one line, where the motion raises anything or returns what no body can be.
    """
    room, room_tick, body, flags = state
    if body.posture == _DEAD:
        return State(room, room_tick + 1, body, flags), ()
    interior = place.interiors[room]
    terrain = interior.terrain(flags) if flags & interior.change_bits else interior.whole
    around = Around(interior, terrain, motion, room_tick)
    body, events = _pressed(motion, body, buttons)
    if interior.platforms and body.posture in _GROUNDED:
        body = _carried(around, body)
    if not motion.is_trusted:
        around = NearAround(interior, terrain, motion, room_tick, body)
    before = body
    if body.posture == _HURT:
        body, happened = _thrown(around, body)
    else:
        on_stairs = _climbed(around, body, buttons) if interior.stairs else None
        body, happened = on_stairs or _moved(motion, around, body, buttons)
    events += happened
    if body.posture == _STAND and not body.vx_sub and body.x_sub & 255 and before.posture != _STAIRS:
        body = body._replace(x_sub=body.x_sub & ~255)
    state, met = _meet(motion, interior, terrain, State(room, room_tick, body, flags))
    return state, events + met


def _pressed(motion: OwnMotion, body: Body, buttons: int) -> tuple[Body, Events]:
    """Presses and timers: a held button counts as pressed for the buffer's ticks, until something uses it
    up."""
    (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    ) = body  # fmt: skip
    if not (buttons & (_JUMP | _WHIP) or jump_held or whip_held or whip_tick or safe_tick):
        return body, ()
    buffer = motion.buffer_ticks
    jump_held = (jump_held + 1 if jump_held <= buffer else jump_held) if buttons & _JUMP else 0
    whip_held = (whip_held + 1 if whip_held <= buffer else whip_held) if buttons & _WHIP else 0
    if safe_tick:
        safe_tick -= 1
    if whip_tick:
        whip_tick += 1
        if whip_tick > (motion.whip_air_ticks if posture == _AIR else motion.whip_ticks):
            whip_tick = 0
    events: Events = ()
    if 0 < whip_held <= buffer and not whip_tick and posture in (_STAND, _CROUCH, _AIR, _STAIRS):
        whip_tick, whip_held = 1, buffer + 1
        events = (Event(EventKind.WHIPPED, x_sub >> 8, y_sub >> 8),)
    return _new(Body, (
        x_sub, y_sub, posture, facing, vx_sub, vy_sub, air_tick,
        whip_tick, safe_tick, landing_tick, jump_held, whip_held, stairs,
    )), events  # fmt: skip


def _carried(around: Around, body: Body) -> Body:
    """Who stands on nothing but a platform goes where it goes."""
    x, y = body.x_sub >> 8, body.y_sub >> 8
    if around.terrain.holds(x, y, around.half):
        return body
    drift_sub, rise_sub = carried(around.interior.platforms, around.room_tick, x, y, around.half)
    if not (drift_sub or rise_sub):
        return body
    y_sub = body.y_sub + rise_sub
    x_sub, _ = around.slide(body.x_sub, y_sub, drift_sub)
    return body._replace(x_sub=x_sub, y_sub=y_sub)


def _thrown(around: Around, body: Body) -> tuple[Body, Events]:
    """A body that a blow throws; no button helps it."""
    x_sub, _ = around.slide(body.x_sub, body.y_sub, body.vx_sub)
    vy_sub = min(body.vy_sub + HURT_GRAVITY_SUB, HURT_FALL_MAX_SUB)
    by_sub = vy_sub if body.air_tick else 0  # the tick of the blow itself does not lift
    if vy_sub <= 0:
        y_sub, bumped = around.rise(x_sub, body.y_sub, -by_sub)
        body = body._replace(x_sub=x_sub, y_sub=y_sub, vy_sub=0 if bumped else vy_sub, air_tick=1)
        return body, (Event(EventKind.BUMPED, x_sub >> 8, y_sub >> 8),) if bumped else ()
    y_sub, landed = around.fall(x_sub, body.y_sub, by_sub)
    if not landed:
        return body._replace(x_sub=x_sub, y_sub=y_sub, vy_sub=vy_sub, air_tick=1), ()
    body = body._replace(
        x_sub=x_sub, y_sub=y_sub, posture=_STAND, vx_sub=0, vy_sub=0, air_tick=0, landing_tick=0
    )
    return body, (Event(EventKind.LANDED, x_sub >> 8, y_sub >> 8),)


def _climbed(around: Around, body: Body, buttons: int) -> tuple[Body, Events] | None:
    """A body on stairs, or one that walks onto them; None where it does neither."""
    if body.posture == _STAIRS:
        # Which motion it is makes no difference on stairs: its presses were looked at already.
        side = bool(buttons & _RIGHT) - bool(buttons & _LEFT)
        fields, events = intend(around.interior, NES_MOTION, body, buttons, side)
        return Body(*fields), events
    if body.posture not in (_STAND, _CROUCH) or not buttons & (_UP | _DOWN) or body.whip_tick:
        return None
    number, away_sub = stairs_near(around.interior, body.x_sub, body.y_sub >> 8, buttons)
    if not number:
        return None
    if away_sub:
        toward = 1 if away_sub > 0 else -1
        x_sub, _ = around.slide(body.x_sub, body.y_sub, toward * min(SUB, abs(away_sub)))
        if not around.stands(x_sub, body.y_sub):
            return None
        return body._replace(x_sub=x_sub, posture=_STAND, facing=toward, vx_sub=0), ()
    up, rise = 1 if buttons & _UP else -1, around.interior.stairs[number - 1].rise
    vx_sub, vy_sub = up * rise * STAIR_SUB, -up * STAIR_SUB
    mounted = body._replace(
        x_sub=body.x_sub + vx_sub, y_sub=body.y_sub + vy_sub, posture=_STAIRS, stairs=number,
        facing=up * rise, vx_sub=vx_sub, vy_sub=vy_sub, air_tick=0, landing_tick=0,
    )  # fmt: skip
    return mounted, (Event(EventKind.MOUNTED, mounted.x_sub >> 8, mounted.y_sub >> 8),)


def _moved(motion: OwnMotion, around: Around, body: Body, buttons: int) -> tuple[Body, Events]:
    """The body after its own motion's tick, and what that looks like from outside. Raises MotionError."""
    if motion.is_trusted:
        after = motion.move(around, body, buttons)
    else:
        after = _asked(motion, around, body, buttons)
        _check(motion, around, body, after)
        after = Body(
            after.x_sub, max(after.y_sub, around.top_px << 8), int(after.posture), after.facing, after.vx_sub,
            after.vy_sub, after.air_tick, body.whip_tick, body.safe_tick, after.landing_tick,
            after.jump_held, body.whip_held, body.stairs,
        )  # fmt: skip
    flew, flies = body.posture == _AIR, after.posture == _AIR
    kind = None
    if flies and after.vy_sub < body.vy_sub:
        kind = EventKind.JUMPED
    elif flies != flew:
        hard = after.posture == _LANDING
        kind = EventKind.FELL if flies else EventKind.LANDED_HARD if hard else EventKind.LANDED
    if kind is None and not around.bumped:
        return after, ()
    kinds = [each for each, is_so in ((kind, kind is not None), (EventKind.BUMPED, around.bumped)) if is_so]
    return after, tuple(
        [Event(each, after.x_sub >> 8, after.y_sub >> 8) for each in kinds if each is not None]
    )


def _asked(motion: OwnMotion, around: Around, body: Body, buttons: int) -> Body:
    """What a stranger's `move` returns; now and then it is asked twice. Raises MotionError."""
    WATCH.begun(motion)
    try:
        after = motion.move(around, body, buttons)
        again = motion.move(around, body, buttons) if WATCH.calls % TWICE_EVERY == 0 else after
    except MotionError as error:
        raise MotionError(f"{motion}: {error}; {_where(body)}") from error
    except Exception as error:
        said = str(error).splitlines()[0] if str(error) else ""
        what = f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__
        raise MotionError(
            f"{motion}: its move raised {what}{_line_of(motion, error)}; {_where(body)}"
        ) from error
    finally:
        WATCH.moving = None
    if again != after:
        raise MotionError(
            f"{motion} does not do the same twice: asked again with the same body and buttons, its move "
            f"returned something else; it may depend on its arguments alone; {_where(body)}"
        )
    return after


def _line_of(motion: OwnMotion, error: BaseException) -> str:
    """Where in the motion's file an error was raised, for its message: " (hero.py, line 23)"."""
    own = getattr(sys.modules.get(type(motion).__module__), "__file__", None)
    frames = traceback.extract_tb(error.__traceback__)
    within = [frame for frame in frames if own is not None and frame.filename == own] or frames[-1:]
    return "".join(f" ({Path(frame.filename).name}, line {frame.lineno})" for frame in within[-1:])


def _check(motion: OwnMotion, around: Around, before: Body, after: Body) -> None:
    """Raises MotionError, one line, for what no body can be."""
    if not isinstance(after, Body):
        raise MotionError(
            f"{motion}: its move returned {type(after).__name__}; return body._replace(...); {_where(before)}"
        )
    for field, value in (
        () if _INTEGERS.issuperset(map(type, after)) else zip(Body._fields, after, strict=True)
    ):
        if not isinstance(value, int):
            raise MotionError(
                f"{motion}: its move returned {field} = {str(value)[:40]} ({type(value).__name__}); "
                f"all fields of a body are integers; {_where(before)}"
            )
    if after.posture not in OWN_POSTURES:
        raise MotionError(
            f"{motion}: its move returned the posture {after.posture!r}; it may return STAND, CROUCH, AIR "
            f"and LANDING, the others are the place's; {_where(before)}"
        )
    if after[7:9] != before[7:9] or after[11:] != before[11:]:
        names = [name for name in PLACES_OWN if getattr(after, name) != getattr(before, name)]
        raise MotionError(
            f"{motion}: its move changed {', '.join(names)}, which the place sets by itself; leave it as it "
            f"was; {_where(before)}"
        )
    far = max(abs(after.x_sub - before.x_sub), abs(after.y_sub - before.y_sub))
    # Whom a wall has closed round, as a search may ask, is pushed out of it.
    if far > MOST_MOVED_SUB and around.is_free(before.x_sub, before.y_sub):
        raise MotionError(
            f"{motion}: its move went {far / SUB:.0f} px in one tick; a body moves at most "
            f"{MOST_MOVED_SUB // SUB} px; {_where(before)}"
        )
    if after.posture != _AIR and not around.stands(after.x_sub, after.y_sub):
        raise MotionError(
            f"{motion}: its move returned a body that stands on nothing; ask around.stands(x_sub, y_sub), "
            f"and return the posture AIR where it says no; {_where(before)}"
        )
    if not around.is_free(after.x_sub, after.y_sub) and around.is_free(before.x_sub, before.y_sub):
        raise MotionError(
            f"{motion}: its move went into a wall; move by around.slide, around.rise and around.fall; "
            f"{_where(before)}"
        )


def _where(body: Body) -> str:
    """What the body was before, for the one who mends the motion."""
    posture = Posture(body.posture).name
    return f"it was at x {body.x_sub / SUB:.1f}, y {body.y_sub / SUB:.1f} px, {posture}"


def _meet(motion: OwnMotion, interior: Interior, terrain: Terrain, state: State) -> tuple[State, Events]:
    """What the place does to a body that has moved: floors crumble, spikes kill, keys are taken, doors lead
    on. The same as at the end of `step.step`, where it stands in one piece for speed."""
    room, room_tick, body, flags = state
    x, y, posture, half = body.x_sub >> 8, body.y_sub >> 8, body.posture, motion.half_width_px
    events: Events = ()
    if interior.floors and (posture in _GROUNDED or flags > STAYING):
        flags, events = crumble(interior, flags, x, y, half, grounded=posture in _GROUNDED)
    killed = y >= interior.bottom_px + FALLEN_OUT_PX
    if terrain.has_deadly:
        feet = terrain.base + ((y - SINK_PX) >> 4) * terrain.stride
        left, right = feet + ((x - DEADLY_HALF_PX) // TILE), feet + ((x + DEADLY_HALF_PX - 1) // TILE)
        killed = killed or DEADLY_KIND in (terrain.padded[left], terrain.padded[right])
    if killed and posture != _STAIRS:
        return State(room, room_tick + 1, dead(body), flags), (*events, Event(EventKind.DIED, x, y))
    if interior.keys or interior.exit or (body.whip_tick and interior.walls):
        flags, taken = take(interior, motion, body, flags, x, y)
        events += taken
    state = State(room, room_tick + 1, body, flags)
    if x + half > interior.right_px or x - half < interior.left_px:
        state, passed = leave(interior, motion, state)
        events += passed
    return state, events
