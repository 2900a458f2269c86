"""XML namespaces of workbooks, in their transitional and strict dialects (ECMA-376 parts 1 and 4)."""

from __future__ import annotations

MAIN_SPACES = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "",
)
"""SpreadsheetML: transitional, strict, and none at all, as some exporters write it."""

OFFICE_RELATIONS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)

PACKAGE_RELATIONS = ("http://schemas.openxmlformats.org/package/2006/relationships", "")

THREADED_COMMENTS = ("http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments", "")
