"""What is wrong with the rules of a sound form when they are taken together."""
