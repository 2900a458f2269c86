"""A form and its rules in words, and what a blank form is made of."""
