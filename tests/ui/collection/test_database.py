"""The district's window on a collection in PostgreSQL, where a server is at hand."""

from sqlalchemy import make_url
from storage.collection.conftest import database
from ui.collection.desk import column, settled, took_in
from ui.window import message, open_area

from itadesk.ui import preferences

__all__ = ["database"]


def test_the_window_works_alike_in_a_database(qtbot, content, sent, database):
    content.collection.open(database)
    page = content.collection.page
    assert page is not None
    took_in(page, sent)
    assert column(page.offices.table, "name") == ["อบต.กาหลง", "อบต.โคกสะอาด", "อบต.ไผ่ล้อม"]
    assert content.path is None
    assert preferences.load().recent == ()
    title = content.window.windowTitle()
    assert title.startswith(make_url(database).database)
    assert "postgresql" not in title, "nobody need know how it is reached"
    page.offices.note.text.setPlainText("โทรแล้ว")
    page.offices.note.keep()
    settled(page)
    page.look_action.trigger()
    assert open_area(content).session.snapshot.office.name == "กาหลง"
    content.close_file()
    content.close_file()
    content.collection.open(database)
    page = content.collection.page
    assert page is not None
    settled(page)
    assert page.offices.note.text.toPlainText() == "โทรแล้ว"


def test_a_database_that_does_not_answer_is_said(content):
    content.collection.open("postgresql+psycopg://nobody:secret@127.0.0.1:1/ita")
    said = message()
    assert "ita (127.0.0.1)" in said
    assert "secret" not in said
    assert content.collection.page is None
