"""Files with a password: Excel's own default one is tried, no other.

In: bytes. Out: the same workbook without encryption. Source: [MS-OFFCRYPTO]; a workbook whose structure alone is
protected is encrypted with the password `VelvetSweatshop`, which every spreadsheet program tries unasked.
"""

from __future__ import annotations

import io
import struct
from typing import Any
from xml.parsers.expat import ExpatError

from consolidator.read.limits import damaged, encrypted

_DEFAULT_PASSWORD = "VelvetSweatshop"  # noqa: S105 - a constant of the file format
_BROKEN = (struct.error, AttributeError, AssertionError, KeyError, IndexError, TypeError, ValueError, OSError, OverflowError)  # fmt: skip


def decrypted(content: bytes) -> bytes:
    """The workbook behind the default password; raises `Refused`: encrypted when that is not the password, or damaged."""
    import msoffcrypto  # noqa: PLC0415 - only needed for these files
    from msoffcrypto import exceptions  # noqa: PLC0415

    failures = (
        exceptions.FileFormatError,
        exceptions.ParseError,
        exceptions.DecryptionError,
        exceptions.EncryptionError,
        exceptions.InvalidKeyError,
        *_BROKEN,
    )
    plain = io.BytesIO()
    try:
        office: Any = msoffcrypto.OfficeFile(io.BytesIO(content))
        office.load_key(password=_DEFAULT_PASSWORD)
        office.decrypt(plain)
    except ExpatError as error:  # the description of the encryption is XML
        raise damaged("xml") from error
    except failures as error:
        raise encrypted() from error
    return plain.getvalue()
