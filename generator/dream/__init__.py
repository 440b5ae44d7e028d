"""The networks, loaded with suspicion, and the way from a seed to dreamed screens."""

from .loading import load_networks
from .network import NetworkError, Networks
from .z import latents, z_seeds

__all__ = ["NetworkError", "Networks", "latents", "load_networks", "z_seeds"]
