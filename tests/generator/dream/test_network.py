"""Loading: the good files, and every way in which a file can be bad gets one line that names it."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto, helper

from generator.dream.loading import LARGEST_FILE_BYTES, load_generator, load_roles
from generator.dream.network import NetworkError, Networks
from generator.dream.onnx_guard import SuspectFile, inspect
from generator.nes.palette import to_rgb
from generator.nes.roles import BASE, BASE_ROLES, Role
from tests.drawn import onnx_files

GOOD = onnx_files.generator_model


def refused(load: Callable[[Path], object], path: Path) -> str:
    """The error that loading gives, held to be one line that names the file."""
    with pytest.raises(NetworkError) as caught:
        load(path)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    assert ";" in message, "what to do is missing"
    return message


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return onnx_files.write(GOOD(), tmp_path_factory.mktemp("onnx") / "good.onnx")


def test_a_good_generator_dreams(good: Path) -> None:
    network = load_generator(good)
    assert network.latent == onnx_files.LATENT
    assert network.metadata["licence"] == "MIT"
    assert len(network.sha256) == 64
    z = np.eye(onnx_files.LATENT, dtype=np.float32)[[2, 5]]
    screens = network.dream(z)
    assert screens.dtype == np.uint8
    assert np.array_equal(screens, to_rgb(onnx_files.painted()[0][[2, 5]]))
    assert np.array_equal(network.dream(z[1:])[0], screens[1])


def test_a_generator_may_say_what_its_screens_hold(tmp_path: Path) -> None:
    network = load_generator(onnx_files.write(onnx_files.telling_generator_model(), tmp_path / "tells.onnx"))
    assert network.says_roles
    z = np.eye(onnx_files.LATENT, dtype=np.float32)[[2, 5]]
    screens, odds = network.dream_with_roles(z)
    assert np.array_equal(screens, network.dream(z))
    assert odds.shape == (2, 14, 14, len(Role)) and np.allclose(odds.sum(-1), 1, atol=1e-5)
    assert np.array_equal(odds.argmax(-1), onnx_files.painted()[1][[2, 5]])
    glanced, colours = network.glance(z)
    assert np.array_equal(glanced, odds)
    assert colours.shape == (2, 13, 3) and colours.dtype == np.uint8


def test_its_word_is_taken_before_the_role_network_s(tmp_path: Path) -> None:
    roles = load_roles(onnx_files.write(onnx_files.roles_model(), tmp_path / "roles.onnx"))
    z = np.eye(onnx_files.LATENT, dtype=np.float32)[[4]]
    silent = load_generator(onnx_files.write(GOOD(), tmp_path / "silent.onnx"))
    tells = load_generator(onnx_files.write(onnx_files.telling_generator_model(), tmp_path / "tells.onnx"))
    one, other = Networks(silent, roles).dream(z), Networks(tells, roles).dream(z)
    assert np.array_equal(one.rgb, other.rgb) and np.array_equal(one.screens, other.screens)
    assert np.array_equal(one.odds, roles.classify(to_rgb(one.screens)))
    assert np.array_equal(other.odds, tells.glance(z)[0])
    both = one.followed_by(other)
    assert np.array_equal(both.alone(1).odds, other.odds)


@pytest.mark.parametrize("scale", [0.0, -1.0])
def test_roles_that_are_no_odds(tmp_path: Path, scale: float) -> None:
    made = onnx_files.telling_generator_model(scale)
    network = load_generator(onnx_files.write(made, tmp_path / "nothing.onnx"))
    for ask in (network.glance, network.dream_with_roles):
        with pytest.raises(NetworkError, match=r"nothing\.onnx: its roles are no odds; export it again"):
            ask(np.zeros((1, onnx_files.LATENT), np.float32))


def test_roles_of_another_shape_or_version(tmp_path: Path) -> None:
    made = onnx_files.telling_generator_model(width=5)
    assert "'roles' of float32[batch, 14, 14, 26]" in refused(
        load_generator, onnx_files.write(made, tmp_path / "a.onnx")
    )
    made = onnx_files.telling_generator_model()
    del made.graph.output[2]
    assert "needs one output 'screen' and 'roles' and 'colours', has 2" in refused(
        load_generator, onnx_files.write(made, tmp_path / "b.onnx")
    )
    made = onnx_files.telling_generator_model()
    helper.set_model_props(
        made, {f"ganvania.{name}": value for name, value in onnx_files.GENERATOR_METADATA.items()}
    )
    assert "its roles are not those of this version" in refused(
        load_generator, onnx_files.write(made, tmp_path / "c.onnx")
    )


@pytest.mark.parametrize("roles", [BASE, tuple(Role)])
def test_good_roles_classify_into_what_they_know(tmp_path: Path, roles: tuple[Role, ...]) -> None:
    network = load_roles(onnx_files.write(onnx_files.roles_model(roles=roles), tmp_path / "roles.onnx"))
    assert network.known == len(roles)
    odds = network.classify(to_rgb(onnx_files.painted()[0][:2]))
    assert odds.shape == (2, 14, 14, len(roles))
    assert odds.dtype == np.float32
    assert np.allclose(odds.sum(-1), 1, atol=1e-5)


def test_the_network_that_ships_is_known() -> None:
    assert load_roles().known in (BASE_ROLES, len(Role))


def test_roles_lie_where_their_cells_do(tmp_path: Path) -> None:
    network = load_roles(onnx_files.write(onnx_files.roles_model(), tmp_path / "roles.onnx"))
    screen = np.zeros((1, 224, 224, 3), np.uint8)
    before = network.classify(screen)
    screen[0, 3 * 16 : 4 * 16, 5 * 16 : 6 * 16] = (236, 100, 20)
    changed = (network.classify(screen) != before).any(-1)
    assert np.argwhere(changed).tolist() == [[0, 3, 5]]


def test_missing(tmp_path: Path) -> None:
    assert "no such file" in refused(load_generator, tmp_path / "nothing.onnx")
    assert "no such file" in refused(load_roles, tmp_path / "nothing.onnx")


def test_a_folder(tmp_path: Path) -> None:
    assert "cannot be read" in refused(load_generator, tmp_path)


def test_empty(tmp_path: Path) -> None:
    path = tmp_path / "empty.onnx"
    path.touch()
    assert "empty" in refused(load_generator, path)


@pytest.mark.parametrize("share", [0.001, 0.3, 0.9, 0.9999])
def test_truncated(good: Path, tmp_path: Path, share: float) -> None:
    data = good.read_bytes()
    path = tmp_path / "cut.onnx"
    path.write_bytes(data[: int(len(data) * share)])
    assert "cut off" in refused(load_generator, path)


@pytest.mark.parametrize(
    "data", [b"hello, this is a text\n" * 50, bytes(1000), b"\x89PNG\r\n\x1a\n" + bytes(99), b"PK\x03\x04"]
)
def test_foreign(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "foreign.onnx"
    path.write_bytes(data)
    assert "ONNX file" in refused(load_generator, path)


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.onnx"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE_BYTES + 1)
    assert "more than" in refused(load_generator, path)


def test_somebody_elses_onnx(tmp_path: Path) -> None:
    path = onnx_files.write(GOOD(metadata={}), tmp_path / "theirs.onnx")
    assert "none of Ganvania's" in refused(load_generator, path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "9"),
        ("tile_size", "8"),
        ("image_size", "256"),
        ("palette", "VGA"),
        ("kind", "roles"),
        ("latent", "x"),
    ],
)
def test_other_metadata(tmp_path: Path, key: str, value: str) -> None:
    metadata = onnx_files.GENERATOR_METADATA | {key: value}
    assert key in refused(load_generator, onnx_files.write(GOOD(metadata), tmp_path / "other.onnx"))


def test_metadata_cannot_break_the_line(tmp_path: Path) -> None:
    metadata = onnx_files.GENERATOR_METADATA | {"palette": "a\nb\x1b[2J" + "c" * 999}
    assert len(refused(load_generator, onnx_files.write(GOOD(metadata), tmp_path / "x.onnx"))) < 400


def test_the_wrong_kind(good: Path, tmp_path: Path) -> None:
    refused(load_roles, good)
    refused(load_generator, onnx_files.write(onnx_files.roles_model(), tmp_path / "roles.onnx"))


@pytest.mark.parametrize(
    "said", ["SKY,GROUND", "", *(",".join(r.name for r in tuple(Role)[:n]) for n in (16, 18, 25))]
)
def test_roles_of_another_version(tmp_path: Path, said: str) -> None:
    metadata = onnx_files.ROLES_METADATA | {"roles": said}
    assert "roles" in refused(
        load_roles, onnx_files.write(onnx_files.roles_model(metadata), tmp_path / "r.onnx")
    )


@pytest.mark.parametrize(("said", "given"), [(BASE, tuple(Role)), (tuple(Role), BASE)])
def test_roles_that_are_not_those_of_the_output(
    tmp_path: Path, said: tuple[Role, ...], given: tuple[Role, ...]
) -> None:
    metadata = onnx_files.ROLES_METADATA | {"roles": ",".join(role.name for role in said)}
    made = onnx_files.roles_model(metadata, given)
    assert "output" in refused(load_roles, onnx_files.write(made, tmp_path / "r.onnx"))


def test_wrong_names_and_shapes(tmp_path: Path) -> None:
    assert "input" in refused(
        load_generator, onnx_files.write(GOOD(input_name="noise"), tmp_path / "name.onnx")
    )
    assert "input" in refused(load_generator, onnx_files.write(GOOD(latent=7), tmp_path / "latent.onnx"))
    small = onnx_files.model(
        [helper.make_node("MatMul", ["z", "w"], ["screen"])],
        {"w": np.zeros((onnx_files.LATENT, 9), np.float32)},
        (("z", ["batch", onnx_files.LATENT]), ("screen", ["batch", 9])),
        onnx_files.GENERATOR_METADATA,
    )
    assert "output" in refused(load_generator, onnx_files.write(small, tmp_path / "small.onnx"))
    small.graph.output[0].type.tensor_type.shape.Clear()
    refused(load_generator, onnx_files.write(small, tmp_path / "shapeless.onnx"))


def test_a_shape_that_is_only_wrong_when_it_runs(tmp_path: Path) -> None:
    made = GOOD()
    made.graph.node[-1].output[0] = "whole"
    made.graph.node.extend(
        [
            helper.make_node("ReduceMax", ["z"], ["largest"], keepdims=0),
            helper.make_node("Cast", ["largest"], ["number"], to=TensorProto.INT64),
            helper.make_node("Add", ["number", "hundred"], ["end"]),
            helper.make_node("Slice", ["whole", "start", "end", "axis"], ["screen"]),
        ]
    )
    made.graph.initializer.extend(
        onnx.numpy_helper.from_array(np.array([n], np.int64), name)
        for name, n in (("start", 0), ("hundred", 100), ("axis", 3))
    )
    made.graph.output[0].type.tensor_type.shape.dim[3].dim_param = "unknown"
    network = load_generator(onnx_files.write(made, tmp_path / "late.onnx"))
    with pytest.raises(NetworkError, match=r"late\.onnx: gives"):
        network.dream(np.zeros((1, onnx_files.LATENT), np.float32))


def test_double_precision(tmp_path: Path) -> None:
    made = onnx_files.model(
        [helper.make_node("Cast", ["z"], ["screen"], to=TensorProto.FLOAT)],
        {},
        (("z", ["batch", onnx_files.LATENT]), ("screen", ["batch", onnx_files.LATENT])),
        onnx_files.GENERATOR_METADATA,
        dtype=TensorProto.DOUBLE,
    )
    assert "float32" in refused(load_generator, onnx_files.write(made, tmp_path / "double.onnx"))


@pytest.mark.parametrize("scale", [np.nan, np.inf])
def test_output_that_is_not_finite(tmp_path: Path, scale: float) -> None:
    network = load_generator(onnx_files.write(GOOD(scale=scale), tmp_path / "nan.onnx"))
    with pytest.raises(NetworkError, match=r"nan\.onnx: its screen is not finite;"):
        network.dream(np.zeros((1, onnx_files.LATENT), np.float32))


def test_external_data(tmp_path: Path) -> None:
    path = onnx_files.write(onnx_files.with_external_data(GOOD()), tmp_path / "external.onnx")
    assert "external data" in refused(load_generator, path)


def test_external_data_within_a_subgraph(tmp_path: Path) -> None:
    inner = onnx_files.with_external_data(GOOD()).graph
    made = GOOD()
    made.graph.node.append(helper.make_node("If", ["c"], ["o"], then_branch=inner, else_branch=GOOD().graph))
    assert "external data" in refused(load_generator, onnx_files.write(made, tmp_path / "nested.onnx"))


@pytest.mark.parametrize("domain", ["com.microsoft", "evil\nlines"])
def test_foreign_operators(tmp_path: Path, domain: str) -> None:
    made = GOOD()
    made.graph.node[0].domain = domain
    made.opset_import.append(helper.make_opsetid(domain, 1))
    assert "foreign domain" in refused(load_generator, onnx_files.write(made, tmp_path / "domain.onnx"))


def test_an_operator_that_does_not_exist(tmp_path: Path) -> None:
    made = GOOD()
    made.graph.node[0].op_type = "Dream"
    assert "refuses" in refused(load_generator, onnx_files.write(made, tmp_path / "op.onnx"))


def test_the_guard_bounds_its_work() -> None:
    nested = b""
    for _ in range(20):  # a graph in an attribute of a node of a graph, again and again
        for key in (b"\x32", b"\x2a", b"\x0a"):
            nested = key + _varint(len(nested)) + nested
    with pytest.raises(SuspectFile, match="deeply"):
        inspect(b"\x3a" + _varint(len(nested)) + nested)
    with pytest.raises(SuspectFile, match="many"):
        inspect(b"\x08\x01" * 600_000)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number >= 0x80:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


@given(st.binary(max_size=300))
def test_the_guard_only_ever_raises_its_own_error(data: bytes) -> None:
    try:
        inspect(data)
    except SuspectFile as error:
        assert "\n" not in str(error)
