"""The catalogues are whole: every text of the program has its Thai, with the same placeholders and keys."""

import re
from pathlib import Path

import pytest
import texts
from babel.messages.catalog import Catalog, Message
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox

THAI = texts.TRANSLATIONS / "th" / "LC_MESSAGES" / "itadesk.po"
QT_THAI = texts.TRANSLATIONS / "qt_th.po"
UPDATE = "run `python3 dev.py texts` and translate what is new"


def messages(catalogue: Catalog) -> dict[str, Message]:
    return {str(message.id): message for message in catalogue if message.id}


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)(?::[^}]*)?}", text))


def mnemonics(text: str) -> list[str]:
    return re.findall(r"&(\w)", text.replace("&&", ""))


def test_every_text_of_the_program_is_translated() -> None:
    translated = {text for text, message in messages(texts.read(THAI)).items() if message.string}
    assert sorted(set(messages(texts.gather())) - translated) == [], UPDATE


def test_no_translation_outlives_its_text() -> None:
    catalogue = texts.read(THAI)
    assert sorted(set(messages(catalogue)) - set(messages(texts.gather()))) == [], UPDATE
    assert not catalogue.obsolete


def test_placeholders_and_keys_survive_translation() -> None:
    for text, message in messages(texts.read(THAI)).items():
        assert placeholders(str(message.string)) == placeholders(text), text
        assert len(mnemonics(str(message.string))) == len(mnemonics(text)), text


@pytest.mark.parametrize("path", [THAI, QT_THAI], ids=lambda path: path.name)
def test_translations_are_clean_thai(path: Path) -> None:
    """No guesses, no invisible or doubled characters; keys in Latin letters, which every keyboard layout has."""
    for message in messages(texts.read(path)).values():
        assert "fuzzy" not in message.flags, message.id
        assert not re.search("&[ก-๛]", str(message.string)), message.id
        assert not re.search("[\u200b\u00ad]|\u0e4d\u0e32|เเ", str(message.string)), message.id


def test_qt_placeholders_and_keys_survive_translation() -> None:
    for text, thai in ((str(message.id), str(message.string)) for message in texts.read(QT_THAI)):
        assert sorted(re.findall(r"%\d", thai)) == sorted(re.findall(r"%\d", text)), text
        assert [key.lower() for key in mnemonics(thai)] == [key.lower() for key in mnemonics(text)], text


def test_qt_speaks_thai_with_the_compiled_catalogue(qapp: QApplication, tmp_path: Path) -> None:
    source = tmp_path / "qt_th.po"
    source.write_bytes(QT_THAI.read_bytes())
    texts.compile_qt(source)
    translator = QTranslator()
    assert translator.load("qt_th", str(tmp_path))
    qapp.installTranslator(translator)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
    qapp.removeTranslator(translator)
    assert {button.text() for button in box.buttons()} == {"บันทึก", "ยกเลิก"}
