"""Qt's own texts (standard buttons, file dialogs, edit menus) in the language of the program."""

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from itadesk import i18n, paths

LOCALES = {"th": QLocale(QLocale.Language.Thai), "en": QLocale(QLocale.Language.English)}


def install(application: QApplication) -> None:
    """Load the compiled texts; without them Qt speaks English and everything works all the same."""
    language = i18n.language()
    QLocale.setDefault(LOCALES[language])
    for former in application.findChildren(QTranslator):
        application.removeTranslator(former)
        former.deleteLater()
    translator = QTranslator(application)  # its parent keeps it: a collected translator falls silent
    if translator.load(f"qt_{language}", str(paths.translations())):
        application.installTranslator(translator)
