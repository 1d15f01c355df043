"""Settings of the image service."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services.image.locations import LocationError, read_location
from services.image.signers import is_safe_url
from services.kit.config import ConfigError, check_choice, setting
from services.workers_ai.settings import WorkersAISettings

DEFAULT_MODEL = "@cf/black-forest-labs/flux-1-schnell"


@dataclass(frozen=True)
class Config(WorkersAISettings):
    """Everything that can be set."""

    listen: str = setting("127.0.0.1:50053", "host:port to listen on; port 0 takes any free one.")
    peers: tuple[str, ...] = setting(
        ("orchestrator",), "Names in callers' certificates that may call, with mutual TLS; * is any."
    )
    model: tuple[str, ...] = setting(
        (DEFAULT_MODEL,), "Text-to-image model; further ones, after commas, are asked where those before do not answer."
    )
    store: str = setting("data/images", "Picture store: a directory, or s3://bucket/prefix; replicas may share it.")
    slots: int = setting(8, "Pictures made at once, 1 or more; further calls are answered SERVER_BUSY at once.")
    timeout_s: float = setting(90.0, "Longest that one call of a model may take, in seconds, above 0.")
    attempts: int = setting(3, "Requests to a model for one picture, 1 or more; a caller may set fewer.")
    s3_endpoint: str = setting("", "URL of an S3-compatible store; empty for Amazon's. Or AWS_ENDPOINT_URL.")
    s3_region: str = setting("", "Region of the bucket; empty for us-east-1, auto for R2. Or AWS_REGION.")
    s3_access_key_id: str = setting("", "Access key id; empty for AWS_ACCESS_KEY_ID.")
    s3_secret_access_key: str = setting("", "Secret access key; empty for AWS_SECRET_ACCESS_KEY.", secret=True)
    signing: str = setting("on", "Signing of pictures: off, on (unsigned with a warning where it fails), required.")
    signing_directory: str = setting(
        "", "Where the development certificate is made; empty for signing/ in the store, or data/signing with S3."
    )
    signing_certificate: str = setting("", "Own certificates as PEM, or their file, the signing one first.")
    signing_key: str = setting("", "Private key as PEM, or its file, or a PKCS#11 URI.", secret=True)
    signing_url: str = setting("", "Address of a service that signs instead: https, or http to this machine.")
    signing_token: str = setting("", "Bearer token for the signing service.", secret=True)
    credit: str = setting("", "Credit line of pictures that come without one, at most 200 characters.")
    trust_anchors: str = setting("", "Certificates that VerifyImage trusts as PEM, or their file.")

    def __post_init__(self) -> None:
        super().__post_init__()
        _check("ATELIER_IMAGE_MODEL", bool(self.model), "takes at least one model")
        _check("ATELIER_IMAGE_SLOTS", self.slots >= 1, "takes 1 or more")
        _check("ATELIER_IMAGE_TIMEOUT_S", self.timeout_s > 0, "takes a number above 0")
        _check("ATELIER_IMAGE_ATTEMPTS", self.attempts >= 1, "takes 1 or more")
        _check("ATELIER_IMAGE_CREDIT", len(self.credit) <= 200, "takes at most 200 characters")
        self._check_store()
        self._check_signing()

    @property
    def development_directory(self) -> Path:
        """Where the development certificate lies."""
        if self.signing_directory:
            return Path(self.signing_directory).expanduser()
        place = read_location(self.store)
        return place / "signing" if isinstance(place, Path) else Path("data/signing")

    def _check_store(self) -> None:
        try:
            read_location(self.store)
        except LocationError as error:
            raise ConfigError(f"ATELIER_IMAGE_STORE {error}") from None

    def _check_signing(self) -> None:
        check_choice("ATELIER_IMAGE_SIGNING", self.signing, ("off", "on", "required"))
        keys = bool(self.signing_key) + bool(self.signing_url)
        _check("ATELIER_IMAGE_SIGNING_KEY", keys < 2, "and ATELIER_IMAGE_SIGNING_URL exclude each other")
        _check(
            "ATELIER_IMAGE_SIGNING_CERTIFICATE",
            bool(self.signing_certificate) == bool(keys),
            "goes together with ATELIER_IMAGE_SIGNING_KEY or ATELIER_IMAGE_SIGNING_URL",
        )
        _check(
            "ATELIER_IMAGE_SIGNING_URL",
            not self.signing_url or is_safe_url(self.signing_url),
            "takes an https URL, or http to this machine",
        )


def _check(name: str, holds: bool, takes: str) -> None:
    if not holds:
        raise ConfigError(f"{name} {takes}")
