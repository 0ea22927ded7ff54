"""Texts of the program: English in the code, Thai from the catalogue, chosen once at start."""

import gettext

from itadesk import paths

DOMAIN = "itadesk"
LANGUAGES = ("th", "en")

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def install(language: str) -> None:
    """Choose the language of every later `_()` call; "en" needs no catalogue."""
    global _catalogue, _language
    _language = language
    if language == "en":
        _catalogue = gettext.NullTranslations()
    else:
        _catalogue = gettext.translation(DOMAIN, paths.translations(), [language])


def language() -> str:
    """The language in force: "th" or "en"."""
    return _language


def _(message: str) -> str:
    return _catalogue.gettext(message)


def N_(message: str) -> str:
    """Mark a text of a module-level table for extraction; translate it with `_()` where it is shown."""
    return message
