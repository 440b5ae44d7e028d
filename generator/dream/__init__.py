"""The networks, loaded with suspicion, and the way from a seed to dreamed screens."""

from .network import NetworkError, Networks, load_networks
from .z import latents, z_seeds

__all__ = ["NetworkError", "Networks", "latents", "load_networks", "z_seeds"]
