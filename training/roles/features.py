"""The role network's features of a cell, which precision and recall compare: its last layer's input."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray

from generator.dream.loading import load_roles

from ..errors import TrainingError
from .network import to_input


class RoleFeatures:
    """Computes the input of a role network's last layer. Raises NetworkError or TrainingError."""

    def __init__(self, roles: Path) -> None:
        import onnxruntime

        load_roles(roles)  # says what is wrong with a file that is no role network
        model = onnx.load(roles, load_external_data=False)
        logits = model.graph.output[0].name
        last = next((node for node in model.graph.node if logits in node.output), None)
        if last is None or last.op_type != "Conv":
            raise TrainingError(f"{roles}: its last layer is no convolution; export the role network again")
        del model.graph.output[:]
        model.graph.output.append(onnx.ValueInfoProto(name=last.input[0]))
        self._session: Any = onnxruntime.InferenceSession(
            model.SerializeToString(), providers=["CPUExecutionProvider"]
        )

    def of_cells(self, screens: NDArray[np.uint8], cells: NDArray[np.int64]) -> NDArray[np.float32]:
        """Features float32[k, d] of some cells of screens uint8[n, 224, 224] (palette indices).

        A cell's number is screen * 196 + row * 14 + column.
        """
        per_screen = []
        for screen in screens:
            (features,) = self._session.run(None, {"screens": to_input(screen[None]).numpy()})
            per_screen.append(features[0].reshape(features.shape[1], -1).T)
        return np.concatenate(per_screen)[cells]
