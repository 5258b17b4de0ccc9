"""Records, tables and files that people are handed: JSON, HTML, Excel, Word, CSV, Markdown, ics.

Everything here takes values (see `rodtrad.datamodel`) and reads no workspace.
"""
