"""Which network addresses a webhook may reach: public ones, and those that the operator allows. No I/O.

The closed networks are those of IANA's special-purpose address registries, written out because `is_global` of the
standard library has changed with its patch releases, and one address that a cloud answers internal requests on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

CLOSED_4 = tuple(
    IPv4Network(text)
    for text in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "168.63.129.16/32",  # Azure's host, reached from inside its machines only
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    )
)
# Everything else of IPv6 is unassigned, local or multicast.
OPEN_6 = IPv6Network("2000::/3")
# Protocol assignments with Teredo, documentation, and 6to4, which carries any IPv4 address inside.
CLOSED_6 = tuple(IPv6Network(text) for text in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))
NAT64 = IPv6Network("64:ff9b::/96")


def effective(address: Address) -> Address:
    """The address that is reached in the end: the IPv4 address inside an IPv4-mapped or NAT64 one, else itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return address.ipv4_mapped
        if address in NAT64:
            return IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could reach the address."""
    reached = effective(address)
    if not reached.is_global or reached.is_multicast or reached.is_reserved:
        return False
    if isinstance(reached, IPv4Address):
        return not any(reached in network for network in CLOSED_4)
    if reached.scope_id is not None or reached.is_site_local:
        return False
    return reached in OPEN_6 and not any(reached in network for network in CLOSED_6)


@dataclass(frozen=True, slots=True)
class AllowList:
    """Host names and networks that may be reached although they are not public."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    @classmethod
    def parse(cls, entries: Iterable[str]) -> AllowList:
        """The list that entries like "hooks.internal", "10.1.0.0/16" or "127.0.0.1" make.

        Raises:
            ValueError: an entry that looks like a network and is none.
        """
        names: set[str] = set()
        networks: list[Network] = []
        for entry in entries:
            if "/" in entry or ":" in entry or entry.replace(".", "").isdigit():
                networks.append(ip_network(entry))
            else:
                names.add(canonical_name(entry))
        return cls(frozenset(names), tuple(networks))

    def permits(self, host: str, address: Address) -> bool:
        """Whether a webhook to this host may connect to this address of it."""
        if is_public(address) or canonical_name(host) in self.names:
            return True
        reached = effective(address)
        return any(reached.version == network.version and reached in network for network in self.networks)


def canonical_name(host: str) -> str:
    """A host name in the form in which two of them can be compared."""
    return host.lower().removesuffix(".")


def parse_address(text: str) -> Address | None:
    """The address that a text spells in its usual form, else None."""
    try:
        return ip_address(text)
    except ValueError:
        return None
