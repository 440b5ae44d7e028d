"""The networks, loaded with suspicion, and the way from a seed to dreamed screens."""

from .network import Generator, NetworkError, Networks, RoleNetwork, load_networks, shipped_networks
from .z import latents, z_seeds

__all__ = [
    "Generator",
    "NetworkError",
    "Networks",
    "RoleNetwork",
    "latents",
    "load_networks",
    "shipped_networks",
    "z_seeds",
]
