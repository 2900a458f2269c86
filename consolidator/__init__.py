"""consolidator: reads a folder of township statistics forms and writes the county's workbook (县级报表汇总审核)."""

__version__ = "26.11.0"
