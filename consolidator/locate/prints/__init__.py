"""What is printed on a form: known prints are read anew without searching, our own blanks by the names of their cells."""
