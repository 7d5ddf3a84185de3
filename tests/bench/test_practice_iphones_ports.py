"""The ports of a practice iPhone: each service waits behind its own, and lockdownd's stays lockdownd's."""

from diagnostics.practice.apple.lockdown import PORT, Ports


def test_no_two_services_wait_behind_one_port() -> None:
    ports = Ports()
    opened = [ports.open(f"service {number}", None) for number in range(1000)]
    assert len(set(opened)) == 1000
    assert [ports.take(port)[0] for port in opened] == [f"service {number}" for number in range(1000)]


def test_no_service_waits_behind_the_port_of_lockdownd() -> None:
    def used_once(ports: Ports) -> int:
        port = ports.open("service", None)
        ports.take(port)
        return port

    ports = Ports()
    assert PORT not in {used_once(ports) for _ in range(200_000)}


def test_who_was_never_called_is_forgotten_for_newer_ones() -> None:
    ports = Ports()
    first, second = ports.open("first", None), ports.open("second", None)
    for number in range(999):
        ports.open(f"service {number}", None)
    assert not ports.waits(first)
    assert ports.waits(second)
