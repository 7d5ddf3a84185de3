"""A computer that asks an iPhone everything there is to ask, by hand, one step after the other."""

from __future__ import annotations

import plistlib
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

from diagnostics.practice.apple.steps import Step
from diagnostics.practice.bench import PracticeThread
from tests.fakes.apple_client import HandClient

Answers = dict[Step, Any]
Requests = dict[Step, dict[str, Any]]
_RELAY: Requests = {
    Step.RELAY_BATTERY: {"Request": "IORegistry", "EntryClass": "IOPMPowerSource"},
    Step.RELAY_DEVICE_TREE: {"Request": "IORegistry", "EntryName": "device-tree"},
    Step.RELAY_OPTIONS: {"Request": "IORegistry", "EntryName": "options"},
    Step.RELAY_GESTALT: {"Request": "MobileGestalt", "MobileGestaltKeys": ["ProductType"]},
    Step.RELAY_OTHER: {"Request": "GasGauge"},
}
_MANAGEMENT: Requests = {
    Step.CLOUD_CONFIGURATION: {"RequestType": "GetCloudConfiguration"},
    Step.PROFILE_LIST: {"RequestType": "GetProfileList"},
}
_APPS: Requests = {
    Step.APP_LOOKUP: {"Command": "Lookup", "ClientOptions": {"BundleIDs": ["com.saurik.Cydia", "kjc.loader"]}}
}
_SERVICES: dict[str, tuple[str, Requests]] = {
    "relay": ("com.apple.mobile.diagnostics_relay", _RELAY),
    "mcinstall": ("com.apple.mobile.MCInstall", _MANAGEMENT),
    "apps": ("com.apple.mobile.installation_proxy", _APPS),
    "activation": (
        "com.apple.mobileactivationd",
        {Step.ACTIVATION_STATE: {"Command": "GetActivationStateRequest"}},
    ),
    "other": ("com.apple.mobile.notification_proxy", {Step.OTHER_SERVICE: {"Command": "Shutdown"}}),
}


class Broken(Exception):
    """The conversation ended at a step."""

    def __init__(self, step: Step, error: BaseException) -> None:
        super().__init__(f"{step}: {error!r}")
        self.step = step
        self.error = error


class Talk:
    """One conversation with a trusted phone; `run` asks everything, and says at which step it broke.

    Args:
        bench: Where the phone is.
        udid: Which phone.
        patience: Seconds that an answer may take.
    """

    def __init__(self, bench: PracticeThread, udid: str, patience: float = 5.0) -> None:
        self._address = bench.environment()["USBMUXD_SOCKET_ADDRESS"]
        self._udid = udid
        self._patience = patience
        self._step = Step.LIST_DEVICES
        self._device = 0
        self._record: dict[str, Any] = {}
        self.answers: Answers = {}

    def run(self) -> Answers:
        """Ask everything; the answers by step.

        Raises:
            Broken: A step did not get an answer that makes sense.
        """
        try:
            with ExitStack() as stack:
                self._bus(stack)
                lockdown = self._connected(stack, Step.CONNECT, 62078)
                self._before_session(lockdown)
                self._session(lockdown)
                for kind, (name, requests) in _SERVICES.items():
                    self._service(stack, lockdown, kind, name, requests)
        except Exception as error:
            raise Broken(self._step, error) from error
        return self.answers

    def _client(self, stack: ExitStack) -> HandClient:
        client = stack.enter_context(HandClient(self._address))
        client.socket.settimeout(self._patience)
        return client

    def _ask(self, step: Step, question: Callable[[], Any]) -> Any:
        self._step = step
        answer = self.answers[step] = question()
        if not isinstance(answer, dict):
            raise TypeError(type(answer))
        return answer

    def _bus(self, stack: ExitStack) -> None:
        client = self._client(stack)
        rows = self._ask(Step.LIST_DEVICES, lambda: client.mux(MessageType="ListDevices"))["DeviceList"]
        self._device = next(
            r["DeviceID"]
            for r in rows
            if r["Properties"]["SerialNumber"].replace("-", "") == _plain(self._udid)
        )
        self._ask(Step.READ_BUID, lambda: client.mux(MessageType="ReadBUID"))["BUID"]
        about = {"PairRecordID": self._udid}
        data = self._ask(Step.READ_RECORD, lambda: client.mux(MessageType="ReadPairRecord", **about))
        self._record = plistlib.loads(data["PairRecordData"])
        save = {"MessageType": "SavePairRecord", "PairRecordData": data["PairRecordData"], **about}
        self._ask(Step.SAVE_RECORD, lambda: client.mux(**save))["Number"]
        self._ask(Step.LISTEN, lambda: client.mux(MessageType="Listen"))["Number"]

    def _connected(self, stack: ExitStack, step: Step, port: int) -> HandClient:
        client = self._client(stack)
        answer = self._ask(step, lambda: client.open_port(self._device, port))
        if answer["Number"] != 0:
            raise ConnectionRefusedError(answer)
        return client

    def _before_session(self, lockdown: HandClient) -> None:
        values = (
            (Step.QUERY_TYPE, {"Request": "QueryType"}, "Type"),
            (Step.VALUES, {"Request": "GetValue"}, "Value"),
            (Step.PUBLIC_KEY, {"Request": "GetValue", "Key": "DevicePublicKey"}, "Value"),
            (Step.ONE_VALUE, {"Request": "GetValue", "Key": "ProductType"}, "Value"),
            (Step.OTHER_REQUEST, {"Request": "ValidatePair"}, "Error"),
            (Step.PAIR, {"Request": "Pair", "PairRecord": _offered(self._record)}, "EscrowBag"),
        )
        self._ask_all(lockdown, values)

    def _session(self, lockdown: HandClient) -> None:
        start = {"Request": "StartSession", "HostID": self._record["HostID"]}
        self._ask_all(lockdown, ((Step.START_SESSION, start, "SessionID"),))
        self._secure(lockdown, Step.SESSION_TLS)
        self._ask_all(
            lockdown,
            (
                (Step.VALUES_IN_SESSION, {"Request": "GetValue"}, "Value"),
                (Step.DISK_USAGE, {"Request": "GetValue", "Domain": "com.apple.disk_usage"}, "Value"),
                (Step.BATTERY_LEVEL, {"Request": "GetValue", "Domain": "com.apple.mobile.battery"}, "Value"),
                (
                    Step.FIND_MY,
                    {"Request": "GetValue", "Domain": "com.apple.fmip", "Key": "IsAssociated"},
                    "Value",
                ),
                (Step.OTHER_DOMAIN, {"Request": "GetValue", "Domain": "com.apple.international"}, "Value"),
                (Step.START_AFC2, {"Request": "StartService", "Service": "com.apple.afc2"}, "Error"),
            ),
        )

    def _secure(self, client: HandClient, step: Step) -> None:
        self._step = step
        client.start_tls(self._record["HostCertificate"], self._record["HostPrivateKey"])
        assert isinstance(client.socket, ssl.SSLSocket)
        shown = ssl.DER_cert_to_PEM_cert(client.socket.getpeercert(binary_form=True) or b"")
        if shown.strip() != self._record["DeviceCertificate"].decode().strip():
            raise ssl.SSLError("the phone shows another certificate than that of the pair record")
        self.answers[step] = shown

    def _service(
        self,
        stack: ExitStack,
        lockdown: HandClient,
        kind: str,
        name: str,
        requests: Requests,
    ) -> None:
        start = {"Request": "StartService", "Service": name, "EscrowBag": self._record["EscrowBag"]}
        self._ask_all(lockdown, ((Step(f"start-{kind}"), start, "Port"),))
        port = self.answers[Step(f"start-{kind}")]["Port"]
        service = self._connected(stack, Step(f"connect-{kind}"), port)
        if self.answers[Step(f"start-{kind}")]["EnableServiceSSL"]:
            self._secure(service, Step(f"{kind}-tls"))
        self._ask_all(service, ((step, request, "") for step, request in requests.items()))

    def _ask_all(
        self,
        client: HandClient,
        requests: Iterator[tuple[Step, dict[str, Any], str]] | tuple[tuple[Step, dict[str, Any], str], ...],
    ) -> None:
        for step, request, member in requests:
            answer = self._ask(step, lambda request=request: client.ask(**request))  # type: ignore[misc]
            if member and member not in answer:
                raise KeyError(member)


def _offered(record: dict[str, Any]) -> dict[str, Any]:
    names = ("DeviceCertificate", "HostCertificate", "RootCertificate", "HostID", "SystemBUID")
    return {name: record[name] for name in names}


def _plain(udid: str) -> str:
    return udid.replace("-", "")
