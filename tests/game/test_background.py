"""What is done beside the game: in order, each news once, and what goes wrong is not lost."""

from __future__ import annotations

from threading import Event

import pytest

from game.background import Background


def test_news_come_in_order_and_once() -> None:
    background: Background[int] = Background()
    background.do(lambda: 3)
    background.do(lambda: None)
    background.do(lambda: 1)
    background.wait()
    assert [background.news() for _ in range(3)] == [3, 1, None]


def test_the_game_does_not_wait_for_news() -> None:
    background: Background[str] = Background()
    go_on = Event()
    background.do(lambda: "done" if go_on.wait(600) else None)
    assert background.news() is None
    go_on.set()
    background.wait()
    assert background.news() == "done"


def test_what_goes_wrong_is_logged_and_said_once_and_the_rest_goes_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    background: Background[str] = Background()
    background.do(lambda: str(1 // 0), "that did not work")
    background.do(lambda: str(1 // 0))
    background.do(lambda: "done")
    background.wait()
    assert [background.news() for _ in range(3)] == ["that did not work", "done", None]
    assert [record.exc_info is not None for record in caplog.records] == [True, True]
