"""Settings of the image service."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.image.bucket import Access
from services.image.config import DEFAULT_MODEL, Config
from services.image.locations import Bucket, read_location
from services.kit.config import ConfigError, describe, load


def test_the_defaults_are_those_of_the_design() -> None:
    config = load(Config, "image", {})
    assert (config.listen, config.model, config.store) == ("127.0.0.1:50053", (DEFAULT_MODEL,), "data/images")


def test_every_setting_has_its_variable() -> None:
    environ = {
        "ATELIER_IMAGE_LISTEN": "0.0.0.0:1",
        "ATELIER_IMAGE_MODEL": "@cf/a/b, @cf/c/d",
        "ATELIER_IMAGE_STORE": "/pictures",
        "ATELIER_IMAGE_SLOTS": "3",
        "ATELIER_IMAGE_TIMEOUT_S": "1.5",
        "ATELIER_IMAGE_ATTEMPTS": "2",
    }
    config = load(Config, "image", environ)
    assert (config.listen, config.model) == ("0.0.0.0:1", ("@cf/a/b", "@cf/c/d"))
    assert (config.store, config.slots) == ("/pictures", 3)
    assert (config.timeout_s, config.attempts) == (1.5, 2)


@pytest.mark.parametrize(
    ("name", "value"), [("MODEL", ","), ("SLOTS", "0"), ("TIMEOUT_S", "0"), ("TIMEOUT_S", "nan"), ("ATTEMPTS", "0")]
)
def test_a_value_out_of_range_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=f"ATELIER_IMAGE_{name}"):
        load(Config, "image", {f"ATELIER_IMAGE_{name}": value})


PEM = "-----BEGIN PRIVATE KEY-----\nMII...\n-----END PRIVATE KEY-----"


@pytest.mark.parametrize(
    ("environ", "named"),
    [
        ({"STORE": "ftp://x"}, "STORE"),
        ({"STORE": "s3://"}, "STORE"),
        ({"STORE": "s3://UPPER/x"}, "STORE"),
        ({"STORE": "s3://bucket/../x"}, "STORE"),
        ({"SIGNING": "maybe"}, "SIGNING"),
        ({"SIGNING_KEY": PEM}, "SIGNING_CERTIFICATE"),
        ({"SIGNING_CERTIFICATE": "a.pem"}, "SIGNING_CERTIFICATE"),
        ({"SIGNING_CERTIFICATE": "a.pem", "SIGNING_URL": "http://signer.example/"}, "SIGNING_URL"),
        ({"SIGNING_CERTIFICATE": "a.pem", "SIGNING_URL": "https://s/", "SIGNING_KEY": PEM}, "SIGNING_KEY"),
        ({"CREDIT": "x" * 201}, "CREDIT"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_by_name(environ: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=f"ATELIER_IMAGE_{named}") as caught:
        load(Config, "image", {f"ATELIER_IMAGE_{name}": value for name, value in environ.items()})
    assert "MII" not in str(caught.value)


def test_no_secret_is_shown() -> None:
    secrets = {"S3_SECRET_ACCESS_KEY": "secret-1", "SIGNING_KEY": PEM, "SIGNING_TOKEN": "secret-2"}
    environ = secrets | {"SIGNING_CERTIFICATE": "a.pem"}
    config = load(Config, "image", {f"ATELIER_IMAGE_{name}": value for name, value in environ.items()})
    shown = f"{config!r} {describe(config, 'image')}"
    assert not [name for name, value in secrets.items() if value in shown]
    assert describe(config, "image")["ATELIER_IMAGE_SIGNING_KEY"] == "***"


@pytest.mark.parametrize(
    ("environ", "directory"),
    [
        ({}, "data/images/signing"),
        ({"STORE": "/pictures"}, "/pictures/signing"),
        ({"STORE": "s3://bucket/prefix"}, "data/signing"),
        ({"STORE": "s3://bucket", "SIGNING_DIRECTORY": "/keys"}, "/keys"),
    ],
)
def test_the_development_certificate_lies_with_the_store(environ: dict[str, str], directory: str) -> None:
    config = load(Config, "image", {f"ATELIER_IMAGE_{name}": value for name, value in environ.items()})
    assert str(config.development_directory) == directory


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("data/images", Path("data/images")),
        ("s3://bucket", Bucket("bucket", "")),
        ("s3://my.bucket-1/a/b/", Bucket("my.bucket-1", "a/b")),
    ],
)
def test_a_store_is_a_directory_or_a_place_in_a_bucket(text: str, place: object) -> None:
    assert read_location(text) == place


def test_a_pair_of_keys_is_never_mixed_of_two_sources() -> None:
    environ = {"AWS_ACCESS_KEY_ID": "theirs", "AWS_SECRET_ACCESS_KEY": "their-secret", "AWS_REGION": "eu-north-1"}
    own = Access.of("", "", "ours", "our-secret", environ | {"AWS_SESSION_TOKEN": "theirs"})
    assert (own.access_key_id, own.secret_access_key, own.session_token) == ("ours", "our-secret", "")
    theirs = Access.of("http://s3", "", "", "", environ)
    assert (theirs.access_key_id, theirs.secret_access_key) == ("theirs", "their-secret")
    assert (theirs.endpoint, theirs.region) == ("http://s3", "eu-north-1")
