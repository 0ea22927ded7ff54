"""The Thai type engine on ReportLab: fonts, line breaks, paragraphs, tables, pages."""
