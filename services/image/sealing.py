"""Signs a JPEG by its hash: the C2PA library gets no bytes of the picture and gives back what is put into the file.

Its own way reads a file three times and writes it once, in eighty calls back into Python. These functions of it are
there for those who put manifests into files themselves; its Python side lacks them, so they are called by ctypes. Where
a release of the library has them no more, or a file is out of the ordinary, `marking.py` takes the usual way. Blocking.
"""

from __future__ import annotations

import ctypes
import hashlib
from functools import cache

import c2pa
import orjson
from c2pa import c2pa as _python_side

from services.image.containers import segments_of_jpeg

_FORMAT = b"image/jpeg"
_NAME = "jumbf manifest"
_APP0, _APP11 = 0xE0, 0xEB
_Bytes = ctypes.POINTER(ctypes.c_ubyte)


def can_seal() -> bool:
    """Whether this release of the library can be called so."""
    return _library() is not None


def place_in(data: bytes) -> int:
    """Where in a JPEG the manifest belongs: behind its first segment, if that is JFIF's; 0 where it may have one."""
    place = 2
    for at, end in segments_of_jpeg(data):
        if data[at + 1] == _APP11:
            return 0
        if data[at + 1] == _APP0 and at == 2:
            place = end
    return place


def sealed(definition: str, context: c2pa.Context, signer: c2pa.Signer, data: bytes, place: int) -> bytes:
    """The JPEG with a signed manifest at `place`.

    Raises:
        C2paError: what the library says.
    """
    library = _library()
    if library is None:
        raise c2pa.C2paError("the library cannot sign by hash")
    with c2pa.Builder(definition, context) as builder:
        handle, key = _handle(builder), _handle(signer)
        reserved = library.c2pa_signer_reserve_size(key)
        length = len(_taken(library, library.c2pa_builder_data_hashed_placeholder, handle, reserved, _FORMAT))
        binding = orjson.dumps(
            {
                "exclusions": [{"start": place, "length": length}],
                "name": _NAME,
                "alg": "sha256",
                # What is left out does not count: the hash is that of the file before.
                "hash": list(hashlib.sha256(data).digest()),
                "pad": [],
            }
        )
        sign = library.c2pa_builder_sign_data_hashed_embeddable
        manifest = _taken(library, sign, handle, key, binding, _FORMAT, None)
    if len(manifest) != length:
        raise c2pa.C2paError(f"the manifest has {len(manifest)} bytes instead of {length}")
    return b"".join([data[:place], manifest, memoryview(data)[place:]])


def _taken(library: ctypes.CDLL, function: ctypes._NamedFuncPointer, *arguments: object) -> bytes:
    """The bytes that a function of the library gives out."""
    pointer = _Bytes()
    size = function(*arguments, ctypes.byref(pointer))
    if size < 0 or not pointer:
        raise c2pa.C2paError(_problem(library))
    try:
        return ctypes.string_at(pointer, size)
    finally:
        library.c2pa_free(pointer)


def _problem(library: ctypes.CDLL) -> str:
    """What went wrong last in this thread."""
    address = library.c2pa_error()
    if not address:
        return "unknown"
    try:
        return ctypes.string_at(address).decode("utf-8", "replace")
    finally:
        library.c2pa_free(address)


def _handle(thing: c2pa.Builder | c2pa.Signer) -> int:
    handle = getattr(thing, "_handle", None)
    if not handle:
        raise c2pa.C2paError("closed")
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


@cache
def _library() -> ctypes.CDLL | None:
    """The library once more, with types of its own for the functions; None where it lacks any of them."""
    try:
        library = ctypes.CDLL(_python_side._lib._name)
        library.c2pa_signer_reserve_size.argtypes = [ctypes.c_void_p]
        library.c2pa_signer_reserve_size.restype = ctypes.c_int64
        placeholder = library.c2pa_builder_data_hashed_placeholder
        placeholder.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.POINTER(_Bytes)]
        placeholder.restype = ctypes.c_int64
        sign = library.c2pa_builder_sign_data_hashed_embeddable
        sign.argtypes = [
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_char_p,
            ctypes.c_void_p,
            ctypes.POINTER(_Bytes),
        ]
        sign.restype = ctypes.c_int64
        library.c2pa_error.restype = ctypes.c_void_p
        library.c2pa_free.argtypes = [ctypes.c_void_p]
    except (AttributeError, OSError):
        return None
    return library
