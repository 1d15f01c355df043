"""A webhook reaches public addresses, however others are dressed up."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gateway.webhooks.addresses import CLOSED_4, NAT64, OPEN_6, AllowList, effective, is_public

NOWHERE = AllowList()


def disguises(address: IPv4Address) -> list[IPv6Address]:
    number = int(address)
    return [IPv6Address((0xFFFF << 32) | number), IPv6Address(int(NAT64.network_address) | number)]


@pytest.mark.parametrize(
    "text",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.100.100.200",
        "127.0.0.1",
        "127.255.255.254",
        "168.63.129.16",
        "169.254.169.254",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.0.1",
        "198.19.0.1",
        "203.0.113.7",
        "224.0.0.1",
        "239.255.255.255",
        "255.255.255.255",
        "::",
        "::1",
        "::7f00:1",
        "::ffff:127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b:1::1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "2606:4700::1111%eth0",
    ],
)
def test_what_is_not_public_is_refused(text: str) -> None:
    assert not is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", ["1.1.1.1", "8.8.8.8", "172.32.0.1", "192.169.0.1", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_what_is_public_is_reached(text: str) -> None:
    assert is_public(ip_address(text))


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_the_same_in_every_ipv6_form(address: IPv4Address) -> None:
    for disguise in disguises(address):
        assert effective(disguise) == address
        assert is_public(disguise) is is_public(address)


@settings(deadline=None)
@given(st.sampled_from(CLOSED_4).flatmap(lambda network: st.ip_addresses(network=network)))
def test_no_address_of_a_closed_network_is_public(address: IPv4Address) -> None:
    assert not is_public(address)
    assert not any(is_public(disguise) for disguise in disguises(address))


@settings(deadline=None)
@given(st.ip_addresses(v=6))
def test_ipv6_is_public_only_where_addresses_are_given_out(address: IPv6Address) -> None:
    carries_ipv4 = address in NAT64 or address.ipv4_mapped is not None
    assert not is_public(address) or address in OPEN_6 or carries_ipv4


@settings(deadline=None)
@given(st.ip_addresses())
def test_public_is_never_more_than_the_standard_library_calls_global(address: IPv4Address | IPv6Address) -> None:
    assert not is_public(address) or effective(address).is_global


def test_the_allow_list_opens_networks_and_names_and_nothing_else() -> None:
    allow = AllowList.parse(["127.0.0.0/8", "10.1.2.3", "fd00::/8", "Hooks.Internal"])
    assert allow.permits("x", ip_address("127.9.9.9"))
    assert allow.permits("x", ip_address("::ffff:127.0.0.1"))
    assert allow.permits("x", ip_address("10.1.2.3"))
    assert allow.permits("x", ip_address("fd12::1"))
    assert allow.permits("hooks.internal.", ip_address("192.168.1.1"))
    assert not allow.permits("x", ip_address("10.1.2.4"))
    assert not allow.permits("x", ip_address("::1"))
    assert not allow.permits("more.hooks.internal", ip_address("192.168.1.1"))
    assert not NOWHERE.permits("localhost", ip_address("127.0.0.1"))


@pytest.mark.parametrize("entry", ["10.0.0.1/8", "10.0.0.0/33", "300.1.1.1", "127.1", "::g"])
def test_an_entry_that_is_no_network_is_refused(entry: str) -> None:
    with pytest.raises(ValueError, match=re.escape(entry.partition("/")[0])):
        AllowList.parse([entry])
