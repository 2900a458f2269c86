"""Tables that other systems export: web pages, delimited text, XML spreadsheets of 2003."""
