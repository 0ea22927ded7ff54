"""Every storage test has its own folder for working copies and backups, and closes the files it opens."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from storage.office import USER, an_office

from itadesk.storage.office_file import OfficeFile

Open = Callable[..., OfficeFile]


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """This user's folder for working copies and backups."""
    folder = tmp_path / "data"
    monkeypatch.setenv("ITADESK_DATA", str(folder))
    return folder


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder, stick or share where the clerk keeps documents."""
    folder = tmp_path / "แฟ้มงาน"
    folder.mkdir()
    return folder


@pytest.fixture
def path(place: Path) -> Path:
    """A document with the rows of `an_office`, closed."""
    path = place / "อบต.ทุ่งสว่าง 2569.itadesk"
    OfficeFile.create(path, an_office().rows(), user=USER).close()
    return path


@pytest.fixture
def opened() -> Iterator[Open]:
    """OfficeFile.open, or another way to open given as `how`; left open files are closed without publishing."""
    files: list[OfficeFile] = []

    def open_(path: Path, how: Callable[..., OfficeFile] = OfficeFile.open, user: str = USER) -> OfficeFile:
        file = how(path, user=user)
        files.append(file)
        return file

    yield open_
    for file in files:
        file.close(publish=False)
