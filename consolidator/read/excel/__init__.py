"""Workbooks in Office Open XML (.xlsx, .xlsm)."""
