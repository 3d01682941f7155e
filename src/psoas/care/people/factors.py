"""The secrets of second factors: sealed under a key from the key folder, not left in the clear.

A stolen database would otherwise hold everything an authenticator app needs.
"""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from psoas.care.people import vault

_BELONGS = b"psoas second factor 1"
_NONCE = 12


def seal(secret: str) -> str:
    nonce = os.urandom(_NONCE)
    return base64.b64encode(nonce + _cipher().encrypt(nonce, secret.encode(), _BELONGS)).decode()


def unseal(sealed: str) -> str:
    data = base64.b64decode(sealed)
    try:
        return _cipher().decrypt(data[:_NONCE], data[_NONCE:], _BELONGS).decode()
    except InvalidTag:
        raise vault.Unreadable("The second factor was sealed with another session key.") from None


def _cipher() -> AESGCM:
    # From the session key: rotating the vault key must not lock every authenticator out.
    start = bytes.fromhex(vault.keyring().session_key)
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=_BELONGS).derive(start)
    return AESGCM(key)
