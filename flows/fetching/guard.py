"""The guard on every connection: resolve, check, and connect to what was checked."""

import ipaddress
import socket
from collections.abc import Iterable

import httpcore2

from flows.world import World


class RefusedAddressError(OSError):
    """The name leads to an address off the public internet."""


NO_SUCH_HOST = "no such host"
"""As the log says it; the resolver answered, so it will say the same in an hour."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
FIRST_TRY_S = 5.0
"""For each address of a host but the last: one that swallows everything must leave the others time of the request's
30 s. A lost first packet is sent again after 1 and after 3 s."""
COMPATIBLE = ipaddress.ip_network("::/96")


def is_public(number: str) -> bool:
    """Is this the address of a host on the public internet, also when it wraps an older one?"""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address in NAT64 or address in COMPATIBLE:
            return is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo and address.teredo[1])
        if inner:
            return is_public(str(inner))
        if address.is_site_local or address in ipaddress.ip_network("64:ff9b:1::/48"):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Resolves, checks and connects by number, so that what was checked is what is connected to."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._backend = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        try:
            addresses = await self._world.resolve(host, port)
        except OSError as error:
            is_passing = isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN
            finding = "the name cannot be looked up now" if is_passing else NO_SUCH_HOST
            raise httpcore2.ConnectError(f"{host}: {finding} ({error})") from error
        for address in addresses:
            if address != self._world.admitted and not is_public(address[0]):
                raise RefusedAddressError(f"{host} leads to {address[0]}:{address[1]}, off the public internet")
        failure: Exception = httpcore2.ConnectError(f"{host}: the name has no address")
        tried = addresses[:4]
        for place, (number, real_port) in enumerate(tried, start=1):
            limit_s = timeout if place == len(tried) else min(FIRST_TRY_S, timeout or FIRST_TRY_S)
            try:
                return await self._backend.connect_tcp(number, real_port, limit_s, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise failure

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        raise RefusedAddressError(f"{path}: sockets of this machine are never asked")

    async def sleep(self, seconds: float) -> None:
        await self._backend.sleep(seconds)
