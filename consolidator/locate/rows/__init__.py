"""Which cells of a sheet are the rows of a form: by their words, their parent and their order."""
