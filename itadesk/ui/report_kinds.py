"""The ways to save a report, and what they are called in the menu and on the report page."""

from itadesk.i18n import N_

KINDS = {
    "pdf": N_("Save as P&DF…"),
    "word": N_("Save as &Word…"),
    "excel": N_("Save as &Excel…"),
    "website": N_("PDF for the websi&te, without signatories and staff…"),
    "all": N_("&All reports of the round in one PDF…"),
}

NOTED = N_("Note what was printed")
"""The step by which a printout is noted."""
SENT = N_("Note of what was sent")
"""The step by which a sending is noted."""
