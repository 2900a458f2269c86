"""What stands around the tables: whose form it is, who signed, the chapters of prose."""
