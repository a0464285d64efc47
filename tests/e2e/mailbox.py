"""A mailbox on the server, and what stands at the head of the mail in it."""

import re
import time

import net
from box import Box

ADDRESS = "reader@example.test"


def make(box: Box) -> None:
    box.sh("useradd --create-home reader")


def wait_for(box: Box, token: str, seconds: float = 30) -> str:
    """The mail with that subject; empty where it did not come in time."""
    file = box.path("/var/mail/reader")
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        text = file.read_text(errors="replace") if file.exists() else ""
        for message in re.split(r"(?m)^From (?=\S)", text):
            if f"Subject: {token}\n" in message and message.endswith("\n\n"):
                return message
        time.sleep(0.05)
    return ""


def _fields(message: str) -> list[str]:
    """Authentication-Results, unfolded and without comments, in their order."""
    head = re.sub(r"\n[ \t]+", " ", message.partition("\n\n")[0])
    return [re.sub(r"\([^()]*\)", "", value).strip() for value in re.findall(r"(?mi)^authentication-results:(.*)$", head)]


def _is_own(field: str) -> bool:
    return field.lower().startswith(net.SERVER_NAME)


def results(message: str) -> dict[str, str]:
    """Method and result (RFC 8601 section 2.2) in the server's own fields."""
    return {method: result for field in filter(_is_own, _fields(message)) for method, result in re.findall(r"; *(\w+)=(\w+)", field)}


def own_is_first(message: str) -> bool:
    fields = _fields(message)
    return bool(fields) and _is_own(fields[0])
