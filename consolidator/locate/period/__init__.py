"""For which period a form is, and what of it says another one."""
