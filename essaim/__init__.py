"""Essaim: the register, library, laws and memory of a task force on the social and solidarity economy."""

__version__ = "0.1.0"
