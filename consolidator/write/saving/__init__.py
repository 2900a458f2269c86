"""All files or none: what a disk is asked for, locks, and the moment at which outputs change."""
