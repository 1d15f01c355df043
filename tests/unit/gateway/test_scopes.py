"""Each request needs one scope, and what a scope opens is not more than it says."""

from __future__ import annotations

import pytest

from gateway import scopes
from gateway.keys import Principal, Scope


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/v1/assets", Scope.READ),
        ("POST", "/v1/assets", Scope.CREATE),
        ("PATCH", "/v1/assets/a", Scope.CREATE),
        ("POST", "/v1/assets/a:replay", Scope.CREATE),
        ("POST", "/v1/assets/a:review", Scope.REVIEW),
        ("POST", "/v1/assets/a:review/x", Scope.CREATE),
        ("GET", "/v1/styles/acme", Scope.READ),
        ("PUT", "/v1/styles/acme", Scope.STYLES),
        ("DELETE", "/v1/styles/acme", Scope.STYLES),
        ("POST", "/v1/styles", Scope.STYLES),
        ("POST", "/v1/verify", Scope.READ),
        ("GET", "/v1/usage", Scope.READ),
        ("POST", "/v1/images/generations", Scope.CREATE),
        ("BREW", "/v1/anything", Scope.CREATE),
    ],
)
def test_requests_and_their_scopes(method: str, path: str, scope: Scope) -> None:
    assert scopes.needed(method, path) is scope


def test_a_reviewer_sees_all_assets_and_changes_only_its_own() -> None:
    reviewer = Principal("a", frozenset({Scope.READ, Scope.REVIEW}))
    assert (reviewer.sees_all, reviewer.changes_all) == (True, False)
    admin = Principal("b", frozenset({Scope.ADMIN}))
    assert (admin.sees_all, admin.changes_all) == (True, True)
    writer = Principal("c", frozenset({Scope.READ, Scope.CREATE, Scope.USAGE, Scope.STYLES}))
    assert (writer.sees_all, writer.changes_all) == (False, False)
