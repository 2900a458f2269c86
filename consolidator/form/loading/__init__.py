"""A definition file made into a form, or all the mistakes in it at once."""
