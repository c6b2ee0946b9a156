"""Only IP addresses that anybody can reach are public."""

import pytest

from tour.curation.link_check.http_client import is_public

PRIVATE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"),
    *("192.0.2.1", "198.18.0.1", "224.0.1.1", "239.1.1.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff0e::1", "2001:db8::1", "100::1", "4000::1"),
    # IPv4 addresses in another dress: mapped, 6to4, Teredo, translated.
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::1", "2001:0:7f00:1::1", "64:ff9b::7f00:1", "::127.0.0.1"),
]
PUBLIC = ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_private_address_is_not_public(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", PUBLIC)
def test_a_public_address_is_public(ip):
    assert is_public(ip)
