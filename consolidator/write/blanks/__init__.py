"""Blank forms: labels locked, input prompts, rules that warn while a form is filled in."""
