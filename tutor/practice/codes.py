"""Codes of papers: short, and worth nothing without the secret they were made with."""

from __future__ import annotations

import hashlib
import hmac
import secrets

ALPHABET = "23456789BCDFGHJKLMNPQRTVWXYZ"
"""Without what looks alike, and without vowels, so that no words come about."""
LENGTH = 6
OPEN = b"open"
"""The secret of practice sheets, which everybody knows."""


def new_secret() -> bytes:
    """Bytes that nobody can guess."""
    return secrets.token_hex(16).encode()


def keyed(secret: bytes, *about: str) -> bytes:
    """What only the holder of the secret can compute."""
    return hmac.new(secret, "\0".join(about).encode(), hashlib.sha256).digest()


def code_of(secret: bytes, about: str) -> str:
    """The code of a paper: letters and digits in two groups."""
    number = int.from_bytes(keyed(secret, "code", about)[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, at = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[at])
    half = LENGTH // 2
    return f"{''.join(letters[:half])}-{''.join(letters[half:])}"


def stream_of(secret: bytes, about: str, part: int) -> str:
    """Where the draws of one part of a paper come from."""
    return keyed(secret, "part", about, str(part)).hex()
