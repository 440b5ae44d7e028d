"""What the role network sees in a cell before it decides: the features that precision and recall compare."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from generator.network import load_roles
from generator.roles import CELLS

from .errors import TrainingError
from .role_network import neighbourhoods, to_input

_BATCH = 512


class RoleFeatures:
    """The input of a role network's last layer."""

    def __init__(self, roles: Path) -> None:
        import onnxruntime

        load_roles(roles)  # says clearly what is wrong with a file that is none
        model = onnx.load(roles, load_external_data=False)
        logits = model.graph.output[0].name
        last = next((node for node in model.graph.node if logits in node.output), None)
        if last is None or last.op_type not in ("Gemm", "MatMul"):
            raise TrainingError(f"{roles}: its last layer is no linear one; export the role network again")
        del model.graph.output[:]
        model.graph.output.append(onnx.ValueInfoProto(name=last.input[0]))
        self._session: Any = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )

    def of_cells(self, screens: NDArray[np.uint8], cells: NDArray[np.int64]) -> NDArray[np.float32]:
        """Features float32[k, d] of cells of palette indices uint8[n, 224, 224], numbered screen * 196 +
        row * 14 + column."""
        parts = []
        for some in np.array_split(cells, max(1, len(cells) // _BATCH)):
            screen, cell = np.divmod(some, CELLS * CELLS)
            batch = to_input(neighbourhoods(screens, screen, cell)).numpy()
            (features,) = self._session.run(None, {"cells": batch})
            parts.append(features)
        return np.concatenate(parts)
