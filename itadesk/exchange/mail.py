"""A letter to be sent by the clerk's own mail program: an .eml file that opens as a draft, with its attachment."""

from email.message import EmailMessage
from email.policy import SMTP


def draft(to: str, subject: str, text: str, name: str, data: bytes) -> bytes:
    """The bytes of an .eml file. `X-Unsent` makes Outlook and Thunderbird open it for writing, not for reading."""
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    if to:
        message["To"] = to
    message["Subject"] = subject
    message.set_content(text, cte="base64")  # 8-bit text does not survive every mail server
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
