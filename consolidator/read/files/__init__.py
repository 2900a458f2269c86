"""A file as bytes, before anything in it is believed: archives, containers, text in any encoding, XML without traps."""
