"""The draft of a letter, read back by Python's own mail package."""

from email import message_from_bytes
from email.policy import default

from itadesk.exchange.mail import draft

NAME = "อบต.โคกสะอาด_2569_รอบ6_r57.itadesk"
SUBJECT = "ส่งแฟ้มมาตรการ ITA ปีงบประมาณ 2569 ของ อบต.โคกสะอาด"
TEXT = "เรียน ท้องถิ่นอำเภอ\n\nขอส่งแฟ้ม ขนาด 340 kB\nรหัส XNJ9-Y715-MKB4\n"


def test_subject_text_name_and_bytes_come_back_as_they_were() -> None:
    data = bytes(range(256)) * 300
    message = message_from_bytes(draft("district@example.go.th", SUBJECT, TEXT, NAME, data), policy=default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "district@example.go.th"
    assert message["Subject"] == SUBJECT
    body = message.get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == TEXT
    (attachment,) = message.iter_attachments()
    assert attachment.get_filename() == NAME
    assert attachment.get_content() == data


def test_every_line_is_ascii_and_short_enough_for_any_mail_program() -> None:
    lines = draft("", SUBJECT * 3, TEXT * 20, NAME, bytes(10_000)).split(b"\r\n")
    assert all(len(line) <= 998 and line.isascii() for line in lines)


def test_without_a_receiver_the_clerk_fills_it_in() -> None:
    assert message_from_bytes(draft("", SUBJECT, TEXT, NAME, b"x"), policy=default)["To"] is None
