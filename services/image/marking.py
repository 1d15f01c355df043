"""Marks a picture as what it is: metadata that people's tools read, and a signed manifest. Blocking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO

import c2pa

from services.image.certificates import Identity
from services.image.containers import NoPlaceError, with_xmp
from services.image.facts import Facts
from services.image.manifest import GENERATOR, SIGNING_SETTINGS, manifest_of
from services.image.sealing import can_seal, place_in, sealed
from services.image.xmp import Description, packet
from services.kit import telemetry
from services.kit.errors import Reason, ServiceError

log = telemetry.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Marked:
    """A picture with its marks; `signer` is the name in the certificate, "" where it is not signed."""

    data: bytes
    digital_source_type: str
    signer: str = ""
    development: bool = False


class Marker:
    """Writes marks; `required` is whether a picture that cannot be signed is an error.

    `signature` gives who signs and with what, made when it is first needed, or None where nobody is to sign. `credit`
    is the credit line of pictures that come without one; `version` is ours, for the claim.
    """

    def __init__(
        self, signature: Callable[[], tuple[Identity, c2pa.Signer] | None], *, required: bool, credit: str, version: str
    ) -> None:
        self._signature = signature
        self._required = required
        self._credit = credit
        self._version = version
        self._context = c2pa.Context.from_dict(SIGNING_SETTINGS)

    def dated(self, facts: Facts) -> Facts:
        """The facts with the time that it is now, and with the credit line that is used where they have none."""
        label = facts.label if facts.label.credit else replace(facts.label, credit=self._credit)
        return replace(facts, made_at=datetime.now(UTC), label=label)

    async def check(self) -> None:
        """Whether pictures can be signed; for the start of a process.

        Raises:
            ServiceError: SIGNING_FAILED.
        """
        try:
            await asyncio.to_thread(self._signature)
        except (c2pa.C2paError, OSError, ValueError) as error:
            raise _failed(error) from error

    def xmp(self, facts: Facts) -> bytes:
        """The packet of metadata."""
        label = facts.label
        return packet(
            Description(
                alt_text=label.alt_text,
                caption=label.caption,
                language=label.language,
                credit=label.credit,
                digital_source_type=facts.digital_source_type,
                system=facts.maker,
                creator_tool=f"{GENERATOR} {self._version}",
            )
        )

    def mark(self, data: bytes, media_type: str, facts: Facts, *, edited: bool = False) -> Marked:
        """The file with metadata and manifest; the pixels stay as they are.

        Raises:
            ServiceError: SIGNING_FAILED where it could not be signed and has to be.
        """
        described = self._described(data, media_type, facts)
        try:
            signature = self._signature()
            if signature is None:
                return Marked(described, facts.digital_source_type)
            identity, signer = signature
            edited_at = self.dated(facts).time if edited else ""
            definition = manifest_of(facts, media_type, self._version, edited_at=edited_at)
            signed = self._signed(signer, definition, media_type, described)
        except (c2pa.C2paError, OSError, ValueError) as error:
            if self._required:
                raise _failed(error) from error
            log.warning("picture is not signed", error=str(error))
            return Marked(described, facts.digital_source_type)
        return Marked(signed, facts.digital_source_type, identity.common_name, identity.development)

    def _signed(self, signer: c2pa.Signer, definition: str, media_type: str, data: bytes) -> bytes:
        if media_type == "image/jpeg" and can_seal() and (place := place_in(data)):
            return sealed(definition, self._context, signer, data, place)
        output = BytesIO()
        with c2pa.Builder(definition, self._context) as builder:
            builder.sign(signer, media_type, BytesIO(data), output)
        return output.getvalue()

    def _described(self, data: bytes, media_type: str, facts: Facts) -> bytes:
        wanted = self.xmp(facts)
        if media_type == "image/avif" and wanted in data:
            return data
        try:
            return with_xmp(data, media_type, wanted)
        except NoPlaceError as error:
            log.warning("picture has no metadata", media_type=media_type, error=str(error))
            return data


def _failed(error: Exception) -> ServiceError:
    return ServiceError(Reason.SIGNING_FAILED, f"the picture could not be signed: {error}")
