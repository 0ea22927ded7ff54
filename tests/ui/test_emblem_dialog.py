"""The emblem: pictures of any kind become one sharp PNG, old Word memos give theirs, anything else changes nothing."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from itadesk.errors import UserError
from itadesk.exchange.word_pictures import WordPicture
from itadesk.ui.emblem import SIDE, emblem_from, stored
from itadesk.ui.emblem_box import EmblemBox
from itadesk.ui.emblem_dialog import EmblemDialog
from itadesk.ui.session import FileSession

RED, BLUE = (200, 30, 30), (20, 40, 180)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 30"><circle cx="10" cy="15" r="9" fill="red"/></svg>'


def picture(
    mode: str = "RGB", size: tuple[int, int] = (80, 60), kind: str = "PNG", colour: Any = RED
) -> bytes:
    file = io.BytesIO()
    Image.new(mode, size, colour).save(file, kind)
    return file.getvalue()


def shape(data: bytes) -> tuple[int, int]:
    with Image.open(io.BytesIO(data)) as image:
        assert image.format == "PNG"
        assert image.mode == "RGB"
        return image.size


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (picture(), (80, 60)),
        (picture("RGBA", colour=(0, 0, 0, 0)), (80, 60)),
        (picture("L", colour=7), (80, 60)),
        (picture(kind="JPEG"), (80, 60)),
        (picture("CMYK", kind="JPEG", colour=(0, 255, 255, 0)), (80, 60)),
        (picture(size=(3000, 1500)), (SIDE, round(SIDE / 2))),
        (SVG, (round(SIDE * 2 / 3), SIDE)),
        (gzip.compress(SVG), (round(SIDE * 2 / 3), SIDE)),
    ],
    ids=["png", "transparent", "grey", "jpeg", "jpeg for printers", "large", "svg", "svgz"],
)
def test_every_picture_becomes_a_png_no_larger_than_needed(qapp, data, size):
    width, height = shape(emblem_from(data))
    assert abs(width - size[0]) <= 1
    assert abs(height - size[1]) <= 1


def test_what_was_transparent_is_white_paper(qapp):
    image = QImage.fromData(emblem_from(picture("RGBA", colour=(0, 0, 0, 0))))
    assert image.pixelColor(5, 5).name() == "#ffffff"


def test_a_drawing_is_drawn_sharp(qapp):
    image = QImage.fromData(emblem_from(SVG))
    assert image.pixelColor(image.width() // 2, image.height() // 2).name() == "#ff0000"
    assert image.pixelColor(2, 2).name() == "#ffffff"


@pytest.mark.qt_log_ignore("qt.gui.imageio", "libpng", "Error while inflating gzip file")
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"<svg",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\x1f\x8bnot gzip",
        picture()[:60],
        picture(size=(600, 600), kind="JPEG")[:-400],
        b"\xd7\xcd\xc6\x9a windows drawing",
        b"\x01\0\0\0" + bytes(36) + b" EMF" + bytes(60),
    ],
    ids=["empty", "text", "half svg", "empty svg", "gzip", "half png", "half jpeg", "wmf", "emf"],
)
def test_what_is_no_picture_is_refused(qapp, data):
    with pytest.raises(UserError):
        emblem_from(data)


def test_a_picture_of_absurd_size_is_refused_before_it_is_unpacked(qapp):
    with pytest.raises(UserError):
        emblem_from(picture("1", size=(10_001, 10_001), colour=0))


# The box on the office page


def word_file(folder: Path, **media: bytes) -> Path:
    """A .docx whose text shows these pictures."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="x/image" Target="media/{name}.png"/>' for name in media
    )
    shown = "".join(f'<a:blip xmlns:a="a" xmlns:r="r" r:embed="{name}"/>' for name in media)
    path = folder / "บันทึก.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "_rels/.rels",
            '<Relationships><Relationship Id="m" Type="x/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", f"<document>{shown}</document>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, data in media.items():
            archive.writestr(f"word/media/{name}.png", data)
    return path


@pytest.fixture
def session(example):
    return example


@pytest.fixture
def box(qtbot, session):
    box = EmblemBox(session)
    qtbot.addWidget(box)
    with qtbot.waitExposed(box):
        box.show()
    return box


def colour(session: FileSession) -> tuple[int, int, int]:
    sha = session.snapshot.office.emblem
    assert sha is not None
    data = session.attachment(sha)
    assert data is not None
    pixel = QImage.fromData(data).pixelColor(3, 3)
    return pixel.red(), pixel.green(), pixel.blue()


def write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def test_a_picture_is_stored_shown_removed_and_undone(qtbot, box, session, tmp_path):
    box.take_picture(write(tmp_path / "logo.png", picture()))
    assert colour(session) == RED
    assert box.picture.grab().toImage().pixelColor(54, 54).red() == RED[0]
    qtbot.mouseClick(box.remove, Qt.MouseButton.LeftButton)
    assert session.snapshot.office.emblem is None
    assert not box.remove.isEnabled()
    session.undo()
    assert colour(session) == RED


@pytest.mark.qt_log_ignore("qt.gui.imageio", "libpng", "Error while inflating gzip file")
def test_a_broken_picture_changes_nothing(box, session, tmp_path):
    box.take_picture(write(tmp_path / "logo.png", picture()))
    for path in (write(tmp_path / "broken.png", picture()[:50]), tmp_path / "gone.png", tmp_path):
        with pytest.raises(UserError):
            box.take_picture(path)
    assert colour(session) == RED


def when_open(act) -> None:
    """When the dialog of pictures opens, `act` on it."""

    def look() -> None:
        widget = QApplication.activeModalWidget()
        if isinstance(widget, EmblemDialog):
            act(widget)
        else:
            QTimer.singleShot(20, look)

    QTimer.singleShot(0, look)


def test_the_emblem_is_picked_out_of_an_old_memo(box, session, tmp_path):
    def choose(dialog: EmblemDialog) -> None:
        assert dialog.pictures.count() == 2
        dialog.pictures.setCurrentRow(1)
        dialog.accept()

    when_open(choose)
    box.take_from_word(word_file(tmp_path, first=picture(), second=picture(colour=BLUE)))
    assert colour(session) == BLUE


def test_choosing_none_of_the_pictures_changes_nothing(box, session, tmp_path):
    when_open(lambda dialog: dialog.reject())
    box.take_from_word(word_file(tmp_path, first=picture()))
    assert session.snapshot.office.emblem is None


def test_pictures_that_cannot_be_used_stand_grey(qtbot):
    pictures = [
        WordPicture(b"\xd7\xcd\xc6\x9a drawing", "image/wmf", "image1.wmf"),
        WordPicture(picture(), "image/png", "image2.png"),
    ]
    dialog = EmblemDialog(pictures)
    qtbot.addWidget(dialog)
    grey, usable = dialog.pictures.item(0), dialog.pictures.item(1)
    assert not grey.flags() & Qt.ItemFlag.ItemIsEnabled
    assert dialog.pictures.currentItem() is usable
    assert shape(dialog.emblem()) == (80, 60)


def test_the_chosen_picture_keeps_its_colours(qtbot):
    dialog = EmblemDialog([WordPicture(picture(), "image/png", "image1.png")])
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    middle = dialog.pictures.visualItemRect(dialog.pictures.item(0)).center()
    pixel = dialog.pictures.viewport().grab().toImage().pixelColor(middle.x(), middle.y() - 20)
    assert (pixel.red(), pixel.green(), pixel.blue()) == RED


def test_an_old_word_file_gets_advice(box, session, tmp_path):
    with pytest.raises(UserError) as refused:
        box.take_from_word(write(tmp_path / "เก่า.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)))
    assert refused.value.advice
    assert session.snapshot.office.emblem is None


def test_only_what_the_program_stores_is_shown_of_a_file(qapp):
    """A drawing of a few hundred bytes may take hours."""
    assert stored(emblem_from(picture())).size().width() == 80
    for data in (SVG, picture(kind="GIF"), picture()[:40], b""):
        assert stored(data).isNull()
