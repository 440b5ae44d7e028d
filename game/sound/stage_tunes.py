"""The music of the stages and of the bosses, composed for this game."""

from __future__ import annotations

from .tune import Bar, Section, Tune, bariolage, bars_of

# The gate and the hall: D minor. A call that leaps over the fifth, an answer, a slow middle in F, and runs.
_GATE_THEME = bars_of("""
    Dm      | D5:4 A4 D5 F5:3 E5:1 D5:4
    Gm      | G5:4 D5 G5 Bb5:3 A5:1 G5:4
    C       | E5 G5 C6:4 Bb5 A5 G5:4
    F       | A5:6 G5 F5:4 C5:4
    Bb      | D5 F5 Bb5:4 A5 G5 F5:4
    Edim/G  | G5 F5 E5:4 D5 E5 G5:4
    A       | C#5 E5 A5:4 G5 F5 E5:4
    A7/C#   | A4 C#5 E5 G5 F5 E5 D5 C#5
""")
_GATE_ANSWER = bars_of("""
    Dm      | D5:4 A4 D5 F5:3 E5:1 F5 A5    | F4:4 D4:4 A4:4 D4:4
    Gm/Bb   | Bb5:4 A5 G5 D5:3 G5:1 A5 Bb5  | D4:4 Bb4 A4 G4:4 D4:4
    C       | C6:4 Bb5 A5 G5:3 A5:1 Bb5 G5  | E4:4 G4:4 Bb4 A4 G4 E4
    F/A     | A5:6 Bb5 C6:4 F5:4            | F4 A4 C5:4 A4 G4 F4:4
    Bb      | D6:4 C6 Bb5 A5 Bb5 F5:4       | F4:4 D4:4 D5 C5 Bb4:4
    Gm      | Bb5:4 A5 G5 F5 G5 D5:4        | G4:4 Bb4:4 D5 Bb4 G4:4
    A7      | E5 F5 G5 E5 C#5:4 A4:4        | C#4:8 E4 G4 E4 C#4
    Dm      | D5:6 A4 D5:4 -:4              | D4 F4 A4 F4 D4:4 A4 C#5
""")
_GATE_HALLS = bars_of("""
    F       | C5:8 F5:4 A5:4
    C/E     | G5:8 E5:4 C5:4
    Gm/D    | D5:8 G5:4 Bb5:4
    Dm      | A5:10 F5 D5:4
    Bb      | Bb5:6 A5 G5:4 F5:4
    F/A     | A5:6 G5 F5:4 C5:4
    Edim/G  | G5:4 F5:4 E5:4 D5:4
    A7      | C#5:6 D5 E5:8
""")
_GATE_STAIRS = bars_of("""
    Dm      | D6:1 C6:1 Bb5:1 A5:1 Bb5:1 A5:1 G5:1 F5:1 G5:1 F5:1 E5:1 D5:1 E5:1 F5:1 G5:1 A5:1
    Gm      | Bb5:1 A5:1 G5:1 F5:1 G5:1 F5:1 Eb5:1 D5:1 Eb5:1 D5:1 C5:1 Bb4:1 C5:1 D5:1 Eb5:1 F5:1
    C7      | E5:1 G5:1 Bb5:1 G5:1 E5:1 G5:1 C6:1 G5:1 E5:1 G5:1 Bb5:1 G5:1 E5:1 G5:1 C6:1 Bb5:1
    F       | A5:1 C6:1 F5:1 C6:1 A5:1 C6:1 F5:1 C6:1 A5:4 F5:4
    Bb      | D6:3 C6:1 Bb5:4 F5:4 Bb5:4
    Edim    | Bb5:3 A5:1 G5:4 E5:4 G5:4
    A7      | A5:1 G5:1 F5:1 E5:1 F5:1 E5:1 D5:1 C#5:1 D5:1 C#5:1 Bb4:1 A4:1 C#5:1 E5:1 G5:1 Bb5:1
    A/C#    | A5:8 E5:4 C#5:4
""")

# The crypt and the cave: A minor. A theme over a bass that stays, then the circle of fifths with a slow
# counter-voice, a wide middle in C, and a fiddler's arpeggios over a bass that falls by semitones.
_CRYPT_THEME = bars_of("""
    Am      | A4:3 E5:3 A5 G#5 A5 B5 C6
    Dm/A    | D6:3 C6:1 B5 A5 F5:4 A5:4
    E7/G#   | G#5:3 E5:3 B5 D6 C6 B5 G#5
    Am      | A5:6 E5 C5:4 E5:4
    F       | A5:3 C6:3 F5 A5 G5 F5 E5
    Bdim/D  | D5:3 F5:3 B5 A5 G#5 F5 D5
    E       | E5:3 G#5:3 B5 E6:4 D6 B5
    E7/G#   | B5 A5:1 G#5:1 F5 E5 D5 E5 G#5 B5
""")
_CRYPT_FIFTHS = bars_of("""
    Am      | C6 B5:1 A5:1 E5 A5 C6 B5:1 A5:1 E6 C6   | E4:8 A4:8
    Dm      | A5 G5:1 F5:1 D5 F5 A5 G5:1 F5:1 D6 A5   | F4:8 D4:8
    G7      | B5 A5:1 G5:1 D5 G5 B5 A5:1 G5:1 D6 B5   | D4:8 F4:8
    C       | G5 F5:1 E5:1 C5 E5 G5 F5:1 E5:1 C6 G5   | E4:8 C4:8
    F       | A5 G5:1 F5:1 C5 F5 A5 G5:1 F5:1 C6 A5   | C4:8 F4:8
    Bdim    | F5 E5:1 D5:1 B4 D5 F5 E5:1 D5:1 B5 F5   | D4:8 F4:4 D4:4
    E7      | G#5 F5:1 E5:1 B4 E5 G#5 A5:1 B5:1 D6 B5 | E4:4 D4:4 G#4:4 E4:4
    Am      | C6:4 B5 A5 A5:4 -:4                     | A4:4 E4:4 C4 E4 A4 G#4
""")
_CRYPT_LIGHT = bars_of("""
    C       | E5:6 F5 G5:8
    G/B     | D5:6 E5 G5:4 B5:4
    Am      | C6:6 B5 A5:4 E5:4
    Em      | G5:6 F#5 E5:4 B4:4
    F       | A5:6 G5 F5:4 C6:4
    C/E     | G5:6 F5 E5:4 G5:4
    Dm      | F5:4 E5 D5 A5:4 F5:4
    E7      | E5:4 F5 E5 D5:4 G#5:4
""")
_CRYPT_FIDDLE = (
    Bar("Am", bariolage("A5 B5 C6 B5 A5 B5 C6 A5", "E5"), "C4:8 E4:8"),
    Bar("E/G#", bariolage("B5 C6 D6 C6 B5 C6 D6 B5", "E5"), "B3:8 E4:8"),
    Bar("C/G", bariolage("C6 D6 E6 D6 C6 D6 E6 C6", "E5"), "C4:8 G4:8"),
    Bar("D/F#", bariolage("A5 B5 C6 D6 C6 B5 A5 F#5", "D5"), "D4:8 A4:8"),
    Bar("F", bariolage("A5 G5 A5 C6 F6 C6 A5 F5", "C5"), "A4:8 C4:8"),
    Bar("C/E", bariolage("G5 A5 G5 E5 G5 C6 E6 C6", "C5"), "G4:8 E4:8"),
    Bar("Bdim/D", bariolage("F5 A5 B5 D6 B5 A5 F5 D5", "B4"), "F4:8 D4:8"),
    Bar("E7", "E5 G#5 B5 D6 C6 B5 A5 G#5", "G#4:4 E4:4 D4:4 B3:4"),
)

# The works and the keep: E minor, fast. A riff that turns on the leading note, a middle with the Neapolitan
# chord, and a sequence down the fifths.
_KEEP_RIFF = bars_of("""
    Em      | E5 B4 E5:1 F#5:1 G5 F#5 E5 D#5 E5
    C       | G5 E5 G5:1 A5:1 B5 C6 B5 A5 G5
    Am      | A5 E5 A5:1 B5:1 C6 B5 A5 G5 E5
    B7      | F#5 D#5 F#5:1 G5:1 A5 G5 F#5 D#5 B4
    Em      | E5 B4 E5:1 F#5:1 G5 B5 A5 G5 B5
    D       | A5 F#5 A5:1 B5:1 D6 C6 B5 A5 F#5
    C       | G5:4 E6:4 D6 C6 B5 A5
    B       | B5:6 A5 F#5:4 D#5:4
""")
_KEEP_MIDDLE = bars_of("""
    Em      | B5:6 C6:1 B5:1 A5 G5 F#5 E5   | G4:4 E4:4 B4:4 G4:4
    F/A     | C6:6 A5 F5:4 A5:4             | F4:4 A4:4 C5:4 A4:4
    D#dim   | A5:6 F#5 D#5:4 C6:4           | F#4:4 D#4:4 A4:4 F#4:4
    Em/G    | B5:6 G5 E5:8                  | G4:4 B4:4 G4 F#4 E4:4
    Am      | C6:4 B5 A5 E6:4 C6:4          | E4:4 C5:4 A4:4 E4:4
    Em      | B5:4 A5 G5 E5:4 G5:4          | G4:4 B4:4 E4:4 B4:4
    F#dim/A | A5:4 G5 F#5 C6:4 A5:4         | C5:4 A4:4 F#4:4 E4:4
    B7      | B5:1 A5:1 G5:1 F#5:1 A5:1 G5:1 F#5:1 E5:1 G5:1 F#5:1 E5:1 D#5:1 F#5:1 A5:1 B5:1 D#6:1
""")
_KEEP_FIFTHS = bars_of("""
    Em      | G5:3 B5:1 E6:4 D6 C6 B5 A5    | E4:4 G4:4 B4:4 G4:4
    Am      | C6:3 A5:1 E5:4 A5 B5 C6 E6    | E4:4 C4:4 A4:4 E4:4
    D7      | F#5:3 A5:1 D6:4 C6 B5 A5 G5   | D4:4 F#4:4 A4:4 F#4:4
    G       | B5:3 G5:1 D5:4 G5 A5 B5 D6    | D4:4 B4:4 G4:4 D4:4
    C       | E5:3 G5:1 C6:4 B5 A5 G5 F#5   | C4:4 E4:4 G4:4 E4:4
    F#dim   | A5:3 F#5:1 C5:4 F#5 G5 A5 C6  | C4:4 A4:4 F#4:4 C4:4
    B7      | D#5:3 F#5:1 A5:4 G5 F#5 E5 D#5 | B3:4 D#4:4 F#4:4 A4:4
    Em      | E5:8 -:2 B5 E6 B5             | G4 F#4 E4:4 D#4 E4 F#4 D#4
""")

# A boss: G minor. Hammered notes, then the falling four chords of a chaconne.
_BOSS_HAMMER = bars_of("""
    Gm      | G5 G5:1 G5:1 F#5 G5 Bb5 A5 G5 F#5
    Gm      | G5 G5:1 G5:1 A5 Bb5 D6 C6 Bb5 A5
    Eb      | G5 G5:1 G5:1 F5 G5 Bb5 G5 Eb5 G5
    D7      | F#5 F#5:1 F#5:1 D5 F#5 A5 C6 A5 F#5
    Cm      | C6 C6:1 C6:1 Bb5 C6 Eb6 C6 G5 C6
    Gm/Bb   | Bb5 Bb5:1 Bb5:1 A5 Bb5 D6 Bb5 G5 Bb5
    C#dim   | G5 E5 C#5 E5 G5 Bb5 A5 G5
    D7      | F#5:4 A5:4 D6:4 C6 A5
""")
_BOSS_CHACONNE = (
    Bar("Gm", bariolage("Bb5 A5 G5 A5 Bb5 C6 D6 Bb5", "D5"), "Bb4:8 G4:8"),
    Bar("F", bariolage("A5 G5 F5 G5 A5 Bb5 C6 A5", "C5"), "A4:8 F4:8"),
    Bar("Eb", bariolage("G5 F5 Eb5 F5 G5 A5 Bb5 G5", "Bb4"), "G4:8 Eb4:8"),
    Bar("D7", bariolage("F#5 E5 F#5 G5 A5 G5 F#5 A5", "D5"), "F#4:8 C4:8"),
    Bar("Gm", "D6:3 Bb5:3 G5 D6:3 Bb5:3 G5", "Bb4:3 G4:3 D4 Bb4:3 G4:3 D4"),
    Bar("Cm", "Eb6:3 C6:3 G5 Eb6:3 C6:3 G5", "C5:3 G4:3 Eb4 C5:3 G4:3 Eb4"),
    Bar("A7/C#", "C#6:3 A5:3 G5 C#6:3 A5:3 E5", "A4:3 G4:3 E4 A4:3 G4:3 C#4"),
    Bar("D7", "D6 C6 A5 F#5 A5 F#5 D5 F#5", "F#4:4 A4:4 C5:4 A4 F#4"),
)

STAGE_TUNES: dict[str, Tune] = {
    "stage_1": Tune(
        138,
        (
            Section(_GATE_THEME, "0-1-2-1-0-1-2-1-", "r-r-R-r-f-r-R-f-",
                    "k---s-h-k-h-s-h-", fill="k---s-h-k-s-ttss"),
            Section(_GATE_ANSWER, "0-1-2-1-3-2-1-2-", "r-r-R-r-f-r-R-f-",
                    "k---s-h-k-h-s-hh", fill="k---s-h-k-------"),
            Section(_GATE_HALLS, "0123210101232101", "r---f---R---f---",
                    "k-----h-h-----h-", 0.5, "k-----h-s-s-tttt"),
            Section(_GATE_STAIRS, "0---2---1---2---", "r-R-r-R-f-R-r-R-",
                    "k-h-s-h-k-h-s-hh", fill="k-s-k-s-ssttssss"),
        ),
    ),
    "stage_2": Tune(
        132,
        (
            Section(_CRYPT_THEME, "0-2-1-2-0-2-1-2-", "r--r--r-R-r-r-f-",
                    "k--h--s-k-h-s-h-", fill="k--h--s-k-s-s-tt"),
            Section(_CRYPT_FIFTHS, "0-1-2-1-0-1-2-1-", "r-R-r-R-r-R-f-R-",
                    "k-h-s-h-k-hhs-h-", fill="k-h-s-h-k-t-t---"),
            Section(_CRYPT_LIGHT, "0-1-2-3-2-1-2-1-", "r-----f-R-----f-",
                    "k---h---s---h---", 0.5, "k---h---s-s-ttss"),
            Section(_CRYPT_FIDDLE, "0---1---2---1---", "r-r-r-r-R-r-f-r-",
                    "k-h-s-h-k-h-s-ss", fill="k-s-k-s-k-stttss"),
        ),
    ),
    "stage_3": Tune(
        152,
        (
            Section(_KEEP_RIFF, "0-2-1-2-3-2-1-2-", "r-rrR-r-r-rrR-f-",
                    "k-h-s-hhk-k-s-h-", fill="k-h-s-hhk-s-tsts"),
            Section(_KEEP_MIDDLE, "0-1-2-1-0-1-2-1-", "r-r-r-r-R-r-f-r-",
                    "k-h-s-h-k-h-s-hh", 0.5, "k-s-k-s-ssssttss"),
            Section(_KEEP_FIFTHS, "0-1-2-1-0-1-2-1-", "r-rrR-r-r-rrR-f-",
                    "k-h-s-hhk-k-s-ss", fill="k-h-k---k-s-ttss"),
        ),
    ),
    "boss": Tune(
        168,
        (
            Section(_BOSS_HAMMER, "0-2-0-2-1-2-1-2-", "r-rrr-R-r-rrr-R-",
                    "k-kks-h-k-kks-hh", fill="k---k---s-s-ssss"),
            Section(_BOSS_CHACONNE, "0-1-2-1-0-1-2-1-", "r-R-r-R-r-R-r-R-",
                    "k-h-s-h-k-hhs-ss", fill="k-s-k-s-kssssttt"),
        ),
    ),
}  # fmt: skip
"""The music of stages 1-2, 3-4, 5-6, and of an arena that is shut."""
