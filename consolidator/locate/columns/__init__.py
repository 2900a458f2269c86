"""Which columns hold labels, units of measure and values, and what the heads over them say."""
