"""All the music, composed for this game, and what is played where."""

from __future__ import annotations

from .stage_tunes import STAGE_TUNES
from .tune import ECHO, Section, Tune, bars_of

# The title: a lament over a bass that falls by semitones, D to G.
_LAMENT = bars_of("""
    Dm      | A4:8 D5:4 F5:4
    A/C#    | E5:12 C#5:4
    F/C     | F5:6 G5 A5:8
    G/B     | G5:8 D5:4 B4:4
    Bb      | D5:6 E5 F5:8
    F/A     | C5:6 D5 F5:8
    Gm      | D5:4 G5:4 Bb5:4 G5:4
    A7      | A5:6 G5 E5:4 C#5:4
    Dm      | D5:6 E5 F5:4 A5:4           | F4:4 A4:4 D5:4 A4:4
    A/C#    | A5:8 E5:4 C#5:4             | E4:4 A4:4 C#5 B4 A4:4
    F/C     | C6:6 Bb5 A5:4 F5:4          | A4:4 F4:4 C5:4 A4:4
    G/B     | B5:6 A5 G5:4 D5:4           | G4:4 D4:4 B4 A4 G4:4
    Bb      | Bb5:6 A5 G5:4 F5:4          | F4:4 D4:4 D5 C5 Bb4:4
    Gm      | G5:6 F5 D5:4 G5:4           | D4:4 Bb4:4 G4:4 D4:4
    A7      | E5:4 F5 E5 C#5:4 A4:4       | C#4:4 E4:4 G4 F4 E4 C#4
    Dm      | D5:12 -:4                   | D4 F4 A4 D5 F4 A4 C#5 A4
""")

# A castle's end: D major at last.
_ENDING = bars_of("""
    D       | A4:4 D5 F#5:6 E5 D5
    G       | B4:4 D5 G5:6 F#5 E5
    A       | C#5:4 E5 A5:6 G5 F#5
    D       | F#5:8 D5:4 A4:4
    Bm      | D5:4 F#5 B5:6 A5 F#5
    G       | G5:4 B5 A5 G5:4 D5:4
    Em      | E5:4 G5 F#5 E5:4 B4:4
    A7      | C#5:6 D5 E5:8
    D       | A5:4 F#5 D5:6 F#5 A5        | F#4:4 A4:4 D4:4 A4:4
    G       | B5:4 A5 G5:6 A5 B5          | G4:4 B4:4 D5:4 B4:4
    A/C#    | C#6:6 B5 A5:4 E5:4          | E4:4 A4:4 C#5:4 A4:4
    Bm      | D6:6 C#6 B5:4 F#5:4         | F#4:4 D5:4 B4:4 F#4:4
    G       | B5:4 A5:4 G5:4 F#5:4        | D4:4 G4:4 B4:4 A4:4
    A7      | E5:4 G5:4 F#5:4 E5:4        | G4:4 E4:4 C#4:4 A4:4
    D       | D5:6 E5 F#5:4 A5:4          | F#4:4 A4:4 D4:4 F#4:4
    D       | D5:12 -:4                   | F#4 A4 D5 A4 F#4 A4 C#5 A4
""")

# Dream rooms: a melody that drifts through F with a raised fourth, its echo behind it, over a bass that
# stays; then chords of whole tones.
_DREAM_DRIFT = bars_of("""
    F       | A5:4 C6 B5 A5:8
    G/F     | B5:4 D6 C6 B5:4 G5:4
    Em      | G5:4 B5 A5 G5:8
    Am      | E5:4 A5 B5 C6:8
    F       | A5:4 C6 E6 D6:4 C6:4
    G/F     | B5:4 A5 G5 D6:8
    E       | G#5:4 B5 C6 B5:4 G#5:4
    Am      | A5:12 -:4
""")
_DREAM_WHOLE_TONES = bars_of("""
    Caug    | E5:4 G#5:4 C6:4 G#5:4
    Dm      | F5:4 A5:4 D6:4 C6:4
    Bb      | D6:4 C6 Bb5 F5:8
    Eaug    | G#5:4 C6:4 E6:4 C6:4
    F       | A5:4 G5:4 F5:4 C5:4
    Fm      | Ab5:4 G5:4 F5:4 C5:4
    C/E     | G5:8 E5:8
    G       | D5:4 G5:4 B5:4 D6:4
""")

# The gallery: a gavotte in G, without drums, and a musette over a bass that stays, before it comes again.
_GAVOTTE = bars_of("""
    G       | D5:4 G5 A5 B5:4 G5:4        | B3:4 D4:4 G4:4 D4:4
    D/F#    | A5:4 F#5 G5 A5:4 D5:4       | D4:4 A4:4 F#4:4 A4:4
    Em      | G5:4 E5 F#5 G5:4 B5:4       | B3:4 G4:4 E4:4 G4:4
    Bm/D    | F#5:4 D5 E5 F#5:4 B5:4      | D4:4 F#4:4 B4:4 F#4:4
    C       | E5:4 G5 A5 C6:4 B5 A5       | C4:4 E4:4 G4:4 E4:4
    G/B     | B5:4 G5 A5 B5:4 D6:4        | D4:4 B4:4 G4:4 B4:4
    Am      | C6:4 B5 A5 G5 F#5 E5:4      | E4:4 A4:4 C4:4 E4:4
    D7      | F#5:4 E5 F#5 D5:8           | A4:4 F#4:4 D4 E4 F#4 D4
    G       | B5:4 A5 G5 D6:4 B5:4        | G4:4 D4:4 B3:4 D4:4
    D/F#    | A5:4 G5 F#5 D6:4 A5:4       | F#4:4 A4:4 D4:4 F#4:4
    Em      | G5:4 F#5 E5 B5:4 G5:4       | E4:4 B4:4 G4:4 E4:4
    Bm      | F#5:4 E5 D5 B5:4 F#5:4      | D4:4 B4:4 F#4:4 D4:4
    C       | G5:4 E5:4 C6:4 B5 A5        | E4:4 G4:4 C4:4 G4:4
    Am/C    | C6:4 A5:4 E5:4 A5:4         | A4:4 E4:4 C4:4 E4:4
    D7      | F#5 G5 A5 B5 C6 A5 F#5:4    | D4:4 C5:4 A4:4 D4:4
    G       | G5:12 -:4                   | B4 D4 G4 B4 G4:4 D4:4
""")

_MUSETTE = bars_of("""
    G       | B5 A5 G5 A5 B5:4 D5:4       | G4:8 D4:8
    C/G     | C6 B5 A5 B5 C6:4 E5:4       | G4:8 E4:8
    G       | D6 C6 B5 A5 B5 A5 G5 B5     | G4:8 B4:8
    D/G     | A5 G5 F#5 G5 A5:8           | F#4:8 D4:8
    Em/G    | G5 F#5 E5 F#5 G5 A5 B5 G5   | E4:8 B4:8
    Am/G    | A5 G5 F#5 E5 C6 B5 A5 C6    | E4:8 A4:8
    D7/G    | D6:4 C6 B5 A5 F#5 G5 A5     | F#4:4 A4:4 D4 E4 F#4 A4
    G       | G5:8 D5:4 -:4               | B4 G4 D4 G4 B3:4 D4:4
""")

_GAME_OVER = bars_of("""
    Dm      | D5:4 C5 Bb4 A4:8            | F4:8 D4:8
    Gm      | Bb4:4 A4 G4 D5:8            | D4:8 G4:8
    A7      | C#5:4 D5 E5 A4:8            | E4:8 G4:8
    D       | F#5:14 -                    | A4:14 -
""")

# The show, a bar of whole tones: a note for each dream that appears, a rest to look at them, three that fall
# while their colours do, and a run up from the snare that cuts them to the castle that stands.
_SHOW = bars_of("Daug | D5:1 E5:1 F#5:1 G#5:1 Bb5 D6:1 C6:1 Bb5:1 G#5:1 Bb5:1 C6:1 D6:1 E6:1 F#6")
_SHOW_TEMPO = 900 / 7  # a sixteenth is seven ticks, as `screen.dreaming` has it

_REST = "-" * 16

TUNES: dict[str, Tune] = STAGE_TUNES | {
    "title": Tune(
        92,
        (
            Section(_LAMENT[:8], "0-1-2-3-2-1-2-1-", "r-------R-------", "------------h---", 0.5),
            Section(
                _LAMENT[8:],
                "0-1-2-3-2-1-2-1-",
                "r---f---R---f---",
                "k---h---s---h-h-",
                0.25,
                "k---h-----------",
            ),
        ),
    ),
    "ending": Tune(
        104,
        (
            Section(_ENDING[:8], "0-1-2-3-2-1-2-1-", "r-------f-------", "------------h---", 0.5),
            Section(
                _ENDING[8:],
                "0-1-2-3-2-1-2-1-",
                "r---f---R---f---",
                "k---s---k---s-h-",
                0.25,
                "k---s-s-k-s-ttss",
            ),
        ),
    ),
    "dream": Tune(
        100,
        (
            Section(_DREAM_DRIFT, ECHO, "r-----R-----f---", "--------h-------", 0.5),
            Section(_DREAM_WHOLE_TONES, ECHO, "r---f---R---f---", "h-------h-----h-", 0.25),
        ),
    ),
    "gallery": Tune(
        108,
        (
            Section(_GAVOTTE, "0-1-2-1-0-1-2-1-", "r-------f-------", _REST, 0.5),
            Section(_MUSETTE, "0-1-2-1-0-1-2-1-", "r-------R-------", _REST, 0.25),
        ),
    ),
    "game_over": Tune(
        120, (Section(_GAME_OVER, "0-1-2-1-0-1-2-1-", "r-------f-------", _REST, 0.25),), loops=False
    ),
    "show": Tune(
        _SHOW_TEMPO, (Section(_SHOW, ECHO, "r-----f--r----R-", "hhhh-----shhhhk-", 0.125),), loops=False
    ),
}
"""Every tune by its name. `show` lasts as long as the show of a dream, 112 ticks."""

STAGES_A_TUNE = 2
STAGE_CYCLE = ("stage_1", "stage_2", "stage_3")
GOES_ON = (*STAGE_CYCLE, "dream")
"""Tunes of play: what interrupts them is followed by the rest of them."""


def tune_of_stage(stage: int, mode: str) -> str:
    """The tune of a stage, 1, 2, ..., of a castle, a castle without end, or dream rooms."""
    if mode == "dream":
        return "dream"
    return STAGE_CYCLE[(stage - 1) // STAGES_A_TUNE % len(STAGE_CYCLE)]
